"""Reports: read from the last build of a day, or counted live for any day as known at any moment."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from training.ledger.coverage_facts import coverage_facts
from training.people.models import Agency, Partnership
from training.strategy.coverage import GROUPS, SCOPES, Cell, Place, cells, held_within, scopes_of
from training.strategy.figures import INDICATOR, AgencyOnDay, Marks, marks
from training.strategy.models import CoverageBuild, CoverageCell
from training.strategy.report import Report
from training.strategy.suppress import Audience
from training.strategy.told import Asked, told

from .counts import own_counts, pledge_counts
from .facts import agencies_on, facts_frame, family_of_role_group, told_cells
from .places import counted_places, with_places


def counted(
    partnership: Partnership,
    *,
    on: date,
    at: datetime,
    known_at: datetime | None = None,
    audience: Audience = Audience.PARTNERSHIP,
    groups: Sequence[str] = GROUPS,
    scopes: Sequence[str] = SCOPES,
) -> Report:
    """Everything counted from facts at this moment. Without `known_at`, with the indicators that only now knows."""
    agencies = agencies_on(partnership, on=on, known_at=known_at)
    frame = facts_frame(coverage_facts(partnership, on=on, known_at=known_at), agencies)
    found = cells(frame, groups, scopes)
    found |= told_cells(frame, pledge_counts(partnership, on=on, known_at=known_at))
    if known_at is None:
        reporting = frozenset(pk for pk, agency in agencies.items() if not agency.is_silent)
        asked = Asked(partnership, on, at, reporting)
        found |= told_cells(frame, [*told(asked), *own_counts(asked, agencies)])
    scopes_by_module, held = scopes_of(frame), held_within(frame)
    del frame  # the largest thing there is: it makes room for the columns of places
    kinds = {each.code: each.kind for each in agencies.values()}
    gone = marks(found, family_of_role_group(), kinds, scopes_by_module, held)
    places = None
    if known_at is None and scopes == SCOPES:
        places = counted_places(partnership, agencies, gone, on=on)
        found, gone = with_places(found, gone, places, on=on)
    return Report(
        on=on,
        known_at=known_at,
        worked_out_at=at,
        agencies=tuple(agencies.values()),
        cells=found,
        marks=gone,
        audience=audience,
        places=places,
    )


def own_counted(
    agency: Agency, partnership: Partnership, *, on: date, at: datetime, known_at: datetime | None = None
) -> Report:
    """One agency's own figures, exact, for the agency alone."""
    agencies = agencies_on(partnership, on=on, known_at=known_at)
    own = {pk: each for pk, each in agencies.items() if pk == agency.pk}
    frame = facts_frame(coverage_facts(partnership, on=on, known_at=known_at), own)
    return Report(on, known_at, at, tuple(own.values()), cells(frame), Marks(), Audience.OWN_AGENCY)


def last_build(partnership: Partnership, *, on: date) -> CoverageBuild | None:
    """The stored figures of a day, if they were counted."""
    return CoverageBuild.objects.filter(partnership=partnership, as_at=on).first()


WAITED_FOR = 5000
"""Milliseconds that a page may take to count a day that nobody has counted."""


def kept_days(partnership: Partnership) -> frozenset[date] | None:
    """The days that can be shown without waiting: those that were counted; None where the last took little."""
    builds = CoverageBuild.objects.filter(partnership=partnership)
    took = builds.order_by("-worked_out_at", "-pk").values_list("milliseconds", flat=True).first()
    return frozenset(builds.values_list("as_at", flat=True)) if took and took > WAITED_FOR else None


BOARD = (
    Q(group_kind__in=["", "agency"], scope_kind__in=["", "tier"])
    | Q(group_kind__in=["role_family", "role_group"], scope_kind="")
    | Q(group_kind="", scope_kind__in=["topic", "family"])
    | Q(scope_kind=INDICATOR)
)
"""The cells that pages read; tables of another kind are counted live."""


def report_of(build: CoverageBuild, audience: Audience, only: Q = BOARD) -> Report:
    """The stored figures as a report, for an audience."""
    return reports_of([build], audience, only)[0]


def reports_of(builds: Sequence[CoverageBuild], audience: Audience, only: Q) -> list[Report]:
    """The same of several days, in one query."""
    rows: dict[int, list[tuple[Any, ...]]] = {build.pk: [] for build in builds}
    found = CoverageCell.objects.filter(only, build__in=rows)
    for key, *row in found.values_list("build", *PLACE, *COUNTS, *MARKED.values()):
        rows[key].append(tuple(row))
    return [_report(build, rows[build.pk], audience) for build in builds]


def _report(build: CoverageBuild, rows: Iterable[tuple[Any, ...]], audience: Audience) -> Report:
    cells_of: dict[Place, Cell] = {}
    gone: dict[str, set[Place]] = {name: set() for name in MARKED}
    for row in rows:
        place = Place(*row[:4])
        cells_of[place] = Cell(*row[4 : -len(MARKED)])
        for name, is_hidden in zip(gone, row[-len(MARKED) :], strict=True):
            if is_hidden:
                gone[name].add(place)
    return Report(
        on=build.as_at,
        known_at=None,
        worked_out_at=build.worked_out_at,
        agencies=tuple(AgencyOnDay(**each) for each in build.agencies),
        cells=cells_of,
        marks=Marks(**{name: frozenset(places) for name, places in gone.items()}),
        audience=audience,
    )


PLACE = ("group_kind", "group", "scope_kind", "scope")
COUNTS = ("numerator", "denominator", "on_leave", "exempt", "in_induction", "value")
MARKED = {
    "board": "is_hidden_from_board",
    "public": "is_hidden_from_public",
    "excluded": "are_excluded_hidden_from_board",
    "board_asked": "is_asked_hidden_from_board",
    "public_asked": "is_asked_hidden_from_public",
}
