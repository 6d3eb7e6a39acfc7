"""Reads for the player, and for the learner's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from courses.draw import drawn
from courses.editions import outline_of
from courses.models import Answer, Attempt, ChangeKind, CoursePage, Edition, FinalTry, LocalService, Visit
from courses.outline import LessonOutline, Outline
from training.access.access import Access
from training.access.prepared import Given, PreparedRead, among
from training.ledger.models import Completion
from training.people.models import Person


@dataclass(frozen=True)
class Progress:
    """How far an attempt has come along its edition."""

    outline: Outline
    opened: frozenset[str]
    done: frozenset[str]

    @cached_property
    def minutes_left(self) -> int:
        """What the lessons still take."""
        return self.outline.minutes_left(self.done)

    @cached_property
    def next_lesson(self) -> LessonOutline | None:
        """The first lesson that is not done."""
        return next((lesson for lesson in self.outline.lessons if lesson.slug not in self.done), None)


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """An attempt as the learner's page shows it. `resume_args`, then the anchor, are for the address named 'lesson'."""

    module_id: int
    course_slug: str
    title: str
    neutral_title: str
    state: str
    started_at: datetime
    completed_at: datetime | None
    lessons_done: int
    lessons_total: int
    minutes_left: int
    resume_args: tuple[str, str]
    resume_anchor: str


@dataclass(frozen=True, slots=True)
class CourseRow:
    """The online course of a module. `slug` is for the address named 'course'."""

    module_id: int
    slug: str
    title: str
    neutral_title: str
    minutes: int
    is_online: bool = True
    counts_as: str = CoursePage.CountsAs.WHOLE

    @property
    def is_whole(self) -> bool:
        """Whether finishing it completes the module."""
        return self.is_online and self.counts_as == CoursePage.CountsAs.WHOLE


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a course since somebody finished it."""

    course_slug: str
    title: str
    whats_new: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class FinalStanding:
    """A try of the final check: what it asks, and what has been chosen so far."""

    row: FinalTry
    asked: tuple[Any, ...]
    chosen: dict[str, list[str]]
    times: dict[str, int]

    @property
    def first_unanswered(self) -> int | None:
        """The number of the first question without an answer, from 1."""
        return next((n for n, asked in enumerate(self.asked, 1) if asked.key not in self.chosen), None)


def myself(access: Access) -> Person:
    """The roster person who asks: whoever may learn is one."""
    return Person.objects.visible_to(access).get(pk=access.person_id or 0)


def attempt_at(access: Access, course: str) -> Attempt | None:
    """One's own attempt of the course at this address: the open one, else the latest finished."""
    found = [] if access.person_id is None else _attempt_at(access.person_id, course)
    return found[0] if found else None


@PreparedRead
def _attempt_at(person: Given, course: Given) -> QuerySet[Attempt]:
    return Attempt.objects.of(person).for_course(course)[:1]


def published_course(slug: str) -> CoursePage | None:
    """The course at this address, if it is open to learners."""
    return CoursePage.objects.live().filter(slug=slug, editions__isnull=False).select_related("module").first()


def newest_edition(course: CoursePage) -> Edition:
    """The edition that an attempt begun now would be pinned to."""
    return course.editions.defer("content").order_by("-number", "-correction")[0]


def progress_of(attempt: Attempt) -> Progress:
    """How far this attempt has come."""
    return _progress(attempt, _visits(attempt.pk))


@PreparedRead
def _visits(attempt: Given) -> QuerySet[Visit, Any]:
    return Visit.objects.along(attempt).values_list("lesson", "done_at")


def _progress(attempt: Attempt, visits: Iterable[tuple[str, datetime | None]]) -> Progress:
    outline = outline_of(attempt.edition)
    visits = list(visits)
    opened = frozenset(lesson for lesson, _ in visits)
    done = frozenset(lesson for lesson, done_at in visits if done_at is not None)
    if not attempt.is_open:
        opened = done = frozenset(lesson.slug for lesson in outline.lessons)
    return Progress(outline, opened, done)


def answers_of(attempt: Attempt, *, final_try: int = 0) -> dict[str, Answer]:
    """The answers of an attempt by question: those of the lessons, or of one try of the final check."""
    return {row.question: row for row in _answers(attempt.pk, final_try)}


@PreparedRead
def _answers(attempt: Given, final_try: Given) -> QuerySet[Answer]:
    return Answer.objects.along(attempt).filter(final_try=final_try)


