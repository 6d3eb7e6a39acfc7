"""The noticeboard as a champion reads it, and as the coordinator does."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q

from champions.models import Champion, Concern, Contribution, ContributionQuerySet, Thread
from champions.selectors.cards import NAMELESS
from champions.selectors.circles import circles_of
from champions.selectors.requests import names_for
from training.access.access import Access
from training.people.models import Partnership


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread, with how much of it this one is shown."""

    thread: Thread
    count: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Said:
    """A contribution as this one reads it: by the name that its author shows them, and what answers it."""

    contribution: Contribution
    name: str
    is_mine: bool
    may_change: bool
    answers: tuple["Said", ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether it waits for the coordinator: then only its author sees it."""
        return self.contribution.shown_at is None and self.contribution.removed_at is None


def threads(access: Access, partnership: Partnership) -> tuple[ThreadRow, ...]:
    """Every thread, open ones first, and of them those in which something was said last."""
    shown = Contribution.objects.all().read_by(access, partnership).filter(removed_at__isnull=True).order_by()
    counted = {row["thread"]: row for row in shown.values("thread").annotate(count=Count("pk"), last_at=Max("said_at"))}
    blank: dict[str, Any] = {"count": 0, "last_at": None}
    rows = [
        ThreadRow(each, (found := counted.get(each.pk, blank))["count"], found["last_at"])
        for each in Thread.objects.filter(partnership=partnership)
    ]
    return tuple(
        sorted(rows, key=lambda row: (row.thread.closed_at is None, row.last_at or row.thread.opened_at))[::-1]
    )


def said_in(access: Access, thread: Thread, page: list[Contribution], *, on: date, at: datetime) -> tuple[Said, ...]:
    """These contributions with their answers. Names are asked for once."""
    shown = Contribution.objects.all().read_by(access, thread.partnership).filter(thread=thread)
    answers: dict[int, list[Contribution]] = {}
    for each in shown.filter(answers_to__in=page).select_related("author"):
        answers.setdefault(each.answers_to_id or 0, []).append(each)
    authors = {each.author_id for rows in (page, *answers.values()) for each in rows}
    names = names_for(access, circles_of(access, on=on), authors, on=on)

    def read(each: Contribution) -> Said:
        is_mine = each.author.person_id == access.person_id
        name = "You" if is_mine else names.get(each.author_id, NAMELESS)
        below = tuple(read(answer) for answer in answers.get(each.pk, ()))
        return Said(each, name, is_mine, is_mine and each.may_change(at), below)

    return tuple(read(each) for each in page)


def top_of(access: Access, thread: Thread) -> ContributionQuerySet:
    """What was said in a thread and answers nothing, as this one reads it."""
    shown = Contribution.objects.all().read_by(access, thread.partnership)
    return shown.filter(thread=thread, answers_to__isnull=True).select_related("author", "thread")


def readable(access: Access, champion: Champion | None, partnership: Partnership) -> ContributionQuerySet:
    """What a champion can answer or raise a concern about: what is shown to them and is not their own."""
    shown = Contribution.objects.all().read_by(access, partnership).filter(shown_at__isnull=False)
    return shown.exclude(author=champion).filter(removed_at__isnull=True).select_related("thread__partnership")


def to_judge(access: Access, partnership: Partnership) -> ContributionQuerySet:
    """What waits for the coordinator: not let through yet, or somebody is concerned about it."""
    open_ones = Concern.objects.everywhere(reason="subquery: that there is one, not whose").filter(
        contribution=OuterRef("pk"), settled_at__isnull=True
    )
    rows = Contribution.objects.all().moderated_by(access).filter(thread__partnership=partnership)
    rows = rows.annotate(is_doubted=Exists(open_ones)).filter(Q(shown_at__isnull=True) | Q(is_doubted=True))
    return rows.select_related("thread__partnership", "author__person__user")
