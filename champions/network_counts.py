"""What the board is told of champions (training/strategy/network.py asks): counts, and nobody's name."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Count, Max

from champions.models import Attendance, ChampionStep, ChampionTurn, CheckIn, Meeting, NetworkConditions
from champions.services.steps import refresh_a_few
from training.people.models import Partnership, Term
from training.strategy.network import NetworkCounts

WHY = "counting champions for the board"


def network_counts(
    partnership: Partnership, *, on: date, at: datetime, agencies: Collection[int]
) -> NetworkCounts | None:
    """Active champions, those who lapse soon included; None before the network had anybody."""
    refresh_a_few(partnership, at=at)
    steps = ChampionStep.objects.everywhere(reason=WHY).filter(partnership=partnership)
    if not steps.filter(starts_on__lte=on).exists():
        return None
    active = steps.filter(agency__in=agencies).current_on(on).active().order_by()
    theirs = active.filter(is_community=False)
    by_locality = Counter(
        {code or "": count for code, count in theirs.values_list("locality__code").annotate(Count("pk"))}
    )
    posts = Term.objects.everywhere(reason=WHY).known_now().current_on(on)
    posts = posts.filter(post__employment__agency__in=agencies, workplace__isnull=False)
    return NetworkCounts(
        active=by_locality.total(),
        by_locality=by_locality,
        community=steps.current_on(on).active().filter(is_community=True).count(),
        covered=theirs.filter(workplace__isnull=False).values("workplace").distinct().count(),
        workplaces=posts.order_by().values("workplace").distinct().count(),
    )


def last_change() -> datetime | None:
    """When a turn, a check-in, a meeting, who came, or the conditions were last recorded or taken back."""
    moments: list[datetime | None] = []
    for table in (ChampionTurn, CheckIn):
        moments.append(table.objects.everywhere(reason=WHY).aggregate(last=Max("recorded_at"))["last"])
    came = Attendance.objects.everywhere(reason=WHY)
    moments += came.aggregate(a=Max("recorded_at"), b=Max("voided_at")).values()
    moments += Meeting.objects.aggregate(a=Max("recorded_at"), b=Max("cancelled_at")).values()
    moments += NetworkConditions.objects.aggregate(a=Max("recorded_at"), b=Max("replaced_at")).values()
    return max((moment for moment in moments if moment), default=None)
