"""What the board is told of champions (training/strategy/told.py asks): counts, and nobody's name."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Max

from champions.models import Attendance, ChampionStep, ChampionTurn, CheckIn, Meeting, NetworkConditions
from champions.services.steps import refresh_a_few
from training.people.models import Term
from training.strategy.told import Asked, Told

WHY = "counting champions for the board"


def indicator_counts(asked: Asked) -> Iterator[Told]:
    """Active champions, those who lapse soon included; nothing before the network had anybody."""
    refresh_a_few(asked.partnership, at=asked.at)
    steps = ChampionStep.objects.everywhere(reason=WHY).filter(partnership=asked.partnership)
    if not steps.filter(starts_on__lte=asked.on).exists():
        return
    active = steps.filter(agency__in=asked.agencies).current_on(asked.on).active().order_by()
    theirs = active.filter(is_community=False)
    there = dict(theirs.values_list("locality__code").annotate(Count("pk")))
    posts = Term.objects.everywhere(reason=WHY).known_now().current_on(asked.on)
    posts = posts.filter(post__employment__agency__in=asked.agencies, workplace__isnull=False)
    yield Told("CHAMP_ACTIVE", sum(there.values()))
    for code, count in there.items():
        yield Told("CHAMP_LOCALITY", count, None, "locality", code or "")
    without = len(asked.agencies) - theirs.values("agency").distinct().count()
    yield Told("CHAMP_LOCALITY", without, len(asked.agencies), "agencies", "without")
    yield Told("CHAMP_COMMUNITY", steps.current_on(asked.on).active().filter(is_community=True).count())
    yield Told(
        "CHAMP_SITE_COVER",
        theirs.filter(workplace__isnull=False).values("workplace").distinct().count(),
        posts.order_by().values("workplace").distinct().count(),
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
