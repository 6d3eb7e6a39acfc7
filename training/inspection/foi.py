"""A freedom-of-information pack: who was required to be in date in what, who was, and what the public may see. Pure.

For each year and module: everybody, each agency, each role group, and each role group within each agency. The counts
are those of `training.strategy.coverage`. What of everybody, agencies and role groups is hidden is what is hidden of
them everywhere in public; within agencies more is, until nothing hidden can be worked out from both margins.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from training.boards.contents import Row
from training.strategy.coverage import Cell, Place
from training.strategy.disclosure import Key, Sum
from training.strategy.figures import EVERYBODY
from training.strategy.suppress import Audience, Count, Figure, figure, hidden

WITHIN = "agency_role_group"
"""The kind of group that is a role group within an agency; its code is that of both, see `within`."""
BETWEEN = "\x1f"


def within(agency: str, role_group: str) -> str:
    """The code of a role group within an agency."""
    return f"{agency}{BETWEEN}{role_group}"


def parted(code: str) -> tuple[str, str]:
    """The agency and the role group of such a code."""
    agency, _, role_group = code.partition(BETWEEN)
    return agency, role_group


@dataclass(frozen=True, slots=True)
class Counted:
    """One year's cells, by place.

    `gone` are those hidden in public everywhere, `published` those that indicators tell the public; `family_of` is the
    family of each role group.
    """

    as_at: date
    cells: Mapping[Place, Cell]
    gone: Collection[Place]
    published: Collection[Place]
    family_of: Mapping[str, str]
    silent: tuple[str, ...]


TOLD_KINDS = ("", "agency", "role_group", WITHIN)


def figures_of(counted: Counted) -> dict[Place, Figure]:
    """Each cell of a module in which anybody is counted, as the public may see it."""
    by_module: dict[str, dict[Key, Count]] = {}
    for place, cell in counted.cells.items():
        if place.scope_kind == "module" and cell.denominator:
            count = Count(cell.numerator, cell.denominator)
            by_module.setdefault(place.scope, {})[place.group_kind, place.group] = count
    hidden_before: dict[str, set[Key]] = {}
    for place in counted.gone:
        if place.scope_kind == "module":
            hidden_before.setdefault(place.scope, set()).add((place.group_kind, place.group))
    elsewhere = _elsewhere(counted)
    found: dict[Place, Figure] = {}
    for module, counts in by_module.items():
        told = {key: count for key, count in counts.items() if key[0] in TOLD_KINDS or (key, count) in elsewhere}
        gone = _gone(told, hidden_before.get(module, set()), elsewhere, counted.family_of)
        found |= {
            Place(key[0], key[1], "module", module): figure(count, Audience.PUBLIC, is_hidden=key in gone)
            for key, count in told.items()
            if key[0] in TOLD_KINDS
        }
    return found


Published = Collection[tuple[Key, Count]]


def _elsewhere(counted: Counted) -> Published:
    """What indicators show of groups. Where a tier holds one module, the module's figure is the tier's."""
    return {
        ((place.group_kind, place.group), Count(cell.numerator, cell.denominator))
        for place, cell in counted.cells.items()
        if place in counted.published and place not in counted.gone
    }


def _gone(
    counts: Mapping[Key, Count], before: Collection[Key], elsewhere: Published, family_of: Mapping[str, str]
) -> Collection[Key]:
    """What is hidden of one module, `before` hidden anyway.

    Where that cannot be without hiding what stands shown elsewhere, everything within agencies is hidden.
    """
    known = {key for key in before if key in counts}
    gone = hidden(counts, Audience.PUBLIC, _sums(counts, family_of), also=known)
    if any((key, counts[key]) in elsewhere for key in gone - known):
        return known | {key for key in counts if key[0] == WITHIN}
    return gone


def _sums(counts: Collection[Key], family_of: Mapping[str, str]) -> Iterator[Sum]:
    """Everybody is all agencies, and all role groups; each of these is what stands within it, a family its groups."""
    parts: dict[tuple[Key, str], list[Key]] = {}
    for key in sorted(counts):
        kind, code = key
        if kind == WITHIN:
            agency, role_group = parted(code)
            totals: tuple[Key, ...] = (("agency", agency), ("role_group", role_group))
        elif kind == "role_group":
            totals = (EVERYBODY, ("role_family", family_of.get(code, "")))
        else:
            totals = (EVERYBODY,) if kind == "agency" else ()
        for total in totals:
            parts.setdefault((total, kind), []).append(key)
    for (total, _), keys in parts.items():
        if total in counts:
            yield Sum(total, tuple(keys))


Value = str | int


def numbers(shown: Figure) -> tuple[Value, Value, Value, Value]:
    """Required, in date, rate and overdue: what is required less what is in date, both as they are shown."""
    if shown.mark or shown.numerator is None or shown.denominator is None:
        return (shown.mark,) * 4
    rate = int(shown.percent) if shown.percent is not None else shown.percent_text
    return shown.denominator, shown.numerator, rate, shown.denominator - shown.numerator


class YearTold(Row):
    """One year of a pack: the completions recorded up to its end, rounded, and the agencies that did not report."""

    title: str
    as_at: date
    completions: int
    silent: tuple[str, ...]


class FileTold(Row):
    """One table of a pack, and how many rows it has."""

    title: str
    holds: str
    rows: int


class Told(Row):
    """What is in a pack."""

    partnership: str
    known_at: datetime
    years: tuple[YearTold, ...]
    tables: tuple[FileTold, ...]
