"""What somebody chose to do tomorrow: shown again after a week, gently, and put away when they like."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from courses.editions import tomorrow_of
from courses.models import Attempt
from training.access.prepared import Given, PreparedRead
from training.people.models import Person

SHOWN_AFTER = timedelta(days=7)
SHOWN_UNTIL = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Things chosen in one run, in the words of its edition."""

    uid: UUID
    course: str
    texts: tuple[str, ...]
    chosen_at: datetime
    is_put_away: bool


def chosen_by(person: Person) -> tuple[Chosen, ...]:
    """Everything this person has chosen, the latest first."""
    return tuple(each for each in map(_chosen, _attempts(person.pk)) if each.texts)


@PreparedRead
def _attempts(person: Given) -> QuerySet[Attempt]:
    attempts = Attempt.objects.of(person).filter(tomorrow_at__isnull=False).select_related("course", "edition")
    return attempts.defer("edition__content").order_by("-tomorrow_at")


def to_remember(person: Person, *, at: datetime) -> tuple[Chosen, ...]:
    """What the learner's page reminds of: chosen a week to five weeks ago. Nothing for a protected record."""
    if person.is_protected:
        return ()
    return tuple(
        each for each in chosen_by(person) if not each.is_put_away and SHOWN_AFTER <= at - each.chosen_at < SHOWN_UNTIL
    )


def put_away(person: Person, uid: UUID, *, at: datetime) -> bool:
    """Remind no more of what was chosen in this run; whether the run is the person's own."""
    return bool(Attempt.objects.of(person).filter(uid=uid).update(tomorrow_away_at=at))


def _chosen(attempt: Attempt) -> Chosen:
    offered = tomorrow_of(attempt.edition)
    return Chosen(
        uid=attempt.uid,
        course=attempt.course.neutral_title,
        texts=tuple(option.text for option in (offered.options if offered else []) if option.key in attempt.tomorrow),
        chosen_at=attempt.tomorrow_at,  # type: ignore[arg-type]
        is_put_away=attempt.tomorrow_away_at is not None,
    )
