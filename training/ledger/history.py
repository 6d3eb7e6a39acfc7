"""What is known of one post and one module: the rows that standing is worked out from. Pure.

Every row is as known at one moment; what was known only later, and what has been voided, is left out by the caller.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from training.ledger.expiry import Fact, Period, periods
from training.pathways.rules import Id, Rule, RuleVersion, version_in_force
from training.pathways.spans import FOR_GOOD, Span, joined, overlap, span


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What the post was from a day, perhaps until a day: job, agency, and whether its holder was on leave."""

    starts_on: date
    ends_on: date | None = None
    role_group: Id | None = None
    agency: Id | None = None
    agency_kind: str | None = None
    is_on_leave: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A designation held on the post."""

    designation: Id
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """Days on which the post is excused from the module. No last day means until further notice."""

    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """Granted on a day: the module is not due before `due_on`."""

    granted_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A run through a course that leads to the module. It is in progress until the day before it ends."""

    starts_on: date
    ends_on: date | None = None

    def is_open(self, on: date) -> bool:
        """Whether the attempt is in progress on this day."""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One post and one module: what the post was, the rules that may ask it for the module, and what was done."""

    terms: tuple[Term, ...]
    rules: tuple[Rule, ...]
    duties: tuple[Duty, ...] = ()
    facts: tuple[Fact, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    extensions: tuple[Extension, ...] = ()
    attempts: tuple[Attempt, ...] = ()

    def __post_init__(self) -> None:
        if len({rule.module for rule in self.rules}) > 1:
            raise ValueError("A history is about one module; its rules ask for several.")


@dataclass(frozen=True, slots=True)
class Obligation:
    """An unbroken run of days on which one rule asks the post for the module, and what is valid under that rule."""

    requirement: Id
    days: Span
    induction_days: int
    periods: tuple[Period, ...]


def obligations(history: History) -> tuple[Obligation, ...]:
    """Every obligation of the post, rule by rule and in order of days. Each rule runs its own clock."""
    return tuple(
        Obligation(
            requirement=rule.requirement,
            days=run,
            # The deadline follows the version in force on the day the obligation began, whatever follows it.
            induction_days=version_in_force(rule.versions, run.first).induction_days,
            periods=periods(history.facts, rule.versions, began_on=run.first),
        )
        for rule in history.rules
        for run in joined(_days_asked(history, rule))
    )


def leave(history: History) -> tuple[Span, ...]:
    """The days of leave, both ends counted, known ahead or not."""
    return joined(span(term.starts_on, term.ends_on) for term in history.terms if term.is_on_leave)


def _days_asked(history: History, rule: Rule) -> Iterator[Span]:
    """The days on which some version of the rule falls on the post by its job, its agency and its duties."""
    duties = [span(duty.starts_on, duty.ends_on) for duty in history.duties if duty.designation == rule.designation]
    for term in history.terms:
        if not _asks(rule, term):
            continue
        for duty in duties if rule.designation is not None else [Span(date.min, FOR_GOOD)]:
            for version in rule.versions:
                if days := overlap(_span(term), duty, _span(version)):
                    yield days


def _span(row: Term | RuleVersion) -> Span:
    return span(row.starts_on, row.ends_on)


def _asks(rule: Rule, term: Term) -> bool:
    """Whether the rule is meant for a post with that job at that agency."""
    return (
        rule.role_group in (None, term.role_group)
        and rule.agency in (None, term.agency)
        and rule.agency_kind in (None, term.agency_kind)
    )
