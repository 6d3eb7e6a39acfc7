"""What learners say of a course, and how many took which way through a story: kept without a name."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, QuerySet

from courses.models import Attempt, CoursePage, Remark, StoryEnd, StoryRoute
from training.access.actor import Actor
from training.audit import services as audit

ENOUGH = 10


@transaction.atomic
def remark(attempt: Attempt, *, useful: int, comment: str) -> bool:
    """Keep what somebody thought of a course they have finished; once a run. Whether it was kept."""
    mine = Attempt.objects.of(attempt.person).filter(pk=attempt.pk, state=Attempt.State.COMPLETE, has_remarked=False)
    if not mine.update(has_remarked=True):
        return False
    said = comment.strip()
    state = Remark.State.HELD if said else Remark.State.NONE
    Remark.objects.create(
        course_id=attempt.course_id, ten=_open_ten(attempt.course_id), useful=useful, comment=said, state=state
    )
    return True


def _open_ten(course_id: int) -> int:
    """The first ten of the course that is not full yet."""
    tens = _tens(course_id)
    return next((ten for ten, people in sorted(tens.items()) if people < ENOUGH), len(tens))


def _tens(course_id: int) -> dict[int, int]:
    """How many people each ten holds."""
    tens = Remark.objects.filter(course=course_id).values_list("ten").annotate(Count("pk"))
    return dict(tens.order_by())


def heard(course: CoursePage) -> QuerySet[Remark]:
    """What has been said of the course, in tens: whoever looks twice finds ten people more, or none."""
    full = [ten for ten, people in _tens(course.pk).items() if people >= ENOUGH]
    return Remark.objects.filter(course=course, ten__in=full)


def end_story(attempt: Attempt, story: str, way: str) -> None:
    """A story has been heard to its end: the way is counted the first time, without the person."""
    if not attempt.is_open:
        return
    with transaction.atomic():
        _, is_first = StoryEnd.objects.along(attempt).get_or_create(attempt=attempt, story=story)
        if is_first:
            route, _ = StoryRoute.objects.get_or_create(edition_id=attempt.edition_id, story=story, way=way)
            StoryRoute.objects.filter(pk=route.pk).update(people=F("people") + 1)


def comments_of(course: CoursePage, state: Remark.State) -> list[Remark]:
    """The comments in this state, in a random order, as far as they may be heard."""
    return list(heard(course).filter(state=state).order_by("pk"))


@transaction.atomic
def moderate(said: Remark, *, is_shown: bool, by: Actor, at: datetime) -> None:
    """Let a comment through to the authors, or take it away for good; the mark out of five stays."""
    held = Remark.objects.filter(pk=said.pk, state=Remark.State.HELD)
    changed = held.update(state=Remark.State.SHOWN) if is_shown else held.update(state=Remark.State.NONE, comment="")
    if changed:
        verb = "comment shown to authors" if is_shown else "comment taken away"
        audit.record(verb, by=by, at=at, kind="course", uid=said.course_id)
