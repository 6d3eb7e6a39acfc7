"""The coordinator's lists in a champion's life: agreements to confirm or to chase, and what is left where one went."""

from dataclasses import dataclass
from datetime import date, datetime

from champions.models import Handover, ManagerQuestion
from champions.selectors.facts import Known, known
from champions.selectors.network import NetworkRow, seen_by
from champions.status import Status
from training.access.access import Access
from training.people.models import Partnership


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a manager was asked, as the coordinator sees it."""

    question: ManagerQuestion
    row: NetworkRow
    at: datetime

    @property
    def to_confirm(self) -> bool:
        """Whether it came by a link from an address that no roster knows."""
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


def rows(access: Access, partnership: Partnership, *, on: date) -> tuple[Left, ...]:
    """The hand-overs of a partnership that wait, the oldest first."""
    found = Handover.objects.visible_to(access).open().filter(champion__partnership=partnership)
    waiting = list(found.select_related("champion"))
    people = [each.champion.person_id for each in waiting]
    named = {each.person.pk: NetworkRow(each) for each in (known(partnership, on=on, people=people) if people else ())}
    return tuple(Left(it, named[it.champion.person_id]) for it in waiting if it.champion.person_id in named)


def questions(access: Access, partnership: Partnership, *, on: date, at: datetime) -> tuple[Asked, ...]:
    """What managers were asked: answers to confirm first, then agreements that wait, in vain or not."""
    rows = ManagerQuestion.objects.everywhere(reason="the coordinator's own partnership")
    rows = rows.filter(champion__partnership=partnership, withdrawn_at=None).select_related("champion")
    waiting = [*rows.to_confirm(), *rows.filter(answered_at=None, asks=ManagerQuestion.Asks.AGREE)]
    people = [each.champion.person_id for each in waiting]
    named = {
        each.champion.pk: NetworkRow(each)
        for each in seen_by(access, known(partnership, on=on, people=people) if people else ())
        if each.champion
    }
    return tuple(Asked(each, named[each.champion_id], at) for each in waiting if each.champion_id in named)


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody whose status would be another under new conditions."""

    row: NetworkRow
    before: Status
    after: Status


def changes(before: tuple[Known, ...], after: tuple[Known, ...]) -> tuple[Change, ...]:
    """Who would stand elsewhere, those who would stop being active first."""
    was = {each.person.pk: each.status for each in before}
    moved = [Change(NetworkRow(it), was[it.person.pk], it.status) for it in after if was.get(it.person.pk) != it.status]
    return tuple(sorted(moved, key=lambda it: (it.after.is_active, it.after)))
