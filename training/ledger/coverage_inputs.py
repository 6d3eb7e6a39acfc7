"""What coverage is worked out from, read in columns: posts as held on a day, what is asked, what was completed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from django.db.models import BigIntegerField, Case, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from training.audit.former import former_values
from training.ledger.columns import (
    Column,
    Columns,
    DayNumber,
    Mask,
    number,
    occurring,
    one_key,
    packed,
    read_columns,
    starts_of_runs,
)
from training.ledger.models import Entry, Method
from training.ledger.plain import Completions
from training.ledger.selectors.histories import known
from training.pathways.models import Exemption, Extension, Module
from training.pathways.rulebook import Rulebook
from training.pathways.rules import Kind, Rule, RuleVersion
from training.pathways.spans import Span, joined, overlap, span
from training.people.identity.selectors import ENTERED_AS, one_for_many, whose_training
from training.people.kinds import PostStatus
from training.people.models import Agency, Duty, Term, Workplace

WHY = "counting coverage"
NOBODY = 0
"""Stands where a row has no role group or no locality."""
NEVER_PLAIN = (Kind.ROLLING_HOURS, Kind.TRIGGERED)
"""Kinds for which the days of completion are not enough to know."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A module that a rule asks of a job, or of who has a duty, at an agency, and the run of days on which it does so.

    Not plain: more than one rule asks for it, or it counts more than days.
    """

    module: int
    requirement: int
    versions: tuple[RuleVersion, ...]
    days: Span
    is_plain: bool = True


class Asks:
    """What is asked on the day, by agency and role group or designation; remembered, since most posts are alike."""

    def __init__(self, book: Rulebook, partnership: int, on: date, known_at: datetime | None = None) -> None:
        self.book, self.partnership, self.on = book, partnership, on
        self.first = one_for_many(known_at)
        self.heard_by: dict[int, list[int]] = {}
        for record, others in whose_training(known_at).items():
            for each in others - {record}:
                self.heard_by.setdefault(each, []).append(record)
        self.kinds = dict(Agency.objects.filter(pk__in=list(book.members)).values_list("pk", "kind"))
        self.kinds |= former_values(Agency, "kind", known_at)
        self.agencies = [
            agency
            for agency, partnerships in book.members.items()
            if any(on in days for days in partnerships.get(partnership, ()))
        ]
        modules = Module.objects.filter(pathway__partnership=partnership).values_list("pk", "refreshes_id")
        self.modules: dict[int, int | None] = dict(modules) | former_values(Module, "refreshes_id", known_at)
        self.designations = {
            int(each.rule.designation)
            for each in book.rules
            if each.rule.designation is not None and each.partnership == partnership
        }
        self._found: dict[tuple[int, int, bool], tuple[Ask, ...]] = {}

    def of_job(self, agency: int, role_group: int) -> tuple[Ask, ...]:
        """What is asked of a job at an agency."""
        return self._once((agency, role_group, False))

    def of_duty(self, agency: int, designation: int) -> tuple[Ask, ...]:
        """What is asked of who has a duty at an agency, whatever their job."""
        return self._once((agency, designation, True))

    def _once(self, key: tuple[int, int, bool]) -> tuple[Ask, ...]:
        if key not in self._found:
            by_module: dict[int, Ask] = {}
            for ask in self._of(*key):
                by_module[ask.module] = replace(ask, is_plain=False) if ask.module in by_module else ask
            self._found[key] = tuple(by_module.values())
        return self._found[key]

    def _of(self, agency: int, whom: int, is_duty: bool) -> Iterator[Ask]:
        member = next(days for days in self.book.members[agency][self.partnership] if self.on in days)
        for each in self.book.rules_for(agency, self.kinds[agency]):
            if each.partnership != self.partnership or _asks(each.rule, whom, is_duty) is False:
                continue
            rule = each.rule
            runs = joined(span(version.starts_on, version.ends_on) for version in rule.versions)
            running = next((run for run in runs if self.on in run), None)
            if running and (days := overlap(running, member)):
                is_plain = not any(version.kind in NEVER_PLAIN for version in rule.versions)
                yield Ask(int(rule.module), int(rule.requirement), rule.versions, days, is_plain)


def _asks(rule: Rule, whom: int, is_duty: bool) -> bool:
    if is_duty:
        return rule.designation == whom and rule.role_group is None
    return rule.designation is None and rule.role_group == whom


@dataclass(frozen=True, slots=True)
class Done:
    """The days on which each person completed each module by the day, in order, each day once.

    A person's line in `edges` is their place in `people` (nought for nobody), and between a module's edge there and
    the next stand its days. Looking up is quicker than searching. `special` are people and modules that only the long
    way can weigh.
    """

    people: Column
    modules: Column
    edges: np.ndarray
    day: Column
    special: set[tuple[int, int]]

    def of(self, people: Column, module: int) -> Completions:
        """Of some people, one module."""
        place = int(np.searchsorted(self.modules, module))
        if place == len(self.modules) or self.modules[place] != module:
            return Completions(self.day, np.zeros_like(people), np.zeros_like(people))
        edge = self.people[np.minimum(people, len(self.people) - 1)] * len(self.modules) + place
        first = self.edges[edge]
        return Completions(self.day, first, self.edges[edge + 1] - first)

    def has(self, people: Column, module: int) -> Mask:
        """Which of these people completed the module."""
        return self.of(people, module).count > 0

    def days(self, person: int, module: int) -> list[int]:
        """Of one person and module, as numbers."""
        found = self.of(np.array([person]), module)
        return self.day[int(found.first[0]) : int(found.first[0] + found.count[0])].tolist() if found.count[0] else []


def locality_of_term(known_at: datetime | None) -> Coalesce:
    """Where a term was: its own locality, else that of its workplace as it was known at the moment, or is now."""
    former = former_values(Workplace, "locality_id", known_at)
    was = [When(workplace=workplace, then=Value(locality)) for workplace, locality in former.items()]
    return Coalesce("locality_id", Case(*was, default="workplace__locality_id", output_field=BigIntegerField()))


def read_held(asks: Asks, known_at: datetime | None) -> Columns:
    """The posts held on the day at agencies of the partnership, in the order of their ids.

    `person` is the record that holds the post, `one` the first of those known to be the same person.
    `began_on`: since when each has had its job without a break; `held_from`: since when it has been held, in any job.
    """
    on_leave = Case(When(status__in=PostStatus.on_leave(), then=Value(1)), default=0, output_field=BigIntegerField())
    rows = known(Term.objects.everywhere(reason=WHY), known_at)
    terms = read_columns(
        rows.filter(post__employment__agency__in=asks.agencies),
        post="post_id",
        person=ENTERED_AS,
        agency="post__employment__agency_id",
        role_group="role_group_id",
        locality=locality_of_term(known_at),
        starts_on=DayNumber("starts_on"),
        ends_on=DayNumber("ends_on"),
        is_on_leave=on_leave,
    )
    starts_on = terms["starts_on"]
    order = np.argsort(packed(terms["post"], starts_on - starts_on.min(initial=0))[0])
    terms = {name: column[order] for name, column in terms.items()}
    terms["one"] = _first_of(terms["person"], asks.first)
    return _on_day(terms, number(asks.on))


def _first_of(people: Column, first: Mapping[int, int]) -> Column:
    """For each record, the first of those known to be of the same person."""
    if not first:
        return people
    records = np.array(sorted(first), dtype=np.int64)
    firsts = np.array([first[record] for record in records.tolist()], dtype=np.int64)
    where = np.minimum(np.searchsorted(records, people), len(records) - 1)
    return np.where(records[where] == people, firsts[where], people)


def _on_day(terms: Columns, on: int) -> Columns:
    size = len(terms["post"])
    is_new = np.ones(size, dtype=bool)
    is_new[1:] = terms["post"][1:] != terms["post"][:-1]
    breaks = is_new.copy()
    breaks[1:] |= terms["starts_on"][1:] != terms["ends_on"][:-1] + 1
    held_from = terms["starts_on"][_last_where(breaks)] if size else terms["post"]
    breaks[1:] |= terms["role_group"][1:] != terms["role_group"][:-1]
    began_on = terms["starts_on"][_last_where(breaks)] if size else terms["post"]
    which = np.cumsum(is_new) - 1
    had_leave = np.zeros(int(is_new.sum()), dtype=np.int64)
    np.maximum.at(had_leave, which, terms["is_on_leave"])
    running = np.flatnonzero((terms["starts_on"] <= on) & (on <= terms["ends_on"]))
    _, first = np.unique(terms["post"][running], return_index=True)
    now = running[first]
    kept = ("post", "person", "one", "agency", "role_group", "locality", "is_on_leave")
    return {name: terms[name][now] for name in kept} | {
        "began_on": began_on[now],
        "held_from": held_from[now],
        "has_had_leave": had_leave[which[now]],
    }


def _last_where(marks: np.ndarray) -> Column:
    """For each place, the last one up to it that is marked."""
    return np.maximum.accumulate(np.where(marks, np.arange(len(marks)), 0))


def read_duties(asks: Asks, known_at: datetime | None) -> Columns:
    """Duties held on the day that some rule asks for; `times`: how many of the kind the post has had in all."""
    rows = known(Duty.objects.everywhere(reason=WHY), known_at).filter(designation__in=asks.designations)
    duties = read_columns(
        rows,
        post="post_id",
        designation="designation_id",
        starts_on=DayNumber("starts_on"),
        ends_on=DayNumber("ends_on"),
    )
    keys, which = np.unique(one_key(duties["post"], duties["designation"]), return_inverse=True)
    duties["times"] = np.bincount(which, minlength=len(keys))[which] if len(keys) else which
    on = number(asks.on)
    running = (duties["starts_on"] <= on) & (on <= duties["ends_on"])
    return {name: column[running] for name, column in duties.items()}


def read_exempt(asks: Asks, known_at: datetime | None) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Posts and modules that are exempt on the day, and those that an exemption or an extension has moved before it."""
    rows = known(Exemption.objects.everywhere(reason=WHY), known_at).filter(starts_on__lte=asks.on)
    is_over = Q(ends_on__lt=asks.on)
    exempt = set(rows.exclude(is_over).values_list("post_id", "module_id"))
    moved = set(rows.filter(is_over).values_list("post_id", "module_id"))
    extensions = known(Extension.objects.everywhere(reason=WHY), known_at)
    moved |= set(extensions.values_list("post_id", "module_id"))
    return exempt, moved


