"""Online parts of modules that are finished while the rest is still to be done."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.editions import outline_of
from courses.models import Attempt
from training.access.prepared import Given, PreparedRead
from training.ledger.models import Completion
from training.people.models import Person


@dataclass(frozen=True, slots=True)
class PartDone:
    """The online part of a module, finished. What is left is told by `how_to_book` and `how_to_record`."""

    module_id: int
    module_code: str
    course_slug: str
    title: str
    module_title: str
    completed_at: datetime
    how_to_book: str
    how_to_record: str


def awaits_the_rest() -> Q:
    """Of attempts: finished, a part of the module, and the module not completed since."""
    done = Completion.objects.everywhere(reason="whether the rest of a module has been done").standing()
    since = done.filter(
        person=OuterRef("person"), module=OuterRef("course__module"), recorded_at__gte=OuterRef("completed_at")
    )
    return Q(~Exists(since), state=Attempt.State.COMPLETE, edition__is_part=True)


def parts_done(person: Person) -> tuple[PartDone, ...]:
    """What this person has finished online and not completed yet, the latest first, once a module."""
    found: dict[int, PartDone] = {}
    for attempt in _finished(person.pk):
        outline, module = outline_of(attempt.edition), attempt.course.module
        assert attempt.completed_at is not None, "a constraint says so of every finished attempt"
        part = PartDone(
            module_id=module.pk,
            module_code=module.code,
            course_slug=attempt.course.slug,
            title=outline.title,
            module_title=module.title,
            completed_at=attempt.completed_at,
            how_to_book=outline.how_to_book,
            how_to_record=outline.how_to_record,
        )
        found.setdefault(module.pk, part)
    return tuple(found.values())


@PreparedRead
def _finished(person: Given) -> QuerySet[Attempt]:
    attempts = Attempt.objects.of(person).filter(awaits_the_rest()).select_related("edition", "course__module")
    return attempts.defer("edition__content").order_by("-completed_at", "-id")
