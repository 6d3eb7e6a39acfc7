"""The manager's side: what they are asked, whom they might put forward, and whose check-in is due."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from champions.conditions import Ending
from champions.models import Block, ManagerQuestion
from champions.selectors.conditions import conditions_on
from champions.selectors.facts import Known, known
from champions.selectors.mine import partnerships_of
from training.access.access import Access
from training.people.models import Person, Term
from training.people.models.posts import TermQuerySet
from training.people.selectors import posts_held

WHY = "posts that answer to the one who asks"


@dataclass(frozen=True, slots=True)
class Due:
    """A check-in of the manager's that is due, or soon will be."""

    known: Known
    ending: Ending


@dataclass(frozen=True, slots=True)
class Team:
    """What waits for a manager."""

    questions: tuple[ManagerQuestion, ...]
    due: tuple[Due, ...]

    @property
    def waiting(self) -> int:
        """How much of it there is."""
        return len(self.questions) + len(self.due)


def team_of(access: Access, *, on: date, at: datetime) -> Team:
    """The questions put to this manager, and the check-ins they owe. Whoever keeps them away is in neither."""
    rows = ManagerQuestion.objects.visible_to(access).open(at)
    questions = tuple(rows.select_related("champion__person"))
    asked = {each.champion_id for each in questions}
    due = tuple(each for each in _due(access, on=on) if each.known.champion and each.known.champion.pk not in asked)
    return Team(questions, due)


def team_people(access: Access, *, on: date) -> list[Person]:
    """Those who answer to this manager and whose record is not protected, by name."""
    people = _terms(access, on=on).values("post__employment__person")
    return list(Person.objects.everywhere(reason=WHY).filter(pk__in=people, is_protected=False))


def _terms(access: Access, *, on: date) -> TermQuerySet:
    terms = Term.objects.everywhere(reason=WHY).known_now().current_on(on)
    held = posts_held(access.person_id or 0, on).values("post")
    return terms.filter(manager__in=held, manager__employment__agency=F("post__employment__agency"))


def _due(access: Access, *, on: date) -> list[Due]:
    """Of those who answer to this manager where they are champions, whose check-in ends soon.

    Nothing is read where none is asked.
    """
    found: list[Due] = []
    for partnership in partnerships_of(access, on=on):
        asked = conditions_on(partnership, on)
        if not asked.check_in_months:
            continue
        away = Block.objects.everywhere(reason=WHY).against(access).values("owner")
        mine = _terms(access, on=on).exclude(post__employment__person__in=away)
        answering = dict(mine.values_list("post", "post__employment__person"))
        for each in known(partnership, on=on, people=answering.values(), conditions=asked):
            ending = next((it for it in each.facts.kept_up() if it.is_managers), None)
            is_soon = ending is not None and ending.on <= on + asked.warns_before
            if ending and is_soon and each.status.is_agreed and each.post and each.post.pk in answering:
                found.append(Due(each, ending))
    return found