def read_done(asks: Asks, known_at: datetime | None) -> Done:
    """What had been completed by the day."""
    entries = Entry.objects.everywhere(reason=WHY).filter(partnership=asks.partnership).order_by()
    if known_at is not None:
        entries = entries.filter(recorded_at__lte=known_at)
    rows = entries.filter(kind=Entry.Kind.COMPLETION, completed_on__lte=asks.on)
    read = read_columns(rows, person="person_id", module="module_id", day=DayNumber("completed_on"))
    read = _given(read, asks.heard_by)
    special = {
        (person, each) for person, module in _odd(asks, entries, read) for each in _bears_on(asks).get(module, {module})
    }
    return _done(read, special)


def _given(read: Columns, heard_by: Mapping[int, Sequence[int]]) -> Columns:
    """What was completed, and once more for each other record for which it counts."""
    if not heard_by:
        return read
    rows = np.flatnonzero(np.isin(read["person"], list(heard_by)))
    others = [heard_by[person] for person in read["person"][rows].tolist()]
    again = np.concatenate([np.arange(len(read["person"])), np.repeat(rows, [len(each) for each in others])])
    given = {name: column[again] for name, column in read.items()}
    given["person"][len(read["person"]) :] = [record for each in others for record in each]
    return given


def _done(read: Columns, special: set[tuple[int, int]]) -> Done:
    people, line = occurring(read.pop("person"))
    modules, rank = occurring(read.pop("module"))
    days = read.pop("day")
    earliest = int(days.min(initial=0))
    whole, (_, width) = packed((line + 1) * len(modules) + rank, days - earliest)
    whole.sort()
    whole = whole[starts_of_runs(whole)]
    edges = np.zeros((len(people) + 1) * len(modules) + 1, dtype=np.int32)  # the largest there is: people times modules
    np.cumsum(np.bincount(whole >> width, minlength=len(edges) - 1), out=edges[1:])
    lines = np.zeros(int(people.max(initial=0)) + 2, dtype=np.int64)
    lines[people] = np.arange(1, len(people) + 1)
    return Done(lines, modules, edges, (whole & ((1 << width) - 1)) + earliest, special)


def _odd(asks: Asks, entries: QuerySet[Entry], read: Columns) -> set[tuple[int, int]]:
    """People and modules with something voided or revoked, lent, or learnt elsewhere."""
    book = asks.book
    register = [source for source, months in book.maximum_ages.items() if months is not None]
    found = set(entries.filter(target__isnull=False).values_list("person_id", "module_id"))
    if register:
        outside = entries.filter(method=Method.EQUIVALENCE, source__in=register)
        found |= set(outside.values_list("person_id", "module_id"))
    lenders = {link.lender for links in book.links.values() for link in links}
    lent = np.isin(read["module"], list(lenders))
    found |= {(each, module) for person, module in found for each in asks.heard_by.get(person, ())}
    return found | set(zip(read["person"][lent].tolist(), read["module"][lent].tolist(), strict=True))


def _bears_on(asks: Asks) -> dict[int, set[int]]:
    """For each module, the modules whose standing a completion of it may change."""
    found = {module: {module, refreshed or module} for module, refreshed in asks.modules.items()}
    for borrower, links in asks.book.links.items():
        for link in links:
            found.setdefault(link.lender, {link.lender}).add(borrower)
    return found
