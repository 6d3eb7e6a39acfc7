"""Learning: begin, open a lesson, answer, go on. Each step is kept before its page is answered."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from courses.content.questions import Question
from courses.draw import is_right
from courses.models import Answer, Attempt, CoursePage, Edition, Visit
from training.people.models import Person, Post
from training.people.services import mark_stale


class LearningError(Exception):
    """Something that cannot be done now; the text can be shown to the learner."""


class NotPublished(LearningError):
    """The course has no edition to begin."""


def start_attempt(person: Person, course: CoursePage, *, at: datetime) -> Attempt:
    """The person's open attempt of this course, begun on the newest edition if there was none."""
    mine = Attempt.objects.of(person).filter(course=course, state=Attempt.State.OPEN)
    found = mine.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            edition = _edition_to_begin(course)
            attempt = Attempt.objects.create(person=person, course=course, edition=edition, started_at=at)
            mark_stale(posts_of(person), at=at)
            return attempt
    except IntegrityError:  # begun in another window at the same moment
        return mine.get()


def _edition_to_begin(course: CoursePage) -> Edition:
    """The newest. The course is held, as by `freeze`: a correction published meanwhile would miss this attempt."""
    held = CoursePage.objects.select_for_update(no_key=True, of=("self",)).get(pk=course.pk)
    edition = held.editions.defer("content").last()
    if edition is None or not held.live or not held.is_online:
        raise NotPublished("This course is not open yet.")
    return edition


def posts_of(person: Person) -> list[int]:
    """Ids of the person's posts, whose standings say 'in progress' from now on."""
    posts = Post.objects.everywhere(reason="the learner's own standings").filter(person.all_of("employment__person"))
    return list(posts.values_list("pk", flat=True))


def open_lesson(attempt: Attempt, lesson: str, *, at: datetime) -> None:
    """Remember where the learner is. Writes only when that has changed."""
    if not attempt.is_open or attempt.last_lesson == lesson:
        return
    with transaction.atomic():
        Visit.objects.along(attempt).get_or_create(attempt=attempt, lesson=lesson, defaults={"opened_at": at})
        _remember(attempt, last_lesson=lesson, last_place="")


def remember_place(attempt: Attempt, lesson: str, place: str) -> None:
    """Where on the lesson's page the learner is; a window left behind on another lesson moves nothing."""
    if attempt.is_open and attempt.last_lesson == lesson and attempt.last_place != place:
        _remember(attempt, last_place=place)


def finish_lesson(attempt: Attempt, lesson: str, *, at: datetime) -> None:
    """The learner went on from this lesson; the first time is kept."""
    if not attempt.is_open:
        return
    with transaction.atomic():
        visits = Visit.objects.along(attempt)
        visits.get_or_create(attempt=attempt, lesson=lesson, defaults={"opened_at": at})
        visits.filter(lesson=lesson, done_at__isnull=True).update(done_at=at)


def answer_question(
    attempt: Attempt,
    question: Question,
    chosen: Collection[str],
    *,
    at: datetime,
    final_try: int = 0,
    place: str = "",
    seen: int | None = None,
) -> bool:
    """Keep and mark an answer, and say whether it is what stands now; a later one takes its place and is counted.

    `seen` is how often the question had been answered when the page was drawn. A page that is behind changes nothing:
    it was sent twice, or answered in another window meanwhile.
    """
    if not attempt.is_open:
        return True
    marked = {"chosen": sorted(chosen), "is_correct": is_right(question, set(chosen)), "answered_at": at}
    with transaction.atomic():
        answers = Answer.objects.along(attempt)
        row, is_new = answers.get_or_create(
            attempt=attempt,
            final_try=final_try,
            question=question.key,
            defaults=marked | {"was_right_first": marked["is_correct"]},
        )
        if place and place != attempt.last_place:
            _remember(attempt, last_place=place)
        if is_new:
            return True
        current = answers.filter(pk=row.pk) if seen is None else answers.filter(pk=row.pk, times=seen)
        if current.update(times=F("times") + 1, **marked):
            return True
    return bool(row.chosen == marked["chosen"])


def choose_tomorrow(attempt: Attempt, chosen: Collection[str], *, place: str, at: datetime) -> None:
    """Keep what the learner means to do tomorrow, and since when."""
    if attempt.is_open:
        since = at if chosen else None
        _remember(attempt, tomorrow=sorted(chosen), tomorrow_at=since, tomorrow_away_at=None, last_place=place)


def choose_text_only(attempt: Attempt, *, is_text_only: bool) -> None:
    """With or without the stories. No reason is asked and nobody else is told."""
    if attempt.is_open:
        _remember(attempt, is_text_only=is_text_only)


def look_again(person: Person, course: str, *, number: int) -> None:
    """The learner has seen what is new in this course up to this edition. It changes no standing."""
    mine = Attempt.objects.of(person).filter(course__slug=course, state=Attempt.State.COMPLETE)
    mine.filter(looked_at_number__lt=number).update(looked_at_number=number)


def _remember(attempt: Attempt, **fields: object) -> None:
    for name, value in fields.items():
        setattr(attempt, name, value)
    attempt.save(update_fields=list(fields))
