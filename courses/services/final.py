"""The final check, and the end of an attempt: the one place from which a course writes to the ledger."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from courses.content.questions import FinalQuestion
from courses.content.schema import FinalCheck
from courses.draw import drawn, needed
from courses.keeping.survey import forget_mark
from courses.models import Answer, Attempt, FinalTry, Visit
from courses.outline import Outline, Rest
from training.access.actor import Actor
from training.access.clock import london_date
from training.ledger import services as ledger
from training.ledger.models import Completion, Method
from training.people.services import mark_stale

from .progress import LearningError, answer_question, finish_lesson, posts_of


class NotFinished(LearningError):
    """Something is still to be done before the attempt can end."""


def rests_until(last: FinalTry | None, rest: Rest | None, *, at: datetime) -> datetime | None:
    """Until when there is a rest before the next try, if there is one at this moment."""
    if last is None or last.marked_at is None or last.is_passed or rest is None:
        return None
    ends = rest.ends(last.number, last.marked_at)
    return ends if ends is not None and at < ends else None


def begin_try(attempt: Attempt, *, at: datetime, after: int | None = None, rest: Rest | None = None) -> FinalTry | None:
    """The open try of the final check, begun if there is none; nothing new once the attempt is over, or in a rest.

    `after` is the number of the last try when the page was drawn: a page that is behind begins nothing.
    """
    tries = FinalTry.objects.along(attempt)
    last = tries.last()
    if last is not None and (last.marked_at is None or last.is_passed):
        return last
    is_behind = after is not None and after != (last.number if last else 0)
    if not attempt.is_open or is_behind or rests_until(last, rest, at=at):
        return last
    try:
        with transaction.atomic():
            return tries.create(attempt=attempt, number=last.number + 1 if last else 1, begun_at=at)
    except IntegrityError:  # begun in another window at the same moment
        return tries.last()


@transaction.atomic
def answer_final(
    attempt: Attempt,
    final_try: FinalTry,
    check: FinalCheck,
    question: FinalQuestion,
    chosen: Collection[str],
    *,
    lesson: str,
    pass_mark: int,
    at: datetime,
    seen: int | None = None,
) -> bool:
    """Keep one answer of an open try, and say whether it stands (as `answer_question` does).

    With the last one the try is marked, and a pass does the lesson.
    """
    # Held, so that of the last two answers, given in two windows at once, one sees both
    final_try = FinalTry.objects.along(attempt).select_for_update(no_key=True).get(pk=final_try.pk)
    if final_try.marked_at is not None or not attempt.is_open:
        return True
    stands = answer_question(attempt, question, chosen, at=at, final_try=final_try.number, seen=seen)
    asked = drawn(check, attempt.uid, final_try.number)
    answers = dict(
        Answer.objects.along(attempt).filter(final_try=final_try.number).values_list("question", "is_correct")
    )
    if all(question.key in answers for question in asked):
        right_count = sum(answers[question.key] for question in asked)
        is_passed = right_count >= needed(len(asked), pass_mark)
        FinalTry.objects.along(attempt).filter(pk=final_try.pk, marked_at__isnull=True).update(
            marked_at=at, right_count=right_count, is_passed=is_passed
        )
        if is_passed:
            finish_lesson(attempt, lesson, at=at)
    return stands


def lessons_unopened(attempt: Attempt, outline: Outline) -> list[str]:
    """The lessons, the final check aside, that have never been opened."""
    opened = set(Visit.objects.along(attempt).values_list("lesson", flat=True))
    return [lesson.slug for lesson in outline.lessons if not lesson.is_final and lesson.slug not in opened]


def finish_attempt(attempt: Attempt, outline: Outline, *, by: Actor, at: datetime) -> Completion | None:
    """End the attempt and put the completion into the ledger, once, however often and from however many windows."""
    if not FinalTry.objects.along(attempt).filter(is_passed=True).exists():
        raise NotFinished("You have not passed the final check yet.")
    if attempt.is_open and lessons_unopened(attempt, outline):
        raise NotFinished("There are parts of the course that you have not opened yet.")
    return complete(attempt, method=Method.ONLINE, source=f"course:{attempt.course.slug}"[:120], by=by, at=at)


@transaction.atomic
def complete(attempt: Attempt, *, method: Method, source: str, by: Actor, at: datetime) -> Completion | None:
    """End the attempt, whatever it was a run of, and record it; a second time answers with what stands there.

    Where the course is a part of its module, the attempt is all that is kept: the rest is still to be done.
    """
    mine = Attempt.objects.of(attempt.person).filter(pk=attempt.pk)
    mine.filter(state=Attempt.State.OPEN).update(state=Attempt.State.COMPLETE, completed_at=at)
    done = mine.select_related("person", "course__module__pathway__partnership", "edition").get()
    forget_mark(done)
    completed_at = done.completed_at
    assert completed_at is not None, "a constraint says so of every finished attempt"
    if done.edition.is_part:
        mark_stale(posts_of(done.person), at=at)
        return None
    return ledger.record_completion(
        ledger.NewCompletion(
            person=done.person,
            module=done.course.module,
            completed_on=london_date(completed_at),
            method=method,
            idempotency_key=done.ledger_key,
            source=source,
            edition=str(done.edition)[:40],
            minutes=done.edition.content["minutes"],
        ),
        by=by,
        at=completed_at,
    )
