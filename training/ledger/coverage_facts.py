"""Who is asked for what on a day, and who holds it: one row a post and module, in columns, for figures to be counted.

Made to be fast: nearly every post is one job under one rule a module, and what plain completions are worth under a
rule is remembered. Whatever is not plain (leave, duties, exemptions, extensions, revocations, outside courses, lent
training) goes the long way, through the same rules that work out a standing. A test holds both to the same answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Any

import numpy as np

from training.audit.former import former_values
from training.ledger.coverage_inputs import Ask, Asks, Done, Held, read_apart, read_done, read_held
from training.ledger.expiry import ENDS, Fact, Period, periods
from training.ledger.selectors.histories import histories
from training.ledger.standing import Standing, State, standing
from training.pathways.models import Module
from training.pathways.rulebook import Rulebook, read_rulebook
from training.pathways.rules import Kind, RuleVersion
from training.people.models import Partnership


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
    asks = Asks(book, partnership.pk, on, known_at)
    done = read_done(asks, known_at)
    apart = read_apart(asks, known_at)
    held = list(read_held(asks, known_at))
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


def _exclusion(post: Held, ask: Ask, is_valid: bool, on: date) -> Exclusion | None:
    """For a plain post, whether and why it is not counted; None where leave may have moved the deadline."""
    if post.is_on_leave:
        return Exclusion.PAUSED
    if is_valid:
        return Exclusion.COUNTED
    if on <= ask.deadline(post.began_on):
        return Exclusion.INDUCTION
    return None if post.has_had_leave else Exclusion.COUNTED


class _Worth:
    """Whether plain completions are valid on the day under a rule; remembered by the days on which they were done."""

    def __init__(self, done: Done, book: Rulebook, on: date) -> None:
        self.days, self.on = done.days, on
        self.refreshers = book.refreshers
        self._found: dict[tuple[Any, ...], bool] = {}

    def is_valid(self, person: int, ask: Ask) -> bool:
        """Of one person under one rule."""
        days = self.days.get((person, ask.module))
        if days is None:
            return False
        refreshed = self._refreshed(person, ask)
        key = (ask.rule, *days, *refreshed)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._worked_out(days, refreshed, ask)
        return found

    def _refreshed(self, person: int, ask: Ask) -> list[tuple[int, date]]:
        modules = self.refreshers.get(ask.module)
        if not modules:
            return []
        return [(module, day) for module in modules for day in self.days.get((person, module), ())]

    def _worked_out(self, days: Sequence[date], refreshed: Sequence[tuple[int, date]], ask: Ask) -> bool:
        if not refreshed and len(ask.versions) == 1 and ask.versions[0].kind is Kind.EXPIRING:
            return _last_day(sorted(set(days)), ask.versions[0]) >= self.on
        facts = [Fact(uid=0, module=ask.module, completed_on=day) for day in days]
        facts += [Fact(uid=0, module=module, completed_on=day) for module, day in refreshed]
        return any(period.is_valid(self.on) for period in periods(facts, ask.versions))


def _last_day(days: Sequence[date], version: RuleVersion) -> date:
    """The day until which plain completions on these days, in order, are valid under an expiring rule.

    As `periods` has it, without what only revocations, refreshers and changed rules need: each later period ends on
    the same day or later, so the last is the one that counts. It takes half the time.
    """
    end_of = ENDS[version.basis]
    period: Period | None = None
    end = date.min
    for day in days:
        end = end_of(day, version, period)
        period = Period(day, end, version.window_before(end), (), full_ends_on=end)
    return end


def _go_the_long_way(
    rows: _Rows,
    long_way: dict[int, int],
    apart: set[tuple[int, int]],
    asks: Asks,
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


def _columns(rows: _Rows, held: Sequence[Held], on: date, known_at: datetime | None) -> CoverageFacts:
    place = np.array(rows.place, dtype=np.int64)

    def of_posts(name: str) -> np.ndarray:
        return np.fromiter((getattr(post, name) for post in held), dtype=np.int64, count=len(held))[place]

    module = np.array(rows.module, dtype=np.int64)
    tiers = dict(Module.objects.values_list("pk", "tier_id")) | former_values(Module, "tier_id", known_at)
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
