"""How many people of a role group a return can speak of: nobody trains more people than there are. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .quarters import Quarter

Group = tuple[str, str]
"""Kind and code, as a head-count has them; ('', '') for everybody."""
EVERYBODY: Group = ("", "")


@dataclass(frozen=True, slots=True)
class Declared:
    """A head-count that stands."""

    counted_on: date
    group: Group
    people: int


@dataclass(frozen=True, slots=True)
class Limit:
    """The most people that a number can be. `counted_on` is the day of the head-count; None: the roster's number."""

    people: int
    group: Group
    counted_on: date | None = None


def limit(
    role_group: str, family: str, quarter: Quarter, declared: Iterable[Declared], roster: Mapping[Group, int]
) -> Limit | None:
    """What bounds a number for a role group: the nearest group of which anything is known; None where nothing is.

    First what the agency declared, of the days nearest to the quarter's end, then its roster on that end.
    """
    groups = (("role_group", role_group), ("role_family", family), EVERYBODY)
    counts = list(declared)
    for group in groups:
        found = nearest(counts, group, quarter.ends_on)
        if found:
            return Limit(found.people, group, found.counted_on)
        if roster.get(group):
            return Limit(roster[group], group)
    return None


def nearest(declared: Iterable[Declared], group: Group, day: date) -> Declared | None:
    """The head-count of a group that was counted nearest to a day; of two as near, the later."""
    rows = [row for row in declared if row.group == group]
    return min(rows, key=lambda row: (abs((row.counted_on - day).days), -row.counted_on.toordinal()), default=None)
