"""Counting what is looked at in the directory, so that nobody copies it unnoticed."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from champions.models import CardLook, Champion, ReaderDay
from training.access.clock import london_date


def has_looked_enough(user_id: int, *, on: date) -> bool:
    """Whether this login has looked at as much as anybody may in a day."""
    today = ReaderDay.objects.everywhere(reason="the reader's own").filter(user_id=user_id, day=on).first()
    return today is not None and today.is_over


@transaction.atomic
def note_look(user_id: int, champions: Collection[Champion], *, own: int | None, on: date) -> None:
    """Count a look and the cards it showed. A champion who sees their own card is not told of it."""
    count_look(user_id, len(champions), on=on)
    CardLook.objects.bulk_create(CardLook(champion=each, day=on) for each in champions if each.person_id != own)


@transaction.atomic
def count_look(user_id: int, names: int, *, on: date) -> None:
    """Count a look that showed names without their cards: it is nothing to tell their owners of."""
    mine = ReaderDay.objects.everywhere(reason="the reader's own")
    row, _ = mine.get_or_create(user_id=user_id, day=on)
    mine.filter(pk=row.pk).update(looks=F("looks") + 1, cards=F("cards") + names)


def forget_old_looks(*, at: datetime) -> int:
    """Delete counts that have served; how many."""
    on, why = london_date(at), "retention"
    readers = ReaderDay.objects.everywhere(reason=why).old(on).delete()[0]
    return readers + CardLook.objects.everywhere(reason=why).old(on).delete()[0]
