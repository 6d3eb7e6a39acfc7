"""Who is asked for what on a day, and who holds it: one row a post and module, in columns, for figures to be counted.

Made to be fast: nearly every post is one job under one rule a module, and what plain completions are worth under a
rule is remembered. Whatever is not plain (leave, duties, exemptions, extensions, revocations, outside courses, lent
training) goes the long way, through the same rules that work out a standing. A test holds both to the same answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import IntEnum
from itertools import groupby
from typing import Any

import numpy as np

from training.ledger.expiry import Fact, periods
from training.ledger.models import Entry, Method
from training.ledger.selectors.histories import histories, known
from training.ledger.standing import Standing, State, standing
from training.pathways.models import Exemption, Extension, Module
from training.pathways.rulebook import Rulebook, read_rulebook
from training.pathways.rules import RuleVersion, version_in_force
from training.pathways.spans import ONE_DAY, Span, joined, overlap, span
from training.people.kinds import PostStatus
from training.people.models import Agency, Duty, Partnership, Term

WHY = "counting coverage"
NOBODY = 0
"""Stands where a row has no role group or no locality."""


class Exclusion(IntEnum):
    """Why a post does not belong in a denominator. 'Induction': not yet due, and not yet done."""

    COUNTED = 0
    PAUSED = 1
    EXEMPT = 2
    INDUCTION = 3


@dataclass(frozen=True, slots=True)
class CoverageFacts:
    """Columns of equal length. One row for each post that is asked for a module on the day, whether counted or not."""

    on: date
    known_at: datetime | None
    post_id: np.ndarray
    person_id: np.ndarray
    agency_id: np.ndarray
    role_group_id: np.ndarray
    locality_id: np.ndarray
    module_id: np.ndarray
    tier_id: np.ndarray
    is_valid: np.ndarray
    exclusion: np.ndarray

    def __len__(self) -> int:
        return len(self.post_id)

    @property
    def is_excluded(self) -> np.ndarray:
        """Whether the row stays out of the denominator."""
        return self.exclusion != Exclusion.COUNTED


@dataclass(frozen=True, slots=True)
class _Held:
    """A post as held on the day. `began_on`: since when it has had this job without a break."""

    post: int
    person: int
    agency: int
    role_group: int
    locality: int
    began_on: date
    is_on_leave: bool
    has_had_leave: bool


@dataclass(frozen=True, slots=True)
class _Ask:
    """A module that a rule asks of a job at an agency on the day, and the run of days on which it has done so.

    Not plain: more than one rule asks for it.
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
class _Done:
    """Completions by person and module; `special` are those that only the long way can weigh."""

    days: dict[tuple[int, int], list[date]] = field(default_factory=dict)
    special: set[tuple[int, int]] = field(default_factory=set)


@dataclass
class _Rows:
    """The rows so far: a place in the list of posts, a module, and what was found."""

    place: list[int] = field(default_factory=list)
    module: list[int] = field(default_factory=list)
    is_valid: list[bool] = field(default_factory=list)
    exclusion: list[int] = field(default_factory=list)

    def add(self, place: int, module: int, is_valid: bool, exclusion: int) -> None:
        """One more."""
        self.place.append(place)
        self.module.append(module)
        self.is_valid.append(is_valid)
        self.exclusion.append(exclusion)


def coverage_facts(partnership: Partnership, *, on: date, known_at: datetime | None = None) -> CoverageFacts:
    """Every post of the partnership's agencies and every module of its pathway asked of it on this day."""
    book = read_rulebook(known_at=known_at)
    asks = _Asks(book, partnership.pk, on)
    done = _done(asks, known_at)
    apart = _apart(asks, known_at)
    held = list(_held(asks, known_at))
    worth = _Worth(done, book, on)
    rows, long_way = _Rows(), {}
    for place, post in enumerate(held):
        for ask in asks.of(post):
            key = (post.post, ask.module)
            if ask.is_plain and key not in apart and (post.person, ask.module) not in done.special:
                is_valid = worth.is_valid(post.person, ask)
                exclusion = _exclusion(post, ask, is_valid, on)
                if exclusion is not None:
                    rows.add(place, ask.module, is_valid, exclusion)
                    continue
            apart.add(key)
            long_way[post.post] = place
        if post.post in asks.with_duty:
            long_way[post.post] = place
    _go_the_long_way(rows, long_way, apart, asks, known_at)
    return _columns(rows, held, on, known_at)


