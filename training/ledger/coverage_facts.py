"""Who is asked for what on a day, and who holds it: one row a post and module, in columns, for figures to be counted.

Made to be fast: nearly every post is one job under one rule a module, and what plain completions are worth under a
rule is remembered. Whatever is not plain (leave, duties, exemptions, extensions, revocations, outside courses, lent
training) goes the long way, through the same rules that work out a standing. A test holds both to the same answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any

import numpy as np

from training.audit.former import former_values
from training.ledger.columns import (
    BEFORE_ALL,
    NEVER,
    Column,
    Columns,
    Mask,
    day_of,
    is_in,
    narrow,
    number,
    occurring,
    one_key,
)
from training.ledger.coverage_inputs import Ask, Asks, Done, read_done, read_duties, read_exempt, read_held
from training.ledger.expiry import Fact
from training.ledger.expiry import periods as periods_of
from training.ledger.plain import deadlines, is_plain, periods
from training.ledger.selectors.histories import histories
from training.ledger.standing import Standing, State, standing
from training.pathways.models import Module
from training.pathways.rulebook import read_rulebook
from training.pathways.rules import RuleVersion
from training.people.models import Partnership

LEAVE_MAY_HAVE_MOVED = -1
SHARE = 100_000  # posts worked out together: what that takes in memory does not grow with the partnership


class Exclusion(IntEnum):
    """Why a post does not belong in a denominator. 'Induction': not yet due, and not yet done."""

    COUNTED = 0
    PAUSED = 1
    EXEMPT = 2
    INDUCTION = 3


@dataclass(frozen=True, slots=True)
class CoverageFacts:
    """Columns of equal length. One row for each post that is asked for a module on the day, whether counted or not.

    Numbers are as narrow as they can be.
    """

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


@dataclass(frozen=True, slots=True)
class _Pairs:
    """What is asked: a place in the list of posts, a module, since when, by which ask; duties' come after jobs'."""

    place: Column
    module: Column
    began_on: Column
    ask: Column
    asks: tuple[Ask, ...]
    of_duties: int
    on: int

    def those(self, mask: Mask) -> "_Pairs":
        """Some of them."""
        return _Pairs(
            self.place[mask], self.module[mask], self.began_on[mask], self.ask[mask], self.asks, self.of_duties, self.on
        )


@dataclass(frozen=True, slots=True)
class _Rows:
    """What was found: a place in the list of posts, a module, whether valid, why not counted."""

    place: Column
    module: Column
    is_valid: Column
    exclusion: Column


def coverage_facts(partnership: Partnership, *, on: date, known_at: datetime | None = None) -> CoverageFacts:
    """Every post of the partnership's agencies and every module of its pathway asked of it on this day."""
    parts = list(_parts(partnership, on, known_at))
    whole = {name: np.concatenate([part.pop(name) for part in parts]) for name in list(parts[0])}
    return CoverageFacts(on=on, known_at=known_at, **whole)


