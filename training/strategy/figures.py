"""What of a partnership's cells each audience may see: all cells of coverage are weighed together. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .coverage import Cell, Held, Place
from .designs import DESIGNS, Design, agencies_to_show
from .disclosure import Key, Sum, Yes
from .hiding import Table, further
from .implied import ASKED, EVERYBODY, IN_DATE, LAPSED, LEFT_OUT, REST, Grid, table
from .suppress import Audience, Count, Figure, figure, hidden, is_small

INDICATOR = "indicator"
"""The kind of scope under which indicators that are no coverage keep their cells."""

CHAMPIONS = Place("", "", INDICATOR, "CHAMP_ACTIVE")
CHAMPIONS_THERE = "CHAMP_LOCALITY"
WITHOUT_CHAMPIONS = Place("agencies", "without", INDICATOR, CHAMPIONS_THERE)
COMMUNITY_CHAMPIONS = Place("", "", INDICATOR, "CHAMP_COMMUNITY")
WORKPLACES = Place("", "", INDICATOR, "CHAMP_SITE_COVER")
INDUCTION = Place("", "", INDICATOR, "INDUCTION_ON_TIME")
PLACES = Place("", "", INDICATOR, "PLACES_FORECAST")
FEWEST_PLACES = Place("range", "low", INDICATOR, "PLACES_FORECAST")
MOST_PLACES = Place("range", "high", INDICATOR, "PLACES_FORECAST")
OF_ROSTERS = frozenset(
    {
        *("AGENCY_SPREAD", "CHAMP_ACTIVE", "CHAMP_LOCALITY", "CHAMP_SITE_COVER"),
        *("DESIGNATED_CONTACTS", "INDUCTION_ON_TIME", "PLACES_FORECAST"),
    }
)
"""Beside coverages, what leaves out the agencies that sent no roster."""
PROMISES = frozenset({"CHARTER_SIGNED", "EXEC_LEAD_NAMED", "POLICY_IN_PLACE"})
"""What agencies answer for themselves, one by one: their cells are told by agency, too."""
OF_NO_PEOPLE = frozenset(
    {
        *("AGENCIES_REACHED", "CHAMP_SITE_COVER", "DESIGNATED_CONTACTS", "DIRECTORY_COMPLETE", "ROSTER_QUALITY"),
        *("CHARTER_SIGNED", "EXEC_LEAD_NAMED", "POLICY_IN_PLACE", "RETURN_ON_TIME", "NARRATIVE_PRESENT"),
    }
)
"""Indicators that count agencies, places, services or rows of a file: no number of them is too small to show."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The places of which it is hidden how many are in date, from the board and from the public; of how many, too.

    `excluded`: those whose left-out people are hidden from the board.
    """

    board: frozenset[Place] = frozenset()
    public: frozenset[Place] = frozenset()
    excluded: frozenset[Place] = frozenset()
    board_asked: frozenset[Place] = frozenset()
    public_asked: frozenset[Place] = frozenset()

    def of(self, audience: Audience) -> frozenset[Place]:
        """The places hidden from an audience."""
        return {
            Audience.PARTNERSHIP: self.board,
            Audience.PUBLIC: self.public,
            Audience.OWN_AGENCY: frozenset[Place](),
        }[audience]

    def asked(self, audience: Audience) -> frozenset[Place]:
        """Those of them of which it is hidden how many are asked, too."""
        return self.public_asked if audience is Audience.PUBLIC else self.board_asked


def marks(
    cells: Mapping[Place, Cell],
    family_of: Mapping[str, str],
    kind_of: Mapping[str, str] | None = None,
    scopes_of: Mapping[str, Iterable[Key]] | None = None,
    held: Iterable[Held] = (),
) -> Marks:
    """What must be hidden from whom.

    `family_of`: the family of each role group; `kind_of`: the kind of each agency; `scopes_of`: the tier, topics and
    families of each module; `held`: groups that lie wholly within others.
    """
    coverage = {place: cell for place, cell in cells.items() if place.scope_kind != INDICATOR}
    known = (family_of, kind_of or {}, list(held))
    told = (_of_coverage(coverage, design, known, scopes_of or {}) for design in DESIGNS)
    found = _most_telling(told, agencies_to_show(coverage))
    return replace(
        found,
        board=found.board | _of_indicators(cells, Audience.PARTNERSHIP, found.excluded),
        public=found.public | _of_indicators(cells, Audience.PUBLIC, found.excluded),
    )


def _most_telling(told: Iterable[Marks], agencies: frozenset[Place]) -> Marks:
    """The first by which the board sees half of these agencies; else the one by which it sees most of them."""
    found: list[Marks] = []
    for each in told:
        found.append(each)
        if 2 * len(agencies - each.board) >= len(agencies):
            return each
    return max(found, key=lambda each: len(agencies - each.board))


def _of_coverage(
    coverage: dict[Place, Cell],
    design: Design,
    known: tuple[Mapping[str, str], Mapping[str, str], Sequence[Held]],
    scopes_of: Mapping[str, Iterable[Key]],
) -> Marks:
    """The marks when coverage is told in these tables. `known`: families, kinds, and what lies within what."""
    family_of, kind_of, held = known
    left = rests(coverage, held)
    grid = Grid.of(coverage | left)
    sums = [*_sums(grid.groups, family_of, kind_of), *(_sum_of(each, grid.groups) for each in held)]
    untold = design.untold(coverage)
    whole = table(grid, sums, scopes_of, grid.at(untold | _untold_rests(left, held, design)))
    board = _hidden(grid, whole, Audience.PARTNERSHIP, np.zeros(grid.values.shape, dtype=bool))
    public = _hidden(grid, whole, Audience.PUBLIC, board)
    return Marks(
        board=grid.places(board[IN_DATE]) | untold,
        public=grid.places(public[IN_DATE]) | untold,
        excluded=grid.places(board[LEFT_OUT]) | untold,
        board_asked=grid.places(board[ASKED]) | untold,
        public_asked=grid.places(public[ASKED]) | untold,
    )


def rests(cells: Mapping[Place, Cell], held: Iterable[Held]) -> dict[Place, Cell]:
    """The cells of those who are left of a group without those that lie wholly within it.

    They stand in no table; a subtraction tells them.
    """
    scopes = {(place.scope_kind, place.scope) for place in cells}
    found: dict[Place, Cell] = {}
    for each in held:
        for scope in scopes:
            whole = cells.get(Place(*each.within, *scope))
            parts = [cells.get(Place(each.kind, code, *scope)) for code in each.codes]
            rest = _less(whole, [part for part in parts if part]) if whole else None
            if rest and (rest.denominator or rest.excluded):
                found[Place(REST, rest_of(each)[1], *scope)] = rest
    return found


def rest_of(held: Held) -> Key:
    """Names the group of those left."""
    return REST, " ".join((*held.within, held.kind))


def _untold_rests(left: Iterable[Place], held: Iterable[Held], design: Design) -> frozenset[Place]:
    """Those left of whom no subtraction of two tables tells."""
    kinds = {rest_of(each): (each.kind, each.within[0]) for each in held}
    return frozenset(
        place
        for place in left
        if not all(design.has(kind, place.scope_kind) for kind in kinds[place.group_kind, place.group])
    )


def _sum_of(held: Held, groups: Iterable[Key]) -> Sum:
    """Those that lie within it and those left, if anybody is, are all of a group."""
    rest = [rest_of(held)] if rest_of(held) in groups else []
    return Sum(held.within, (*((held.kind, code) for code in held.codes), *rest))


def _less(whole: Cell, parts: Iterable[Cell]) -> Cell:
    """One without others; nobody where people in several make these more."""
    in_date, asked, left_out = (
        max(0, getattr(whole, name) - sum(getattr(part, name) for part in parts))
        for name in ("numerator", "denominator", "excluded")
    )
    return Cell(min(in_date, asked), asked, on_leave=left_out)


def _hidden(grid: Grid, whole: Table, audience: Audience, also: Yes) -> Yes:
    """Which numbers of the grid are hidden from an audience; the public is told nothing of those left out.

    `also`: what is hidden from another audience who sees this one's tables, too.
    """
    values = grid.values.copy()
    if audience is Audience.PUBLIC:
        values[LEFT_OUT] = 0
    are_few = (values > 0) & (values < audience.shown_from)
    are_few[:LEFT_OUT] |= also[:LEFT_OUT]
    are_few[IN_DATE] |= are_few[LAPSED]
    are_few[LAPSED] = are_few[IN_DATE]
    are_few[LEFT_OUT] |= are_few[LEFT_OUT].any(axis=1, keepdims=True)
    are_few |= whole.untold[: values.size].reshape(values.shape)
    gaps = len(whole.between)
    weighed = replace(whole, values=np.concatenate([values.reshape(-1), whole.values[values.size :]]))
    first = np.concatenate([are_few.reshape(-1), np.zeros(gaps, dtype=bool)])
    return further(weighed, first, audience.shown_from)[: values.size].reshape(values.shape)


def _sums(group: Iterable[Key], family_of: Mapping[str, str], kind_of: Mapping[str, str]) -> Iterator[Sum]:
    """Everybody is all agencies, all kinds of them, all localities, all role families.

    A family is its role groups, and a kind its agencies.
    """
    parts: dict[tuple[Key, str], list[Key]] = {}
    for key in sorted(group):
        kind, code = key
        total = ("role_family", family_of.get(code, "")) if kind == "role_group" else EVERYBODY
        if key != EVERYBODY and kind != REST:
            parts.setdefault((total, kind), []).append(key)
        if kind == "agency" and code in kind_of:
            parts.setdefault((("agency_kind", kind_of[code]), kind), []).append(key)
    for (total, _), keys in parts.items():
        if total in group:
            yield Sum(total, tuple(keys))


def _of_indicators(cells: Mapping[Place, Cell], audience: Audience, excluded: frozenset[Place]) -> set[Place]:
    """Each by itself, save champions: how many a locality has adds up to all, and who is none there does not matter.

    The people of a locality are those counted there and those left out: where the latter are hidden, so are the former,
    since the counted stand in another table.
    """
    gone: set[Place] = set()
    for place, cell in cells.items():
        if place.scope_kind == INDICATOR and place.scope not in {CHAMPIONS_THERE, *OF_NO_PEOPLE}:
            count = {EVERYBODY: Count(cell.numerator, cell.denominator)}
            gone |= {place for _ in hidden(count, audience)}
    there = {
        place: cell
        for place, cell in cells.items()
        if place.scope == CHAMPIONS_THERE and place.group_kind == "locality"
    }
    if there and CHAMPIONS in cells:
        counts: dict[Key, Count | None] = {
            (place.group_kind, place.group): Count(c.numerator) for place, c in there.items()
        }
        whole = Sum(EVERYBODY, tuple(sorted(counts)))
        counts[EVERYBODY] = Count(cells[CHAMPIONS].numerator)
        few = [
            (place.group_kind, place.group)
            for place, cell in there.items()
            if is_small(cell.denominator, audience) or Place(place.group_kind, place.group) in excluded
        ]
        for key in hidden(counts, audience, [whole], also=few):
            gone.add(CHAMPIONS if key == EVERYBODY else Place(key[0], key[1], INDICATOR, CHAMPIONS_THERE))
    if CHAMPIONS in gone:
        # Places and agencies are no people, but there are at least as many champions as of those that have one
        gone |= {WORKPLACES, WITHOUT_CHAMPIONS} & set(cells)
    return gone


@dataclass(frozen=True, slots=True)
class AgencyOnDay:
    """An agency of the partnership on the day: whether it sent a roster of late, whether it has signed up, its kind."""

    code: str
    title: str
    is_silent: bool
    is_signed_up: bool
    kind: str = ""


def shown(
    cells: Mapping[Place, Cell], place: Place, audience: Audience, marks: Marks, silent: frozenset[str]
) -> Figure:
    """One cell as the audience may see it: missing where the agency did not report, `n/a` where nobody is asked."""
    if place.group_kind == "agency" and place.group in silent:
        return figure(None, audience, is_hidden=False)
    cell = cells.get(place, Cell(0, 0))
    count = Count(cell.numerator, cell.denominator)
    is_whole_shown = place.scope_kind != INDICATOR and place not in marks.asked(audience)
    return figure(count, audience, is_hidden=place in marks.of(audience), is_whole_shown=is_whole_shown)
