"""What of a partnership's cells each audience may see: all cells of one scope are weighed together. Pure.

Cells of different scopes are weighed apart: what is asked in one tier says nothing exact about another.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .coverage import Cell, Place
from .disclosure import Key, Sum
from .suppress import Audience, Count, Figure, figure, hidden, is_small

EVERYBODY: Key = ("", "")
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
    """The places hidden from the board, from the public, and those whose left-out people are hidden from the board."""

    board: frozenset[Place] = frozenset()
    public: frozenset[Place] = frozenset()
    excluded: frozenset[Place] = frozenset()

    def of(self, audience: Audience) -> frozenset[Place]:
        """The places hidden from an audience."""
        return {
            Audience.PARTNERSHIP: self.board,
            Audience.PUBLIC: self.public,
            Audience.OWN_AGENCY: frozenset[Place](),
        }[audience]


def marks(cells: Mapping[Place, Cell], family_of: Mapping[str, str], kind_of: Mapping[str, str] | None = None) -> Marks:
    """What must be hidden from whom. `family_of`: the family of each role group; `kind_of`: the kind of each agency."""
    found: dict[str, set[Place]] = {"board": set(), "public": set(), "excluded": set()}
    for (kind, scope), group in _by_scope(cells).items():
        if kind == INDICATOR:
            continue
        counts = {key: Count(cell.numerator, cell.denominator) for key, cell in group.items()}
        left_out: dict[Key, Count | None] = {key: Count(cell.excluded) for key, cell in group.items()}
        sums = list(_sums(group, family_of, kind_of or {}))
        for name, gone in (
            ("board", hidden(counts, Audience.PARTNERSHIP, sums)),
            ("public", hidden(counts, Audience.PUBLIC, sums)),
            ("excluded", hidden(left_out, Audience.PARTNERSHIP, sums)),
        ):
            found[name] |= {Place(key[0], key[1], kind, scope) for key in gone}
    found["board"] |= _of_indicators(cells, Audience.PARTNERSHIP, found["excluded"])
    found["public"] |= _of_indicators(cells, Audience.PUBLIC, found["excluded"])
    return Marks(**{name: frozenset(places) for name, places in found.items()})


def _by_scope(cells: Mapping[Place, Cell]) -> dict[Key, dict[Key, Cell]]:
    found: dict[Key, dict[Key, Cell]] = {}
    for place, cell in cells.items():
        found.setdefault((place.scope_kind, place.scope), {})[place.group_kind, place.group] = cell
    return found


def _sums(group: Iterable[Key], family_of: Mapping[str, str], kind_of: Mapping[str, str]) -> Iterator[Sum]:
    """Everybody is all agencies, all kinds of them, all localities, all role families.

    A family is its role groups, and a kind its agencies.
    """
    parts: dict[tuple[Key, str], list[Key]] = {}
    for key in sorted(group):
        kind, code = key
        total = ("role_family", family_of.get(code, "")) if kind == "role_group" else EVERYBODY
        if key != EVERYBODY:
            parts.setdefault((total, kind), []).append(key)
        if kind == "agency" and code in kind_of:
            parts.setdefault((("agency_kind", kind_of[code]), kind), []).append(key)
    for (total, _), keys in parts.items():
        if total in group:
            yield Sum(total, tuple(keys))


def _of_indicators(cells: Mapping[Place, Cell], audience: Audience, excluded: set[Place]) -> set[Place]:
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
    cells: Mapping[Place, Cell], place: Place, audience: Audience, gone: frozenset[Place], silent: frozenset[str]
) -> Figure:
    """One cell as the audience may see it: missing where the agency did not report, `n/a` where nobody is asked."""
    if place.group_kind == "agency" and place.group in silent:
        return figure(None, audience, is_hidden=False)
    cell = cells.get(place, Cell(0, 0))
    count = Count(cell.numerator, cell.denominator)
    return figure(count, audience, is_hidden=place in gone)
