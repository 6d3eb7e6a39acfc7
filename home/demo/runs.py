"""Invented people in the middle of a course and at its end, so that its authors have figures to look at."""

import random
from collections.abc import Collection
from datetime import datetime, timedelta

from courses.content.questions import Question
from courses.content.schema import Scenario
from courses.draw import drawn
from courses.editions import final_of, outline_of, pieces_of
from courses.models import Attempt, CoursePage
from courses.outline import LessonOutline, Outline
from courses.pieces import knowledge_checks, scenarios
from courses.services.figures import count_courses
from courses.services.final import answer_final, begin_try, finish_attempt
from courses.services.progress import answer_question, finish_lesson, open_lesson, start_attempt
from courses.services.remarks import end_story, remark
from courses.stories import walk
from training.access.actor import Actor
from training.ledger.models import Entry
from training.people.models import Partnership, Person

from .history import REASON, SEED

COURSE = "DA-A1"
# How many leave off after so many parts, and how long ago they began; the others finish
LEFT_OFF = ((3, 11, timedelta(days=50)), (5, 15, timedelta(days=6)), (6, 4, timedelta(days=45)))
FINISHED = 36
COMMENTS = ("The story with the neighbour stayed with me.", "I would have liked more about older people.")


def build_runs(partnership: Partnership, *, by: Actor, at: datetime, leave_out: Collection[str]) -> int:
    """Runs through one course by people who have not done it; how many. Then the figures, as the worker counts them."""
    chance = random.Random(SEED)  # noqa: S311 - invented data, not a secret
    course = CoursePage.objects.get(module__code=COURSE, module__pathway__partnership=partnership)
    done = Entry.objects.everywhere(reason=REASON).filter(module=course.module).values("person")
    people = Person.objects.everywhere(reason=REASON).filter(employments__isnull=False).exclude(pk__in=done)
    waiting = list(people.exclude(employments__work_email__in=leave_out).order_by("pk").distinct())
    ends = [(parts, ago) for parts, count, ago in LEFT_OFF for _ in range(count)]
    ends += [(0, timedelta(days=8 + 2 * number)) for number in range(FINISHED)]
    for person, (parts, ago) in zip(waiting, ends, strict=False):
        attempt = start_attempt(person, course, at=at - ago)
        outline = outline_of(attempt.edition)
        for lesson in outline.lessons[: parts or None]:
            _take(attempt, outline, lesson, chance, at=at - ago + timedelta(minutes=6 * lesson.number))
        if not parts:
            _finish(attempt, outline, chance, by=by, at=at - ago + timedelta(hours=1))
    count_courses(at=at)
    return min(len(waiting), len(ends))


def _take(attempt: Attempt, outline: Outline, lesson: LessonOutline, chance: random.Random, *, at: datetime) -> None:
    """One part, its questions and its stories."""
    open_lesson(attempt, lesson.slug, at=at)
    pieces = pieces_of(attempt.edition, lesson.slug)
    for number, check in enumerate(knowledge_checks(pieces).values()):
        answer_question(attempt, check, _answer(check, chance, right=0.85 - number / 5), at=at)
    for story in scenarios(pieces):
        end_story(attempt, story.key, _way(story, chance))
    if outline.after(lesson):
        finish_lesson(attempt, lesson.slug, at=at)


def _finish(attempt: Attempt, outline: Outline, chance: random.Random, *, by: Actor, at: datetime) -> None:
    """The final check, with a mistake here and there, the last button, and what they thought."""
    here = outline.final
    assert here is not None, "a course that is done here has a final check"
    check = final_of(attempt.edition, here.slug)
    final_try = begin_try(attempt, at=at)
    assert final_try is not None, "nobody rests before a first try"
    for number, question in enumerate(drawn(check, attempt.uid, final_try.number)):
        chosen = _answer(question, chance, right=0.7 if number == 0 else 1)
        answer_final(attempt, final_try, check, question, chosen, lesson=here.slug, pass_mark=outline.pass_mark, at=at)
    finish_attempt(attempt, outline, by=by, at=at)
    comment = chance.choice(COMMENTS) if chance.random() < 0.2 else ""
    remark(attempt, useful=chance.choice((2, 3, 4, 4, 5)), comment=comment)


def _answer(question: Question, chance: random.Random, *, right: float) -> Collection[str]:
    """Mostly the right one; where everything is put in place, a wrong one puts it all into the first."""
    if chance.random() < right:
        return question.right()
    if question.is_placed:
        return {f"{option.key}:{question.places()[0].key}" for option in question.options}
    return {next(option.key for option in question.options if not option.correct)}


def _way(story: Scenario, chance: random.Random) -> str:
    """Some way through it, by the numbers of its choices."""
    way: tuple[int, ...] = ()
    while (waiting := walk(story, way).waiting) is not None:
        way = (*way, chance.choice((1, 1, *range(1, len(waiting.choices) + 1))))
    return "-".join(map(str, way))
