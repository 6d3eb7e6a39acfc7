"""An attacker who has every table that a quarter publishes to one audience, paper, and a solver of linear programs.

What is shown becomes bounds and equations over the counts behind it: four for each cell (asked, in date, lapsed, left
out), all none or more. The attacker knows what the words mean: those asked are those in date and those lapsed; parts
add up to their whole, in each scope; whoever is asked for a module is asked for its tier, topics and families, and for
something; whoever let it lapse is in date in none of them; a scope is no more than its modules together; and which
groups lie wholly within another, so that who is left of that is told by a subtraction. A rounded figure is an interval,
and so is a percentage. An insider knows the cells of one agency exactly.

The rule. For each count that is few, hidden or not, and of those lapsed too, which no table has, the attacker looks for
the least and the most that fits. The interval is no shorter than five, so that none is known to within two either way.
Hidden counts that are not few stand there to cover one that is: they may be known.

The attacker is even told how many stand in two places (a person with posts at two agencies counts in each, and once in
the whole). Not given: which people those are, what else somebody knows of a colleague, what was shown on another day
(two quarters share people), and by which rule of ours something was hidden.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, vstack
from scipy.sparse import eye_array as eye

from training.strategy.coverage import Cell, Place
from training.strategy.implied import REST
from training.strategy.suppress import SMALLEST_WHOLE

ASKED, IN_DATE, LAPSED, LEFT_OUT = "asked", "in date", "lapsed", "left out"
WIDE = 5
Name = tuple[str, Place]
Group = tuple[str, str]
CLOSE = 1e-6


@dataclass(frozen=True)
class Told:
    """One hidden count and what the attacker can say of it."""

    name: Name
    truth: int
    least: float
    most: float

    @property
    def is_safe(self) -> bool:
        """Whether the rule holds."""
        return self.most - self.least > WIDE - CLOSE

    def __str__(self) -> str:
        what, place = self.name
        where = " ".join(each for each in (place.group_kind, place.group, place.scope_kind, place.scope) if each)
        return f"{what} of {where or 'everybody'}: {self.truth} lies between {self.least:.1f} and {self.most:.1f}"


@dataclass
class Attack:
    """What has been read so far. `truth` is there to check it by, and to say how many stand in two places."""

    truth: Mapping[Place, Cell]
    few_below: int
    low: dict[Name, float] = field(default_factory=dict)
    high: dict[Name, float] = field(default_factory=dict)
    hidden: set[Name] = field(default_factory=set)
    rows: list[tuple[dict[Name, float], float, float]] = field(default_factory=list)
    wholes: list[tuple[Place, list[Place]]] = field(default_factory=list)
    own: dict[Name, int] = field(default_factory=dict)
    no_secret: set[Name] = field(default_factory=set)
    tables: int = 0
    cells: int = 0

    # Reading

    def number(self, name: Name, text: str, step: int = 1) -> None:
        """A number as it stands in a table: itself, rounded to `step`, or a mark."""
        self.cells += 1
        if text == "*":
            self.hidden.add(name)
        elif text == "n/a":
            self._within(name, 0, 0)
        elif text.isdecimal() and step > 1 and int(text):  # what is few is not shown, rounded or not
            self._within(name, max(self.few_below, int(text) - step // 2), int(text) + step // 2)
        elif text.isdecimal():
            self._within(name, int(text), int(text))

    def number_of_all(self, names: Iterable[Name], text: str, step: int) -> None:
        """How many several numbers come to, where that is told."""
        self.cells += 1
        if text.isdecimal():
            self.rows.append((dict.fromkeys(names, 1.0), int(text) - step // 2, int(text) + step // 2))

    def percent(self, place: Place, text: str) -> None:
        """A whole percentage of exact numbers: 100 for all of them alone, 0 for none alone."""
        self.cells += 1
        shown = text.removesuffix("%")
        if not shown.isdecimal():
            return
        percent, names = int(shown), ((IN_DATE, place), (ASKED, place))
        for share, is_least in ((percent - 0.5, True), (percent + 0.5, False)):
            share = {0: 0.0, 100: 100.0}.get(percent, share) / 100
            row = {names[0]: 1.0, names[1]: -share}
            self.rows.append((row, 0.0, np.inf) if is_least else (row, -np.inf, 0.0))

    def has_percent(self, place: Place, is_shown: bool) -> None:
        """A percentage of ten people or more is shown, and one of fewer is not."""
        self._within((ASKED, place), SMALLEST_WHOLE if is_shown else 0, np.inf if is_shown else SMALLEST_WHOLE - 1)

    def knows(self, agency: str) -> None:
        """An insider of an agency: its own cells are no secret; of everybody and of its kind the rest is asked about."""
        own = {place for place in self.truth if (place.group_kind, place.group) == ("agency", agency)}
        for place in own:
            for name, value in _numbers(place, self.truth[place]):
                self._within(name, value, value)
                self.hidden.discard(name)
                self.no_secret.add(name)
        for whole, parts in self.wholes:
            for part in own.intersection(parts):
                for (what, _), value in _numbers(part, self.truth[part]):
                    self.own[what, whole] = value

    def _within(self, name: Name, low: float, high: float) -> None:
        self.low[name] = max(low, self.low.get(name, 0))
        self.high[name] = min(high, self.high.get(name, np.inf))

    # Knowing what words mean

    def reckon(self, sums: Iterable[tuple[Group, list[Group]]], modules: Mapping[str, set[Group]]) -> None:
        """`sums`: which groups each group is the whole of; `modules`: which scopes each module is in."""
        scopes = {(place.scope_kind, place.scope) for place in self.truth}
        for place in self.truth:
            self.rows.append(({(IN_DATE, place): 1, (LAPSED, place): 1, (ASKED, place): -1}, 0, 0))
        for kind, code in scopes:
            for whole, parts in sums:
                self._adds_up(Place(*whole, kind, code), [Place(*part, kind, code) for part in parts])
        for group in {(place.group_kind, place.group) for place in self.truth}:
            asked = {code for code in modules if Place(*group, "module", code) in self.truth}
            held = {scope: {code for code in asked if scope in modules[code]} for scope in scopes}
            for row in _nested(group, held):
                if all(name[1] in self.truth for name in row):
                    self.rows.append((row, 0, np.inf))

    def _adds_up(self, whole: Place, parts: list[Place]) -> None:
        there = [part for part in parts if part in self.truth]
        if whole not in self.truth or not there:
            return
        self.wholes.append((whole, there))
        for what in (ASKED, IN_DATE, LAPSED, LEFT_OUT):
            twice = sum(self._true((what, part)) for part in there) - self._true((what, whole))
            self.rows.append(({**{(what, part): 1.0 for part in there}, (what, whole): -1.0}, twice, twice))

    def _true(self, name: Name) -> int:
        return dict(_numbers(name[1], self.truth[name[1]]))[name]

    # Working out

    def of_few(self) -> list[Told]:
        """Every count that is few, with the least and the most it could be, as far as the rule asks."""
        few = {name for place, cell in self.truth.items() for name, _ in _numbers(place, cell) if self._is_few(name)}
        read = {name for name in few if name[0] == LAPSED or name in self.hidden or name in self.low}
        read |= {name for name in few if name[1].group_kind == REST}
        return self._told(read - self.no_secret)

    def of_hidden(self) -> list[Told]:
        """The same of every hidden count above none."""
        return self._told({name for name in self.hidden if name[1] in self.truth and self._rest(name) > 0})

    def _is_few(self, name: Name) -> bool:
        return 0 < self._rest(name) < self.few_below

    def _told(self, names: set[Name]) -> list[Told]:
        """Of each what fits.

        Each solution is a world that fits all that is shown, and so tells something of every count at once: worlds are
        looked for in which as many as possible are as far off as the rule asks. Whatever never is, is then minimised
        and maximised by itself.
        """
        asked = sorted(names)
        worlds = _Worlds(self, asked)
        worlds.search()
        return [
            Told(name, self._rest(name), least, most)
            for name, least, most in zip(asked, worlds.least - worlds.own, worlds.most - worlds.own, strict=True)
        ]

    def _rest(self, name: Name) -> int:
        """How many of them an insider does not know anyway."""
        return self._true(name) - self.own.get(name, 0)


def _numbers(place: Place, cell: Cell) -> Iterator[tuple[Name, int]]:
    yield (ASKED, place), cell.denominator
    yield (IN_DATE, place), cell.numerator
    yield (LAPSED, place), cell.denominator - cell.numerator
    yield (LEFT_OUT, place), cell.excluded


def _nested(group: tuple[str, str], held: Mapping[tuple[str, str], set[str]]) -> Iterator[dict[Name, float]]:
    """What one group's scopes tell of each other; each row comes to none or more. `held`: the modules in each scope."""

    def at(scope: tuple[str, str]) -> Place:
        return Place(*group, *scope)

    for outer, modules in held.items():
        for inner, some in held.items():
            if inner != outer and some and some <= modules:
                yield {(ASKED, at(outer)): 1, (ASKED, at(inner)): -1}
                yield {(LAPSED, at(outer)): 1, (LAPSED, at(inner)): -1}
                people = {(ASKED, at(outer)): 1.0, (LEFT_OUT, at(outer)): 1.0}
                yield people | {(ASKED, at(inner)): -1.0, (LEFT_OUT, at(inner)): -1.0}
        if outer[0] != "module" and modules:
            for what in (ASKED, LAPSED, LEFT_OUT):
                yield {**{(what, at(("module", code))): 1.0 for code in modules}, (what, at(outer)): -1.0}
    tiers = [scope for scope, some in held.items() if scope[0] == "tier" and some]
    if tiers:
        for what in (ASKED, LAPSED, LEFT_OUT):
            yield {**{(what, at(tier)): 1.0 for tier in tiers}, (what, at(("", ""))): -1.0}