def _exclusion(post: _Held, ask: _Ask, is_valid: bool, on: date) -> Exclusion | None:
    """For a plain post, whether and why it is not counted; None where leave may have moved the deadline."""
    if post.is_on_leave:
        return Exclusion.PAUSED
    if is_valid:
        return Exclusion.COUNTED
    if on <= ask.deadline(post.began_on):
        return Exclusion.INDUCTION
    return None if post.has_had_leave else Exclusion.COUNTED


class _Asks:
    """What is asked on the day, by agency and role group; remembered, since most posts are alike."""

    def __init__(self, book: Rulebook, partnership: int, on: date) -> None:
        self.book, self.partnership, self.on = book, partnership, on
        self.kinds = dict(Agency.objects.filter(pk__in=list(book.members)).values_list("pk", "kind"))
        self.agencies = [
            agency
            for agency, partnerships in book.members.items()
            if any(on in days for days in partnerships.get(partnership, ()))
        ]
        modules = Module.objects.filter(pathway__partnership=partnership).values_list("pk", "refreshes_id")
        self.modules: dict[int, int | None] = dict(modules)
        self.with_duty: set[int] = set()
        self._found: dict[tuple[int, int], tuple[_Ask, ...]] = {}
        self._numbers: dict[tuple[RuleVersion, ...], int] = {}

    def of(self, post: _Held) -> tuple[_Ask, ...]:
        """What is asked of a post by its job."""
        key = (post.agency, post.role_group)
        if key not in self._found:
            by_module: dict[int, _Ask] = {}
            for ask in self._of_job(*key):
                by_module[ask.module] = replace(ask, is_plain=False) if ask.module in by_module else ask
            self._found[key] = tuple(by_module.values())
        return self._found[key]

    def _of_job(self, agency: int, role_group: int) -> Iterator[_Ask]:
        member = next(days for days in self.book.members[agency][self.partnership] if self.on in days)
        for each in self.book.rules_for(agency, self.kinds[agency]):
            rule = each.rule
            if each.partnership != self.partnership or rule.role_group != role_group or rule.designation is not None:
                continue
            runs = joined(span(version.starts_on, version.ends_on) for version in rule.versions)
            running = next((run for run in runs if self.on in run), None)
            if running and (days := overlap(running, member)):
                number = self._numbers.setdefault(rule.versions, len(self._numbers))
                yield _Ask(int(rule.module), rule.versions, days, number)


class _Worth:
    """Whether plain completions are valid on the day under a rule; remembered by the days on which they were done."""

    def __init__(self, done: _Done, book: Rulebook, on: date) -> None:
        self.days, self.on = done.days, on
        self.refreshers = book.refreshers
        self._found: dict[tuple[Any, ...], bool] = {}

    def is_valid(self, person: int, ask: _Ask) -> bool:
        """Of one person under one rule."""
        days = self.days.get((person, ask.module))
        refreshed = [
            (refresher, day)
            for refresher in self.refreshers.get(ask.module, ())
            for day in self.days.get((person, refresher), ())
        ]
        if days is None:
            return False
        key = (ask.rule, *days, *refreshed)
        found = self._found.get(key)
        if found is None:
            facts = [Fact(uid=0, module=ask.module, completed_on=day) for day in days]
            facts += [Fact(uid=0, module=refresher, completed_on=day) for refresher, day in refreshed]
            found = any(period.is_valid(self.on) for period in periods(facts, ask.versions))
            self._found[key] = found
        return found


def _held(asks: _Asks, known_at: datetime | None) -> Iterator[_Held]:
    """The posts held on the day at agencies of the partnership, with their terms read in one query."""
    rows = known(Term.objects.everywhere(reason=WHY), known_at)
    names = (
        "post_id",
        "starts_on",
        "ends_on",
        "role_group_id",
        "status",
        "post__employment__person_id",
        "post__employment__agency_id",
        "locality_id",
        "workplace__locality_id",
    )
    rows = rows.filter(post__employment__agency__in=asks.agencies).order_by("post_id", "starts_on")
    for post, group in groupby(rows.values_list(*names).iterator(chunk_size=20_000), key=lambda row: row[0]):
        if held := _as_held(post, list(group), asks.on):
            yield held


