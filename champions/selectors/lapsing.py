"""Who is to hear that something of theirs as a champion ends soon, or has ended."""

from datetime import date

from champions.models import ChampionStep, ChampionStepQuerySet
from champions.status import Status
from training.people.models import Term

LAPSES = (Status.LAPSING, Status.LAPSED)
WHY = "who begins to lapse"


def to_hear(*, on: date) -> ChampionStepQuerySet:
    """Those who lapse or have lapsed, from the read table.

    Not on leave: they hear when they are back. Not with a protected record: others may read their mail.
    """
    at_work = Term.objects.everywhere(reason=WHY).known_now().current_on(on).at_work()
    steps = ChampionStep.objects.everywhere(reason=WHY).current_on(on).filter(status__in=LAPSES, champion__isnull=False)
    return steps.filter(person__is_protected=False, post__in=at_work.values("post")).order_by("pk")


def mended(*, on: date) -> ChampionStepQuerySet:
    """Those of whom the read table says that they do not lapse. While it is made anew it says nothing of anybody."""
    return ChampionStep.objects.everywhere(reason=WHY).current_on(on).exclude(status__in=LAPSES)