class _Worlds:
    """Worlds that fit what is shown, and between which numbers each count lay in them."""

    def __init__(self, attack: Attack, asked: list[Name]) -> None:
        names = sorted({name for row, _, _ in attack.rows for name in row} | set(asked))
        column = {name: number for number, name in enumerate(names)}
        self.truth = np.array([attack._true(name) for name in names], dtype=float)
        self.low = np.array([attack.low.get(name, 0) for name in names])
        self.high = np.array([attack.high.get(name, np.inf) for name in names])
        self.wanted = np.array([column[name] for name in asked], dtype=int)
        row = [number for number, (terms, _, _) in enumerate(attack.rows) for _ in terms]
        where = [column[name] for terms, _, _ in attack.rows for name in terms]
        value = [float(sign) for terms, _, _ in attack.rows for sign in terms.values()]
        matrix = csr_array((value, (row, where)), shape=(len(attack.rows), len(names)))
        bottom, top = (np.array([each[end] for each in attack.rows], dtype=float) for end in (1, 2))
        comes_to = matrix @ self.truth
        if (comes_to < bottom - CLOSE).any() or (comes_to > top + CLOSE).any():
            raise AssertionError("what the attacker was told is not so")
        if (self.truth < self.low - CLOSE).any() or (self.truth > self.high + CLOSE).any():
            raise AssertionError("what the attacker read is not so")
        same = bottom == top
        self.equal, self.equal_to = matrix[same], bottom[same]
        lower, upper = ~same & np.isfinite(bottom), ~same & np.isfinite(top)
        self.less = vstack([-matrix[lower], matrix[upper]], format="csr")
        self.less_than = np.concatenate([-bottom[lower], top[upper]])
        self.least = self.truth[self.wanted].copy()
        self.most = self.least.copy()
        self.own = np.array([attack.own.get(name, 0) for name in asked], dtype=float)

    def search(self) -> None:
        """Up and then down, together as long as that gains something, and one by one what is left."""
        for way, enough in ((1.0, np.full(len(self.wanted), float(WIDE))), (-1.0, self.truth[self.wanted])):
            enough = np.minimum(enough, WIDE)
            while len(left := np.flatnonzero(self._gained(way) < enough - CLOSE)):
                before = self._gained(way)[left].sum()
                self._far_off(left, way, enough[left])
                if self._gained(way)[left].sum() < before + 0.5:
                    break
        for way in (1.0, -1.0):
            for each in np.flatnonzero(~self.are_safe()):
                self._far_off(np.array([each]), way, np.array([2.0 * WIDE]))

    def are_safe(self) -> np.ndarray:
        """Of each count whether the rule holds."""
        return self.most - self.least > WIDE - CLOSE

    def _gained(self, way: float) -> np.ndarray:
        true = self.truth[self.wanted]
        return self.most - true if way > 0 else true - self.least

    def _far_off(self, which: np.ndarray, way: float, enough: np.ndarray) -> None:
        """A world in which these counts together are as far off as can be, each as far as is enough."""
        size, extra = len(self.truth), len(which)
        columns = self.wanted[which]
        pick = csr_array((np.full(extra, -way), (np.arange(extra), columns)), shape=(extra, size))
        off = hstack([pick, eye(extra)], format="csr")
        wide = csr_array((self.less.shape[0], extra))
        answer = linprog(
            np.concatenate([np.zeros(size), -np.ones(extra)]),
            A_ub=vstack([hstack([self.less, wide]), off], format="csr"),
            b_ub=np.concatenate([self.less_than, -way * self.truth[columns]]),
            A_eq=hstack([self.equal, csr_array((self.equal.shape[0], extra))], format="csr"),
            b_eq=self.equal_to,
            bounds=np.column_stack([np.concatenate([self.low, np.zeros(extra)]), np.concatenate([self.high, enough])]),
            method="highs",
        )
        if answer.status != 0:
            raise AssertionError(answer.message)
        world = answer.x[self.wanted]
        self.least, self.most = np.minimum(self.least, world), np.maximum(self.most, world)
