"""Where there is nobody: workplaces and agencies without a champion, and those about to lose their last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, Max, Q, QuerySet, Value, prefetch_related_objects
from django.db.models.functions import Greatest

from champions.models import ChampionStep, ChampionStepQuerySet, WorkplaceCount
from champions.selectors.coverage import at_workplaces, staffed
from champions.selectors.members import members
from champions.status import Status
from training.people.kinds import AgencyKind
from training.people.models import Agency, Partnership
from training.strategy.suppress import Audience, figure, is_small
from training.strategy.suppress import Count as Staff

SHOWN_FROM = Audience.PARTNERSHIP.shown_from
WITHHELD = "Name withheld"
SHELTERING = frozenset({AgencyKind.DA_SPECIALIST, AgencyKind.SV_SPECIALIST, AgencyKind.BY_AND_FOR})
"""Whose places of work may be where people are safe: counted, and never named to another agency."""


class Gap(StrEnum):
    """How an agency is without an active champion, or soon will be."""

    LEFT = "left"
    LAST = "last"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class AgencyGap:
    """An agency whose last champion went (`since`, the last day), or lapses soon, or that never had one."""

    title: str
    kind: str
    gap: Gap
    since: date | None = None


@dataclass(frozen=True, slots=True)
class WorkplaceGap:
    """A workplace without a champion, and how many work there, where that may be read."""

    title: str
    agency: str
    kind: str
    district: str
    staff: str


def agency_gaps(partnership: Partnership, *, on: date) -> tuple[AgencyGap, ...]:
    """Agencies about to lose their last, then those that lost it, the latest first, then those that never had one."""
    active = _active(partnership)
    rows = active.current_on(on).order_by().values("agency")
    now = {row["agency"]: row for row in rows.annotate(all=Count("pk"), soon=Count("pk", filter=SOON))}
    went = dict(active.filter(ends_on__lt=on).order_by().values_list("agency").annotate(Max("ends_on")))
    found = []
    for agency in Agency.objects.filter(pk__in=members(partnership, on)).exclude(kind=AgencyKind.COMMUNITY):
        kind = str(AgencyKind(agency.kind).label)
        if agency.pk not in now:
            gap = Gap.LEFT if agency.pk in went else Gap.NEVER
            found.append(AgencyGap(agency.title, kind, gap, went.get(agency.pk)))
        elif now[agency.pk]["all"] == now[agency.pk]["soon"]:
            found.append(AgencyGap(agency.title, kind, Gap.LAST))
    order = [Gap.LAST, Gap.LEFT, Gap.NEVER]
    return tuple(sorted(found, key=lambda it: (order.index(it.gap), -(it.since or date.min).toordinal(), it.title)))


SOON = Q(status=Status.LAPSING)


def workplaces_without(
    partnership: Partnership, *, on: date, district: str = "", kind: str = ""
) -> QuerySet[WorkplaceCount]:
    """Workplaces where somebody works and nobody is an active champion, the largest first; the small ones as they came.

    No names are looked up for those that no page shows: see `as_gaps`.
    """
    active = _active(partnership).current_on(on)
    rows = staffed(partnership, on).exclude(workplace__in=at_workplaces(active))
    if district:
        rows = rows.filter(locality__code=district)
    if kind:
        rows = rows.filter(agency__kind=kind)
    return rows.order_by(Greatest("posts", Value(SHOWN_FROM - 1)).desc(), "workplace_id")


def as_gaps(rows: Iterable[WorkplaceCount]) -> list[WorkplaceGap]:
    """Those rows as they may be read. Three queries more."""
    found = list(rows)
    prefetch_related_objects(found, "workplace", "agency", "locality")
    return [
        WorkplaceGap(
            title=WITHHELD if row.agency.kind in SHELTERING else row.workplace.title,
            agency=row.agency.title,
            kind=str(AgencyKind(row.agency.kind).label),
            district=row.locality.title if row.locality else "",
            staff=_staff(row.posts),
        )
        for row in found
    ]


def _staff(posts: int) -> str:
    hidden = is_small(posts, Audience.PARTNERSHIP)
    return figure(Staff(posts), Audience.PARTNERSHIP, is_hidden=hidden).numerator_text


def _active(partnership: Partnership) -> ChampionStepQuerySet:
    steps = ChampionStep.objects.everywhere(reason="where there is nobody")
    return steps.filter(partnership=partnership, is_community=False).active()
