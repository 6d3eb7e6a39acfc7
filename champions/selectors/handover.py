"""The coordinator's lists in a champion's life: agreements to confirm or to chase, and what is left where one went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from champions.models import (
    Champion,
    Handover,
    HandoverQuerySet,
    ManagerQuestion,
    ManagerQuestionQuerySet,
)
from champions.selectors.facts import Known
from champions.selectors.managers import is_not_the_rosters
from champions.selectors.network import NetworkRow, rows_of, withheld
from champions.status import Status
from training.access.access import Access
from training.people.models import Partnership


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a manager was asked, as the coordinator sees it."""

    question: ManagerQuestion
    row: NetworkRow
    at: datetime
    times: int = 1
    is_not_the_rosters: bool = False

    @property
    def to_confirm(self) -> bool:
        """Whether it came by a link from somebody whom no roster names as the manager."""
        return self.question.answered_at is not None

    @property
    def is_over(self) -> bool:
        """Whether nobody answered in time."""
        return not self.to_confirm and not self.question.is_open(self.at)


@dataclass(frozen=True, slots=True)
class Left:
    """A hand-over that waits, and who went."""

    handover: Handover
    row: NetworkRow


def waiting(access: Access, partnership: Partnership) -> HandoverQuerySet:
    """The hand-overs of a partnership that wait, the oldest first."""
    found = Handover.objects.visible_to(access).open().filter(champion__partnership=partnership)
    return found.select_related("champion").order_by("opened_on", "pk")


def as_left(access: Access, partnership: Partnership, handovers: Iterable[Handover], *, on: date) -> list[Left]:
    """Those hand-overs with who went."""
    found = list(handovers)
    named = rows_of(access, partnership, [each.champion.person_id for each in found], on=on)
    return [Left(it, named[it.champion.person_id]) for it in found if it.champion.person_id in named]


def questions(access: Access, partnership: Partnership) -> ManagerQuestionQuerySet:
    """What the coordinator follows: answers to confirm first, then agreements that wait, in vain or not, the oldest
    first."""
    rows = ManagerQuestion.objects.everywhere(reason="the coordinator's own partnership")
    rows = rows.filter(champion__partnership=partnership, withdrawn_at=None)
    rows = rows.filter(champion__in=Champion.objects.visible_to(access))
    waits = Q(answered_at=None, asks=ManagerQuestion.Asks.AGREE)
    rows = rows.filter(Q(pk__in=rows.to_confirm().order_by().values("pk")) | waits)
    return rows.select_related("champion", "post__employment__person").order_by("-answer", "asked_at", "pk")


def as_asked(
    access: Access, partnership: Partnership, questions: Iterable[ManagerQuestion], *, on: date, at: datetime
) -> list[Asked]:
    """Those questions with whom they are about, and how often that manager was asked."""
    found = list(questions)
    named = rows_of(access, partnership, [each.champion.person_id for each in found], on=on)
    rows = ManagerQuestion.objects.everywhere(reason="how often a manager was asked")
    rows = rows.filter(champion__in=[each.champion_id for each in found]).order_by()
    times = {pair[:2]: pair[2] for pair in rows.values_list("champion", "asks").annotate(Count("pk"))}
    return [
        Asked(
            it,
            named[it.champion.person_id],
            at,
            times[it.champion_id, it.asks],
            is_not_the_rosters(it.post, it.address, on=on),
        )
        for it in found
        if it.champion.person_id in named
    ]


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody whose status would be another under new conditions."""

    row: NetworkRow
    before: Status
    after: Status


def changes(access: Access, before: tuple[Known, ...], after: tuple[Known, ...]) -> tuple[Change, ...]:
    """Who would stand elsewhere, those who would stop being active first."""
    was = {each.person.pk: each.status for each in before}
    moved = [each for each in after if was.get(each.person.pk) != each.status]
    unnamed = withheld(access, [each.person.pk for each in moved])
    rows = [Change(NetworkRow(it, it.person.pk in unnamed), was[it.person.pk], it.status) for it in moved]
    return tuple(sorted(rows, key=lambda it: (it.after.is_active, it.after)))
