"""Telling champions that they begin to lapse: once, by a mail that waits a day and is taken back if it is mended."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from champions.models import ChampionStep, LapseNotice
from champions.selectors.lapsing import mended, to_hear
from champions.services.turns import tell
from training.access.clock import london_date
from training.notices import services as notices

WAITS = timedelta(days=1)
TOLD_A_TICK = 200
WHY = "who has been told that they lapse"


def tell_of_lapsing(*, at: datetime) -> int:
    """Write to those who began to lapse, and forget those who do so no longer; how many were written to.

    A mail that has left stays on record for as long as they lapse, through leave too, so that none hears twice.
    """
    on = london_date(at)
    lapsing, told = to_hear(on=on), LapseNotice.objects.everywhere(reason=WHY)
    is_over = Exists(mended(on=on).filter(champion=OuterRef("champion")))
    is_to_wait = ~Exists(lapsing.filter(champion=OuterRef("champion"))) & Q(notice__sent_at=None, notice__isnull=False)
    for each in told.filter(is_over | is_to_wait)[:TOLD_A_TICK]:
        _take_back(each)
    fresh = lapsing.exclude(Exists(told.filter(champion=OuterRef("champion"))))
    return sum(_tell(each, at) for each in fresh.select_related("champion", "person__user")[:TOLD_A_TICK])


@transaction.atomic
def _tell(step: ChampionStep, at: datetime) -> bool:
    rows = LapseNotice.objects.everywhere(reason=WHY)
    row, is_new = rows.get_or_create(champion=step.champion)
    if is_new and (notice := tell(step.person, at=at, send_after=at + WAITS)):
        row.notice, row.told_from = notice, notice.send_after
        row.save(update_fields=["notice", "told_from"])
    return is_new


@transaction.atomic
def _take_back(row: LapseNotice) -> None:
    """It is mended, or they are away, or have gone: the mail, where it has not left, leaves no more."""
    if row.notice_id:
        notices.take_back(row.notice_id)
    LapseNotice.objects.everywhere(reason=WHY).filter(pk=row.pk).delete()
