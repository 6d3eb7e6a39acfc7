"""Whom briefings reached, under a label of its own. Never training: nothing here is added to completions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from champions.models import CascadeVersion
from training.people.models import Partnership
from training.strategy.disclosure import Key, Sum
from training.strategy.suppress import Audience, Count, suppress

LABEL = "Reached by briefings (not training)"
NOWHERE = "No district"
YEAR_BEGINS = 4


@dataclass(frozen=True, slots=True)
class Year:
    """A financial year, April to March."""

    starts_on: date

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return date(self.starts_on.year + 1, YEAR_BEGINS - 1, 31)

    @property
    def title(self) -> str:
        """'April 2026 to March 2027'."""
        return f"April {self.starts_on.year} to March {self.starts_on.year + 1}"

    @property
    def code(self) -> str:
        """As addresses name it."""
        return str(self.starts_on.year)


def year_of(on: date) -> Year:
    """The financial year that a day falls into."""
    return Year(date(on.year - (on.month < YEAR_BEGINS), YEAR_BEGINS, 1))


def quarter_of(on: date) -> str:
    """Of the financial year: 'July to September'."""
    first = (on.month - 1) // 3 * 3 + 1
    return f"{date(on.year, first, 1):%B} to {date(on.year, first + 2, 1):%B}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: so many people, as this audience may see it, at so many briefings."""

    title: str
    people: str
    briefings: int


@dataclass(frozen=True, slots=True)
class Reach:
    """People reached in a year: in all, by agency, district, pack and quarter. Who is briefed twice counts twice."""

    year: Year
    people: str
    briefings: int
    tables: tuple[tuple[str, tuple[Line, ...]], ...]


def reach(partnership: Partnership, year: Year, audience: Audience) -> Reach:
    """What was logged of a year, as known now. One query. Small numbers are hidden before they leave here."""
    rows = CascadeVersion.objects.everywhere(reason="counts of people, by agency and district").counted()
    rows = rows.filter(cascade__champion__partnership=partnership).between(year.starts_on, year.ends_on).order_by()
    said = rows.values_list("agency__title", "locality__title", "pack_title", "held_on", "people")
    return _added_up(year, said, audience)


def _added_up(year: Year, said: Iterable[tuple[str, str | None, str, date, int]], audience: Audience) -> Reach:
    """Pure: counts, then what may be shown of them."""
    names = ("Agency", "District", "Pack", "Quarter")
    people: Counter[Key] = Counter()
    briefings: Counter[Key] = Counter()
    for agency, district, pack, held_on, count in said:
        groups = zip(names, (agency, district or NOWHERE, pack, quarter_of(held_on)), strict=True)
        for key in [("all",), *groups]:
            people[key] += count
            briefings[key] += 1
    sums = [Sum(("all",), tuple(key for key in people if key[0] == name)) for name in names if people]
    shown = suppress({key: Count(count) for key, count in people.items()}, audience, sums)
    tables = tuple(
        (
            name,
            tuple(Line(key[1], shown[key].numerator_text, briefings[key]) for key in _order(people) if key[0] == name),
        )
        for name in names
    )
    in_all = shown["all",].numerator_text if people else "0"
    return Reach(year, in_all, briefings["all",], tables)


def _order(people: Counter[Key]) -> list[Key]:
    """By name; quarters as the year runs."""
    quarters = {quarter_of(date(2026, month, 1)): place for place, month in enumerate((4, 7, 10, 1))}
    return sorted((key for key in people if len(key) > 1), key=lambda key: (quarters.get(key[1], 0), key[1]))


def years_of(partnership: Partnership, *, on: date) -> list[Year]:
    """This year and those before it in which something was logged, the last first."""
    rows = CascadeVersion.objects.everywhere(reason="in which years there were briefings").counted()
    days = rows.filter(cascade__champion__partnership=partnership).order_by().values_list("held_on", flat=True)
    found = {year_of(day) for day in days.distinct()} | {year_of(on)}
    return sorted(found, key=lambda year: year.starts_on, reverse=True)
