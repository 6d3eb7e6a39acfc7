"""What coverage is worked out from, read in a few wide queries: posts as held on a day, and what was completed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from training.audit.former import former_values
from training.ledger.models import Entry, Method
from training.ledger.selectors.histories import known
from training.pathways.models import Exemption, Extension, Module
from training.pathways.rulebook import Rulebook
from training.pathways.rules import Kind, RuleVersion, version_in_force
from training.pathways.spans import ONE_DAY, Span, joined, overlap, span
from training.people.identity.selectors import ENTERED_AS, one_for_many
from training.people.kinds import PostStatus
from training.people.models import Agency, Duty, Term, Workplace

WHY = "counting coverage"
NOBODY = 0
"""Stands where a row has no role group or no locality."""
NEVER_PLAIN = (Kind.ROLLING_HOURS, Kind.TRIGGERED)
"""Kinds for which the days of completion are not enough to know."""


@dataclass(frozen=True, slots=True)
class Held:
    """A post as held on the day. `person`: the first of their records. `began_on`: since when it has had this job."""

    post: int
    person: int
    agency: int
    role_group: int
    locality: int
    began_on: date
    is_on_leave: bool
    has_had_leave: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """A module that a rule asks of a job at an agency on the day, and the run of days on which it has done so.

    Not plain: more than one rule asks for it, or it counts more than days.
    """

    module: int
    versions: tuple[RuleVersion, ...]
    days: Span
    rule: int
    is_plain: bool = True

    def deadline(self, began_on: date) -> date:
        """The end of induction of somebody who has had the job since a day."""
        first = max(began_on, self.days.first)
        return first + timedelta(days=version_in_force(self.versions, first).induction_days)


@dataclass
class Done:
    """Completions by person and module; `special` are those that only the long way can weigh."""

    days: dict[tuple[int, int], list[date]] = field(default_factory=dict)
    special: set[tuple[int, int]] = field(default_factory=set)


class Asks:
    """What is asked on the day, by agency and role group; remembered, since most posts are alike."""

    def __init__(self, book: Rulebook, partnership: int, on: date, known_at: datetime | None = None) -> None:
        self.book, self.partnership, self.on = book, partnership, on
        self.first = one_for_many(known_at)
        self.kinds = dict(Agency.objects.filter(pk__in=list(book.members)).values_list("pk", "kind"))
        self.kinds |= former_values(Agency, "kind", known_at)
        self.places = former_values(Workplace, "locality_id", known_at)
        self.agencies = [
            agency
            for agency, partnerships in book.members.items()
            if any(on in days for days in partnerships.get(partnership, ()))
        ]
        modules = Module.objects.filter(pathway__partnership=partnership).values_list("pk", "refreshes_id")
        self.modules: dict[int, int | None] = dict(modules) | former_values(Module, "refreshes_id", known_at)
        self.with_duty: set[int] = set()
        self._found: dict[tuple[int, int], tuple[Ask, ...]] = {}
        self._numbers: dict[tuple[RuleVersion, ...], int] = {}

    def of(self, post: Held) -> tuple[Ask, ...]:
        """What is asked of a post by its job."""
        key = (post.agency, post.role_group)
        if key not in self._found:
            by_module: dict[int, Ask] = {}
            for ask in self._of_job(*key):
                by_module[ask.module] = replace(ask, is_plain=False) if ask.module in by_module else ask
            self._found[key] = tuple(by_module.values())
        return self._found[key]

    def _of_job(self, agency: int, role_group: int) -> Iterator[Ask]:
        member = next(days for days in self.book.members[agency][self.partnership] if self.on in days)
        for each in self.book.rules_for(agency, self.kinds[agency]):
            rule = each.rule
            if each.partnership != self.partnership or rule.role_group != role_group or rule.designation is not None:
                continue
            runs = joined(span(version.starts_on, version.ends_on) for version in rule.versions)
            running = next((run for run in runs if self.on in run), None)
            if running and (days := overlap(running, member)):
                number = self._numbers.setdefault(rule.versions, len(self._numbers))
                is_plain = not any(version.kind in NEVER_PLAIN for version in rule.versions)
                yield Ask(int(rule.module), rule.versions, days, number, is_plain)


def read_held(asks: Asks, known_at: datetime | None) -> Iterator[Held]:
    """The posts held on the day at agencies of the partnership, with their terms read in one query."""
    rows = known(Term.objects.everywhere(reason=WHY), known_at).annotate(record=ENTERED_AS)
    names = (
        "post_id",
        "starts_on",
        "ends_on",
        "role_group_id",
        "status",
        "record",
        "post__employment__agency_id",
        "locality_id",
        "workplace__locality_id",
        "workplace_id",
    )
    rows = rows.filter(post__employment__agency__in=asks.agencies).order_by("post_id", "starts_on")
    for post, group in groupby(rows.values_list(*names).iterator(chunk_size=20_000), key=lambda row: row[0]):
        if held := _as_held(post, list(group), asks):
            yield held


def _as_held(post: int, terms: Sequence[tuple[Any, ...]], asks: Asks) -> Held | None:
    on, away = asks.on, PostStatus.on_leave()
    began_on = follows_on = job = None
    for _, starts_on, ends_on, role_group, status, record, agency, own, workplaces, workplace in terms:
        if began_on is None or role_group != job or starts_on != follows_on:
            began_on, job = starts_on, role_group
        follows_on = ends_on and ends_on + ONE_DAY
        if starts_on <= on and (ends_on is None or on <= ends_on):
            has_had_leave = any(row[4] in away for row in terms)
            locality = own or asks.places.get(workplace, workplaces) or NOBODY
            person = asks.first.get(record, record)
            return Held(post, person, agency, job or NOBODY, locality, began_on, status in away, has_had_leave)
    return None


def read_apart(asks: Asks, known_at: datetime | None) -> set[tuple[int, int]]:
    """Posts and modules with an exemption, an extension or a duty that asks for the module too."""
    found: set[tuple[int, int]] = set()
    for rows in (Exemption.objects.everywhere(reason=WHY), Extension.objects.everywhere(reason=WHY)):
        found |= set(known(rows, known_at).values_list("post_id", "module_id"))
    by_designation: dict[int, set[int]] = {}
    for each in asks.book.rules:
        if each.rule.designation is not None and each.partnership == asks.partnership:
            by_designation.setdefault(int(each.rule.designation), set()).add(int(each.rule.module))
    duties = known(Duty.objects.everywhere(reason=WHY), known_at).filter(designation__in=list(by_designation))
    for post, designation in duties.values_list("post_id", "designation_id"):
        asks.with_duty.add(post)
        found |= {(post, module) for module in by_designation[designation]}
    return found


def read_done(asks: Asks, known_at: datetime | None) -> Done:
    """What had been completed by the day, nothing voided; one query for the many, and two for the few."""
    book = asks.book
    entries = Entry.objects.everywhere(reason=WHY).filter(partnership=asks.partnership).order_by()
    if known_at is not None:
        entries = entries.filter(recorded_at__lte=known_at)
    # Of a completion that was both revoked and voided, the void is read last.
    sequels = dict(entries.exclude(kind=Entry.Kind.COMPLETION).order_by("kind").values_list("target_id", "kind"))
    register = [source for source, months in book.maximum_ages.items() if months is not None]
    outside = set(entries.filter(method=Method.EQUIVALENCE, source__in=register).values_list("pk", flat=True))
    lenders = {link.lender for links in book.links.values() for link in links}
    bears_on = _bears_on(asks)
    done = Done()
    rows = entries.filter(kind=Entry.Kind.COMPLETION, completed_on__lte=asks.on)
    names = ("pk", "person_id", "module_id", "completed_on")
    pk: int
    day: date
    for pk, record, module, day in rows.values_list(*names).iterator(20_000):
        if sequels.get(pk) == Entry.Kind.VOID:
            continue
        person = asks.first.get(record, record)
        done.days.setdefault((person, module), []).append(day)
        if module in lenders or pk in outside or pk in sequels:
            done.special.update((person, each) for each in bears_on[module])
    return done


def _bears_on(asks: Asks) -> dict[int, set[int]]:
    """For each module, the modules whose standing a completion of it may change."""
    found = {module: {module, refreshed or module} for module, refreshed in asks.modules.items()}
    for borrower, links in asks.book.links.items():
        for link in links:
            found.setdefault(link.lender, {link.lender}).add(borrower)
    return found
