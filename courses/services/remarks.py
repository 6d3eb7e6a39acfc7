"""What learners say of a course, and how many took which way through a story: kept without a name."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

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
    Remark.objects.create(course_id=attempt.course_id, useful=useful, comment=said, state=state)
    return True


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
    """The comments in this state, in a random order, once ten people have said something of the course."""
    remarks = Remark.objects.filter(course=course)
    return list(remarks.filter(state=state).order_by("pk")) if remarks.count() >= ENOUGH else []


@transaction.atomic
def moderate(said: Remark, *, is_shown: bool, by: Actor, at: datetime) -> None:
    """Let a comment through to the authors, or take it away for good; the mark out of five stays."""
    held = Remark.objects.filter(pk=said.pk, state=Remark.State.HELD)
    changed = held.update(state=Remark.State.SHOWN) if is_shown else held.update(state=Remark.State.NONE, comment="")
    if changed:
        verb = "comment shown to authors" if is_shown else "comment taken away"
        audit.record(verb, by=by, at=at, kind="course", uid=said.course_id)
