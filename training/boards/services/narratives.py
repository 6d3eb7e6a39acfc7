"""Asking somebody for words by a day, reminding them, and writing the words down."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from training.access.actor import Actor
from training.access.clock import LONDON, london_date
from training.boards.errors import PackRefused
from training.boards.models import BoardPack, Narrative, State, Wish
from training.boards.selectors.packs import may_write
from training.notices import services as notices
from training.people.models import User

from .packs import hold_open

SOON = timedelta(days=3)
SUBJECT = "Learning"
BODY = """Hello

{words} Write it here by {day}:

{link}

You will be asked to sign in. This mail has no reply.
"""
ASKED = "You have been asked for some words that explain figures."
REMINDED = "Some words that you were asked for are not there yet."
LATE = "Some words that you were asked for were to be there by now."


@transaction.atomic
def ask_for_words(
    *, pack: BoardPack, about: str, title: str, owner: User | None, due_on: date, by: Actor, at: datetime
) -> Narrative:
    """A box, new or as it is, with somebody who writes it by a day; they are told. Raises PackRefused."""
    hold_open(pack)
    today = london_date(at)
    if not today <= due_on <= pack.meeting_on:
        raise PackRefused("The day has to be from today to the day of the meeting.")
    if owner is not None and not may_write(owner, pack.partnership, on=today):
        raise PackRefused("They do not see the figures of this partnership.")
    box, _ = Narrative.objects.get_or_create(
        pack=pack, about=about, defaults={"title": title, "due_on": due_on, "owner": None}
    )
    is_asked = owner is not None and box.owner_id != owner.pk and not box.text
    box.owner, box.due_on, box.reminded_at, box.told_late_at = owner, due_on, None, None
    box.save(update_fields=["owner", "due_on", "reminded_at", "told_late_at"])
    if is_asked:
        _tell(box, ASKED, at=at)
    return box


@transaction.atomic
def write(*, narrative: Narrative, text: str, turn: int, role: str, by: Actor, at: datetime) -> None:
    """Put down its words. `turn`: which turn the writer had before them. Raises PackRefused."""
    hold_open(narrative.pack)
    same = Narrative.objects.filter(pk=narrative.pk, turn=turn)
    if not same.update(text=text.strip(), role=role if text.strip() else "", turn=F("turn") + 1, written_at=at):
        raise PackRefused("Somebody else has written here since you opened the page. Their words stand below yours.")


@transaction.atomic
def drop(*, narrative: Narrative, by: Actor, at: datetime) -> None:
    """Take a box away, with what stands in it. Raises PackRefused."""
    hold_open(narrative.pack)
    narrative.delete()


def remind_writers(*, at: datetime) -> int:
    """Tell who owes words that their day is near, or over, once each; how many."""
    on = london_date(at)
    open_ones = Narrative.objects.filter(text="", owner__isnull=False, due_on__lte=on + SOON).exclude(
        pack__state=State.FROZEN
    )
    open_ones = open_ones.exclude(pack__meeting_on__lt=on).exclude(pack__work=Wish.FREEZE)
    found = open_ones.select_related("owner__person", "pack__partnership").order_by("pk")
    return sum(_remind(each, on=on, at=at) for each in found)


@transaction.atomic
def _remind(box: Narrative, *, on: date, at: datetime) -> int:
    """Once before the day and once after it, to one who may still write."""
    mark, words = ("told_late_at", LATE) if box.due_on < on else ("reminded_at", REMINDED)
    if getattr(box, mark) is not None or box.owner is None or not may_write(box.owner, box.pack.partnership, on=on):
        return 0
    if not Narrative.objects.filter(pk=box.pk, text="", **{f"{mark}__isnull": True}).update(**{mark: at}):
        return 0
    _tell(box, words, at=at)
    return 1


def _tell(box: Narrative, words: str, *, at: datetime) -> None:
    assert box.owner is not None, "asked of a box with an owner"
    link = settings.BASE_URL + reverse("board-narrative", args=[box.pack.partnership.code, box.pack.uid, box.pk])
    until = datetime.combine(box.pack.meeting_on + timedelta(days=1), time(), LONDON)
    body = BODY.format(words=words, day=f"{box.due_on:%-d %B %Y}", link=link)
    notices.send(to=box.owner, kind="reminder", subject=SUBJECT, body=body, at=at, useless_after=until)
