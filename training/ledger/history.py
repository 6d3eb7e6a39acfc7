"""What is known of one post and one module: the rows that standing is worked out from. Pure.

Every row is as known at one moment; what was known only later, and what has been voided, is left out by the caller.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from training.ledger.expiry import Fact, Period, periods
from training.pathways.rules import Id, Kind, Rule, RuleVersion, version_in_force
from training.pathways.spans import FOR_GOOD, Span, joined, overlap, span


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What the post was from a day, perhaps until a day: job, agency, and whether its holder was on leave.

    `is_outside`: the agency was not in the partnership then, so nothing was asked.
    """

    starts_on: date
    ends_on: date | None = None
    role_group: Id | None = None
    agency: Id | None = None
    agency_kind: str | None = None
    is_on_leave: bool = False
    is_outside: bool = False


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
class Trigger:
    """An event that asks for the module anew: under one requirement, so many days after it happened."""

    requirement: Id
    happened_on: date
    days_to_complete: int


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
    triggers: tuple[Trigger, ...] = ()

    def __post_init__(self) -> None:
        if len({rule.module for rule in self.rules}) > 1:
            raise ValueError("A history is about one module; its rules ask for several.")


@dataclass(frozen=True, slots=True)
class Obligation:
    """An unbroken run of days on which one rule asks the post for the module, and what is valid under that rule.

    Under a rule of the kind 'triggered', one for each event, from its day on.
    """

    requirement: Id
    days: Span
    induction_days: int
    periods: tuple[Period, ...]


def obligations(history: History) -> tuple[Obligation, ...]:
    """Every obligation of the post, rule by rule and in order of days. Each rule and each event runs its own clock."""
    return tuple(each for rule in history.rules for each in _obligations(history, rule))


def _obligations(history: History, rule: Rule) -> Iterator[Obligation]:
    triggered = [version for version in rule.versions if version.kind is Kind.TRIGGERED]
    lasting = [version for version in rule.versions if version.kind is not Kind.TRIGGERED]
    for run in joined(_days_asked(history, rule, lasting)):
        # The deadline follows the version in force on the day the obligation began, whatever follows it.
        days = version_in_force(rule.versions, run.first).induction_days
        yield Obligation(rule.requirement, run, days, periods(history.facts, rule.versions, began_on=run.first))
    for run in joined(_days_asked(history, rule, triggered)):
        for trigger in history.triggers:
            if trigger.requirement in (rule.requirement, *rule.laid_over) and trigger.happened_on in run:
                yield _triggered(history, rule, trigger, run)


def _triggered(history: History, rule: Rule, trigger: Trigger, run: Span) -> Obligation:
    """What an event asks, as long as the rule goes on asking the post: met only by what is done from its day on."""
    first = trigger.happened_on
    since = [fact for fact in history.facts if fact.completed_on >= first]
    valid = periods(since, rule.versions, began_on=first)
    return Obligation(rule.requirement, Span(first, run.last), trigger.days_to_complete, valid)


def leave(history: History) -> tuple[Span, ...]:
    """The days of leave, both ends counted, known ahead or not."""
    return joined(span(term.starts_on, term.ends_on) for term in history.terms if term.is_on_leave)


def _days_asked(history: History, rule: Rule, versions: Sequence[RuleVersion]) -> Iterator[Span]:
    """The days on which one of these versions of the rule falls on the post by its job, its agency and its duties."""
    duties = [span(duty.starts_on, duty.ends_on) for duty in history.duties if duty.designation == rule.designation]
    for term in history.terms:
        if not _asks(rule, term):
            continue
        for duty in duties if rule.designation is not None else [Span(date.min, FOR_GOOD)]:
            for version in versions:
                if days := overlap(_span(term), duty, _span(version)):
                    yield days


def _span(row: Term | RuleVersion) -> Span:
    return span(row.starts_on, row.ends_on)


def _asks(rule: Rule, term: Term) -> bool:
    """Whether the rule is meant for a post with that job at that agency."""
    return (
        not term.is_outside
        and rule.role_group in (None, term.role_group)
        and rule.agency in (None, term.agency)
        and rule.agency_kind in (None, term.agency_kind)
    )