def final_standing(attempt: Attempt, check: Any) -> FinalStanding | None:
    """The last try of the final check, if there has been one."""
    row = FinalTry.objects.along(attempt).last()
    if row is None:
        return None
    answers = answers_of(attempt, final_try=row.number)
    chosen = {key: answer.chosen for key, answer in answers.items()}
    times = {key: answer.times for key, answer in answers.items()}
    return FinalStanding(row, drawn(check, attempt.uid, row.number), chosen, times)


def completion_of(attempt: Attempt) -> Completion | None:
    """What finishing this attempt put into the ledger."""
    return Completion.objects.of(attempt.person).filter(idempotency_key=attempt.ledger_key).first()


def attempts_of(person: Person) -> tuple[AttemptRow, ...]:
    """The person's attempts, the newest of each course, open ones first."""
    newest: dict[int, Attempt] = {}
    for attempt in _attempts(person.pk):
        newest[attempt.course_id] = attempt
    visits: dict[int, list[tuple[str, datetime | None]]] = {}
    if newest:
        along = Visit.objects.of(person).filter(attempt__in=[attempt.pk for attempt in newest.values()])
        for attempt_id, lesson, done_at in along.values_list("attempt_id", "lesson", "done_at"):
            visits.setdefault(attempt_id, []).append((lesson, done_at))
    rows = [_attempt_row(attempt, _progress(attempt, visits.get(attempt.pk, []))) for attempt in newest.values()]
    return tuple(sorted(rows, key=lambda row: (row.state != Attempt.State.OPEN, row.started_at)))


@PreparedRead
def _attempts(person: Given) -> QuerySet[Attempt]:
    return Attempt.objects.of(person).with_course().order_by("started_at", "id")


def _attempt_row(attempt: Attempt, progress: Progress) -> AttemptRow:
    outline = progress.outline
    lesson, anchor = resume_at(attempt, progress)
    return AttemptRow(
        module_id=attempt.course.module_id,
        course_slug=attempt.course.slug,
        title=outline.title,
        neutral_title=outline.neutral_title,
        state=attempt.state,
        started_at=attempt.started_at,
        completed_at=attempt.completed_at,
        lessons_done=len(progress.done),
        lessons_total=len(outline.lessons),
        minutes_left=progress.minutes_left,
        resume_args=(attempt.course.slug, lesson),
        resume_anchor=anchor,
    )


def resume_at(attempt: Attempt, progress: Progress) -> tuple[str, str]:
    """The lesson and the anchor at which to go on: where one left, and the last part once all are done."""
    lessons = progress.outline.lessons
    if progress.next_lesson is None:
        return lessons[-1].slug, ""
    return attempt.last_lesson or lessons[0].slug, attempt.anchor


def course_for_module(module_ids: Iterable[int]) -> dict[int, CourseRow]:
    """The open course of each of these modules that has one, by the module's id."""
    return {row[0]: CourseRow(*row) for row in _courses(list(module_ids))}


@PreparedRead
def _courses(modules: Given) -> QuerySet[CoursePage, Any]:
    open_ = CoursePage.objects.live().filter(among("module_id", modules), editions__isnull=False)
    names = ("module_id", "slug", "title", "neutral_title", "minutes", "is_online", "counts_as")
    return open_.order_by("is_online", "-path").values_list(*names)


def news_for(person: Person) -> tuple[News, ...]:
    """Courses worth another look: a substantive edition has come since this person last finished the course."""
    seen: dict[int, int] = {}
    finished: set[int] = set()
    for attempt in _with_edition(person.pk):
        course = attempt.course_id
        seen[course] = max(seen.get(course, 0), attempt.edition.number, attempt.looked_at_number)
        if not attempt.is_open:
            finished.add(course)
    if not finished:
        return ()
    newer = Edition.objects.filter(course__in=finished, course__live=True, kind=ChangeKind.SUBSTANTIVE)
    latest: dict[int, News] = {}
    for edition in newer.select_related("course").defer("content").order_by("number"):
        if edition.number > seen[edition.course_id]:
            course_page = edition.course
            latest[edition.course_id] = News(course_page.slug, course_page.title, edition.whats_new, edition.made_at)
    return tuple(sorted(latest.values(), key=lambda news: news.made_at, reverse=True))


@PreparedRead
def _with_edition(person: Given) -> QuerySet[Attempt]:
    return Attempt.objects.of(person).select_related("edition").defer("edition__content")


def local_services(attempt: Attempt, kind: str, *, on: date) -> tuple[LocalService, ...]:
    """Services of this kind in the partnership whose course it is, as far as their check holds on this day."""
    here = LocalService.objects.filter(partnership__pathways__modules__courses=attempt.course_id, kind=kind)
    return tuple(here.fresh(on).distinct())