def _as_held(post: int, terms: Sequence[tuple[Any, ...]], on: date) -> _Held | None:
    away = PostStatus.on_leave()
    began_on = follows_on = job = None
    for _, starts_on, ends_on, role_group, status, person, agency, own, workplaces in terms:
        if began_on is None or role_group != job or starts_on != follows_on:
            began_on, job = starts_on, role_group
        follows_on = ends_on and ends_on + ONE_DAY
        if starts_on <= on and (ends_on is None or on <= ends_on):
            has_had_leave = any(row[4] in away for row in terms)
            locality = own or workplaces or NOBODY
            return _Held(post, person, agency, job or NOBODY, locality, began_on, status in away, has_had_leave)
    return None


def _apart(asks: _Asks, known_at: datetime | None) -> set[tuple[int, int]]:
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


def _done(asks: _Asks, known_at: datetime | None) -> _Done:
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
    done = _Done()
    rows = entries.filter(kind=Entry.Kind.COMPLETION, completed_on__lte=asks.on)
    for pk, person, module, day in rows.values_list("pk", "person_id", "module_id", "completed_on").iterator(20_000):
        if sequels.get(pk) == Entry.Kind.VOID:
            continue
        done.days.setdefault((person, module), []).append(day)
        if module in lenders or pk in outside or pk in sequels:
            done.special.update((person, each) for each in bears_on[module])
    return done


def _bears_on(asks: _Asks) -> dict[int, set[int]]:
    """For each module, the modules whose standing a completion of it may change."""
    found = {module: {module, refreshed or module} for module, refreshed in asks.modules.items()}
    for borrower, links in asks.book.links.items():
        for link in links:
            found.setdefault(link.lender, {link.lender}).add(borrower)
    return found


def _go_the_long_way(
    rows: _Rows,
    long_way: dict[int, int],
    apart: set[tuple[int, int]],
    asks: _Asks,
    known_at: datetime | None,
) -> None:
    """What is not plain, as its standing says."""
    for each in histories(long_way, known_at=known_at, attempts={}, book=asks.book):
        if (each.post, each.module) not in apart or each.module not in asks.modules:
            continue
        now = standing(each.history, asks.on)
        if now is not None and now.is_required:
            rows.add(long_way[each.post], each.module, now.is_valid, exclusion_of(now))


def exclusion_of(now: Standing) -> Exclusion:
    """Whether and why a standing stays out of a denominator."""
    if now.state is State.PAUSED:
        return Exclusion.PAUSED
    if now.state is State.EXEMPT:
        return Exclusion.EXEMPT
    if now.state in (State.NOT_STARTED, State.IN_PROGRESS):
        return Exclusion.INDUCTION
    return Exclusion.COUNTED


def _columns(rows: _Rows, held: Sequence[_Held], on: date, known_at: datetime | None) -> CoverageFacts:
    place = np.array(rows.place, dtype=np.int64)

    def of_posts(name: str) -> np.ndarray:
        return np.fromiter((getattr(post, name) for post in held), dtype=np.int64, count=len(held))[place]

    module = np.array(rows.module, dtype=np.int64)
    tiers = dict(Module.objects.values_list("pk", "tier_id"))
    known_modules, where = np.unique(module, return_inverse=True)
    tier = np.array([tiers[int(pk)] for pk in known_modules], dtype=np.int64)
    return CoverageFacts(
        on=on,
        known_at=known_at,
        post_id=of_posts("post"),
        person_id=of_posts("person"),
        agency_id=of_posts("agency"),
        role_group_id=of_posts("role_group"),
        locality_id=of_posts("locality"),
        module_id=module,
        tier_id=tier[where] if len(tier) else module,
        is_valid=np.array(rows.is_valid, dtype=bool),
        exclusion=np.array(rows.exclusion, dtype=np.int8),
    )