def _parts(partnership: Partnership, on: date, known_at: datetime | None) -> Iterator[dict[str, np.ndarray]]:
    """The columns of one share of the posts after the other; of none, of one share without a post."""
    asks = Asks(read_rulebook(known_at=known_at), partnership.pk, on, known_at)
    tiers = dict(Module.objects.values_list("pk", "tier_id")) | former_values(Module, "tier_id", known_at)
    facts = _Facts(
        asks,
        known_at,
        read_done(asks, known_at),
        *read_exempt(asks, known_at),
        read_duties(asks, known_at),
    )
    held = read_held(asks, known_at)
    for start in range(0, max(len(held["post"]), 1), SHARE):
        share = {name: column[start : start + SHARE] for name, column in held.items()}
        yield _columns(_rows(share, facts), share, tiers)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of all posts together."""

    asks: Asks
    known_at: datetime | None
    done: Done
    exempt: set[tuple[int, int]]
    moved: set[tuple[int, int]]
    duties: Columns


def _rows(held: Columns, facts: _Facts) -> tuple[_Rows, _Rows]:
    """What is asked of these posts: what is plain, and what went the long way."""
    asks, done = facts.asks, facts.done
    pairs, plain = _pairs(asks, held, facts.duties)
    keys = one_key(held["post"][pairs.place], pairs.module)
    plain &= ~is_in(keys, facts.moved) & ~is_in(one_key(held["person"][pairs.place], pairs.module), done.special)
    end, is_whole = _ends(pairs, held, done, asks, plain)
    deadline = _deadlines(pairs)
    plain, first = _one_each(pairs, keys, held, deadline, end, plain & is_whole, plain)
    exclusion = _exclusions(pairs, held, deadline, end, asks.on)
    exclusion[is_in(keys, facts.exempt)] = Exclusion.EXEMPT
    plain &= exclusion != LEAVE_MAY_HAVE_MOVED
    fast = plain & first
    valid = (end[fast] >= pairs.on).astype(np.int64)
    rows = _Rows(pairs.place[fast], pairs.module[fast], valid, exclusion[fast])
    return rows, _the_long_way(pairs.those(~plain), held, asks, facts.known_at)


def _one_each(
    pairs: _Pairs, keys: Column, held: Columns, deadline: Column, end: Column, is_whole: Mask, plain: Mask
) -> tuple[Mask, Mask]:
    """What is plain though several rules ask for the same, and which of those is shown: the one that is due first.

    With leave on the post, or where a rule looks at more than days, only the long way can tell.
    """
    first = np.ones(len(keys), dtype=bool)
    on_duty = np.isin(pairs.place, pairs.place[pairs.ask >= pairs.of_duties], kind="table")
    several = np.flatnonzero(on_duty)
    _, group, count = np.unique(keys[several], return_inverse=True, return_counts=True)
    twice = count[group] > 1
    several, group = several[twice], group[twice]
    unsure = ~is_whole[several] | (held["has_had_leave"][pairs.place[several]] == 1)
    plain[several] &= ~np.isin(group, group[unsure])
    due = np.where(end == NEVER, NEVER, np.maximum(deadline, end))[several]
    names = np.array([str(ask.requirement) for ask in pairs.asks])
    rank = np.argsort(np.argsort(names, kind="stable"), kind="stable")[pairs.ask[several]]
    valid = end[several] >= pairs.on
    order = np.lexsort((rank, valid, due, group))
    later = order[1:][group[order][1:] == group[order][:-1]]
    first[several[later]] = False
    return plain, first


def _pairs(asks: Asks, held: Columns, duties: Columns) -> tuple[_Pairs, Mask]:
    """What jobs ask and what duties ask; and what of it is plain, as far as the rules and duties can tell."""
    where = np.searchsorted(held["post"], duties["post"])
    there = where < len(held["post"])
    there[there] = held["post"][where[there]] == duties["post"][there]
    where, duties = where[there], {name: column[there] for name, column in duties.items()}
    sources = (
        (asks.of_job, np.arange(len(held["post"])), held["role_group"], held["began_on"]),
        (asks.of_duty, where, duties["designation"], np.maximum(held["held_from"][where], duties["starts_on"])),
    )
    parts: list[tuple[Column, Column, Column]] = []
    found: list[Ask] = []
    of_jobs = 0
    for of, places, whom, began_on in sources:
        kinds, kind = np.unique(one_key(held["agency"][places], whom), return_inverse=True)
        order = np.argsort(kind, kind="stable")
        alike = np.split(order, np.searchsorted(kind[order], np.arange(1, len(kinds)))) if len(kinds) else []
        for key, group in zip(kinds.tolist(), alike, strict=True):
            for ask in of(key >> 24, key & 0xFFFFFF):
                parts.append((places[group], began_on[group], np.full(len(group), len(found))))
                found.append(ask)
        of_jobs = of_jobs or len(found)
    place, began_on, which = (np.concatenate(each) for each in zip(*parts, strict=True)) if parts else (_none(),) * 3
    first = np.array([number(each.days.first) for each in found], dtype=np.int64)
    module = np.array([each.module for each in found], dtype=np.int64)
    since = np.maximum(began_on, first[which])
    pairs = _Pairs(place, module[which], since, which, tuple(found), of_jobs, number(asks.on))
    is_plain = np.array([each.is_plain for each in found], dtype=bool)[which]
    return pairs, is_plain & ~np.isin(place, where[duties["times"] > 1])


def _none() -> Column:
    return np.empty(0, dtype=np.int64)


def _exclusions(pairs: _Pairs, held: Columns, deadline: Column, end: Column, on: date) -> Column:
    """For plain posts, whether and why each is not counted."""
    return np.select(
        [
            held["is_on_leave"][pairs.place] == 1,
            end >= number(on),
            deadline >= number(on),
            held["has_had_leave"][pairs.place] == 1,
        ],
        [Exclusion.PAUSED, Exclusion.COUNTED, Exclusion.INDUCTION, LEAVE_MAY_HAVE_MOVED],
        Exclusion.COUNTED,
    )


def _deadlines(pairs: _Pairs) -> Column:
    deadline = np.empty_like(pairs.began_on)
    for versions, there in _by_versions(pairs):
        deadline[there] = deadlines(versions, pairs.began_on[there])
    return deadline


def _by_versions(pairs: _Pairs) -> Iterator[tuple[tuple[RuleVersion, ...], Column]]:
    """The rules, each with the places of what it asks."""
    by_rule: dict[tuple[RuleVersion, ...], int] = {}
    rule = np.array([by_rule.setdefault(ask.versions, len(by_rule)) for ask in pairs.asks], dtype=np.int16)[pairs.ask]
    order = np.argsort(rule, kind="stable")
    edges = np.searchsorted(rule[order], np.arange(1, len(by_rule) + 1))
    return zip(by_rule, np.split(order, edges[:-1]) if by_rule else [], strict=True)


def _ends(pairs: _Pairs, held: Columns, done: Done, asks: Asks, is_wanted: Mask) -> tuple[Column, Mask]:
    """The last day on which plain completions are valid; and whether that is all there is to know.

    Where a rule looks at more than the days of its module, the day is this one or the one before: valid or not.
    """
    end = np.full(len(pairs.place), BEFORE_ALL)
    is_whole = np.ones(len(pairs.place), dtype=bool)
    for versions, there in _by_versions(pairs):
        there = there[is_wanted[there]]
        people = held["person"][pairs.place[there]]
        odd = np.full(len(there), not is_plain(versions))
        for refresher in asks.book.refreshers.get(int(versions[0].module), ()):
            odd |= done.has(people, int(refresher))
        plain = there[~odd]
        for begun in periods(versions, done.of(people[~odd], int(versions[0].module))):
            end[plain[begun.pairs]] = begun.ends_on
        worth = _Worth(versions, done, asks)
        end[there[odd]] = [pairs.on if worth.is_valid(person) else BEFORE_ALL for person in people[odd].tolist()]
        is_whole[there[odd]] = False
    return end, is_whole


class _Worth:
    """Whether completions are valid on the day under a rule that looks at more; remembered by the days."""

    def __init__(self, versions: tuple[RuleVersion, ...], done: Done, asks: Asks) -> None:
        self.versions, self.done, self.on = versions, done, asks.on
        module = int(versions[0].module)
        self.modules = (module, *asks.book.refreshers.get(module, ()))
        self._found: dict[tuple[Any, ...], bool] = {}

    def is_valid(self, person: int) -> bool:
        """Of one person."""
        key = tuple((module, day) for module in self.modules for day in self.done.days(person, module))
        if key not in self._found:
            facts = [Fact(uid=0, module=module, completed_on=day_of(day)) for module, day in key]
            self._found[key] = any(period.is_valid(self.on) for period in periods_of(facts, self.versions))
        return self._found[key]


def _the_long_way(pairs: _Pairs, held: Columns, asks: Asks, known_at: datetime | None) -> _Rows:
    """What is not plain, as its standing says."""
    wanted = set(zip(held["post"][pairs.place].tolist(), pairs.module.tolist(), strict=True))
    place = dict(zip(held["post"][pairs.place].tolist(), pairs.place.tolist(), strict=True))
    found: list[tuple[int, int, int, int]] = []
    for each in histories(sorted(place), known_at=known_at, attempts={}, book=asks.book):
        if (each.post, each.module) in wanted:
            now = standing(each.history, asks.on)
            if now is not None and now.is_required:
                found.append((place[each.post], each.module, now.is_valid, exclusion_of(now)))
    columns = np.array(found, dtype=np.int64).reshape(-1, 4).T
    return _Rows(*columns)


def exclusion_of(now: Standing) -> Exclusion:
    """Whether and why a standing stays out of a denominator."""
    if now.state is State.PAUSED:
        return Exclusion.PAUSED
    if now.state is State.EXEMPT:
        return Exclusion.EXEMPT
    if now.state in (State.NOT_STARTED, State.IN_PROGRESS):
        return Exclusion.INDUCTION
    return Exclusion.COUNTED


def _columns(parts: Sequence[_Rows], held: Columns, tiers: Mapping[int, int]) -> dict[str, np.ndarray]:
    def whole(name: str) -> Column:
        return np.concatenate([getattr(part, name) for part in parts])

    place, module = whole("place"), whole("module")
    known_modules, where = occurring(module)
    tier = np.array([tiers[int(pk)] for pk in known_modules], dtype=np.int64)
    return {
        "post_id": narrow(held["post"])[place],
        "person_id": narrow(held["one"])[place],
        "agency_id": narrow(held["agency"])[place],
        "role_group_id": narrow(held["role_group"])[place],
        "locality_id": narrow(held["locality"])[place],
        "module_id": narrow(module),
        "tier_id": narrow(tier[where] if len(tier) else module),
        "is_valid": whole("is_valid").astype(bool),
        "exclusion": whole("exclusion").astype(np.int8),
    }
