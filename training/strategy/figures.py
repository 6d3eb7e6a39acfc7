"""What of a partnership's cells each audience may see: all cells of coverage are weighed together. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .coverage import Cell, Held, Place
from .designs import DESIGNS, Design, agencies_to_show
from .disclosure import Key, Sum, Yes
from .hiding import Table, growing
from .implied import ASKED, EVERYBODY, IN_DATE, LAPSED, LEFT_OUT, REST, Grid, table, without
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
        if audience is Audience.OWN_AGENCY:
            return frozenset()
        return self.public if audience is Audience.PUBLIC else self.board

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
    found = _of_coverage(coverage, family_of, kind_of or {}, scopes_of or {}, list(held))
    return replace(
        found,
        board=found.board | _of_indicators(cells, Audience.PARTNERSHIP, found.excluded | found.board_asked),
        public=found.public | _of_indicators(cells, Audience.PUBLIC, found.excluded | found.public_asked),
    )


def _of_coverage(
    coverage: dict[Place, Cell],
    family_of: Mapping[str, str],
    kind_of: Mapping[str, str],
    scopes_of: Mapping[str, Iterable[Key]],
    held: Sequence[Held],
) -> Marks:
    """The marks in the design that tells the board most of what it reads first."""
    left = rests(coverage, held)
    grid = Grid.of(coverage | left)
    sums = [*_sums(grid.groups, family_of, kind_of), *(_sum_of(each, grid.groups) for each in held)]
    every = table(grid, sums, scopes_of)
    nowhere = [(design.untold(coverage), _untold_rests(left, held, design)) for design in DESIGNS]
    designs = [(untold, without(grid, every, grid.at(untold | also))) for untold, also in nowhere]
    untold, told, board = _most_telling(grid, designs, grid.at(agencies_to_show(coverage)))
    public = _hidden(grid, told, Audience.PUBLIC, board)
    return Marks(
        board=grid.places(board[IN_DATE]) | untold,
        public=grid.places(public[IN_DATE]) | untold,
        excluded=grid.places(board[LEFT_OUT]) | untold,
        board_asked=grid.places(board[ASKED]) | untold,
        public_asked=grid.places(public[ASKED]) | untold,
    )


Told = tuple[frozenset[Place], Table, Yes]
"""The cells that stand in no table, the numbers that then hang together, and which of them the board is not told."""


def _most_telling(grid: Grid, designs: Sequence[tuple[frozenset[Place], Table]], agencies: Yes) -> Told:
    """The first by which the board sees half of these agencies; else the one by which it sees most of them."""
    for untold, told in designs:
        board = _with_half_shown(grid, told, agencies)
        if board is not None:
            return untold, told, board
    every = [(untold, told, _hidden(grid, told, Audience.PARTNERSHIP)) for untold, told in designs]
    return min(every, key=lambda each: each[2][IN_DATE][agencies].sum())


def _with_half_shown(grid: Grid, told: Table, agencies: Yes) -> Yes | None:
    """Which numbers are hidden from the board; None as soon as more than half of these are, since hiding only grows."""
    for gone in _growing(grid, told, Audience.PARTNERSHIP):
        if 2 * gone[IN_DATE][agencies].sum() > agencies.sum():
            return None
    return gone


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


def _hidden(grid: Grid, told: Table, audience: Audience, also: Yes | None = None) -> Yes:
    """Which numbers of the grid are hidden from an audience."""
    *_, all_of_it = _growing(grid, told, audience, also)
    return all_of_it


def _growing(grid: Grid, told: Table, audience: Audience, also: Yes | None = None) -> Iterator[Yes]:
    """The same step by step, more with each; the public is told nothing of those left out.

    `also`: what is hidden from another audience who sees this one's tables, too.
    """
    values = grid.values.copy()
    if audience is Audience.PUBLIC:
        values[LEFT_OUT] = 0
    are_few = (values > 0) & (values < audience.shown_from)
    if also is not None:
        are_few[:LEFT_OUT] |= also[:LEFT_OUT]
    are_few[IN_DATE] |= are_few[LAPSED]
    are_few[LAPSED] = are_few[IN_DATE]
    are_few[LEFT_OUT] |= are_few[LEFT_OUT].any(axis=1, keepdims=True)
    untold = told.untold[: values.size].reshape(values.shape).copy()
    untold[:LEFT_OUT] &= values[ASKED] > 0  # where nobody is asked, that is said of every cell
    are_few |= untold
    gaps = len(told.between)
    weighed = replace(told, values=np.concatenate([values.reshape(-1), told.values[values.size :]]))
    first = np.concatenate([are_few.reshape(-1), np.zeros(gaps, dtype=bool)])
    for gone in growing(weighed, first, audience.shown_from):
        yield gone[: values.size].reshape(values.shape)


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


def _of_indicators(cells: Mapping[Place, Cell], audience: Audience, gone_there: frozenset[Place]) -> set[Place]:
    """Each by itself, save champions: how many a locality has adds up to all, and who is none there does not matter.

    The people of a locality are those counted there and those left out: where either are hidden, as in the places
    `gone_there`, so are these, since the others stand in another table.
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
            if is_small(cell.denominator, audience) or Place(place.group_kind, place.group) in gone_there
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
