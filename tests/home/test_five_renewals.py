"""A first completion and five renewals of one person, through the course and on: nothing is ever erased."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import caches

from certificates.checking import checked
from certificates.models import Certificate
from courses.draw import drawn
from courses.editions import outline_of, pieces_of
from courses.models import Answer, Attempt
from courses.services.final import answer_final, begin_try, finish_attempt
from courses.services.loading import load_course
from courses.services.progress import open_lesson, start_attempt
from tests.courses.conftest import course_text
from tests.factories import ModuleFactory, RequirementFactory, RequirementVersionFactory, RoleGroupFactory
from tests.live import standings_of
from training.access.actor import Actor
from training.ledger.history import obligations
from training.ledger.models import Entry, StandingStep
from training.ledger.rebuild import refresh_stale
from training.ledger.selectors import histories
from training.ledger.services import announce
from training.ledger.standing import State
from training.ledger.verify import verify

ME = Actor("user", "amira")
FIRST = date(2025, 2, 10)
DONE_ON = [FIRST, *(date(year, 1, 20) for year in range(2026, 2031))]
"""Each renewal three weeks before the end of the period before it: inside the window."""
ENDS_ON = [date(year, 2, 10) for year in range(2026, 2032)]


@pytest.fixture(autouse=True)
def fresh_cache():
    caches["local"].clear()


@pytest.fixture
def course(world, amira_post):
    """A small course for a module that Amira's role needs every year, from the old end."""
    module = ModuleFactory(code="DA-A1")
    requirement = RequirementFactory(module=module, role_group=RoleGroupFactory(code="MIDWIFE"))
    RequirementVersionFactory(requirement=requirement, validity_months=12, basis="from_old_end", window_days=60)
    return load_course(course_text(), partnership=world.partnership, at=noon(date(2025, 1, 1))).course


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def take(person, course, on):
    """The whole course on one day: every lesson opened, the final check passed, the last button pressed."""
    at = noon(on)
    attempt = start_attempt(person, course, at=at)
    outline = outline_of(attempt.edition)
    for lesson in outline.lessons:
        open_lesson(attempt, lesson.slug, at=at)
    final_lesson = next(lesson for lesson in outline.lessons if lesson.is_final)
    check = next(piece.part for piece in pieces_of(attempt.edition, final_lesson.slug) if hasattr(piece.part, "ask"))
    again = begin_try(attempt, at=at)
    for question in drawn(check, attempt.uid, again.number):
        right = [option.key for option in question.options if option.correct]
        said = {"lesson": final_lesson.slug, "pass_mark": outline.pass_mark, "at": at}
        answer_final(attempt, again, check, question, right, **said)
        again.refresh_from_db()
    return finish_attempt(attempt, outline, by=ME, at=at)


@pytest.fixture
def renewed(amira, course):
    """What stood after each of the six: the bytes of every entry and certificate there was."""
    stood = []
    for on in DONE_ON:
        take(amira, course, on)
        announce()
        refresh_stale(at=noon(on))
        stood.append(everything(amira))
    return stood


def everything(person):
    """Every row of the ledger, every certificate and every attempt with its answers, column by column."""
    return {
        (table.__name__, row["id"]): row
        for table, rows in (
            (Entry, Entry.objects.of(person)),
            (Certificate, Certificate.objects.everywhere(reason="test").filter(completion__person=person)),
            (Attempt, Attempt.objects.of(person)),
            (Answer, Answer.objects.everywhere(reason="test").filter(attempt__person=person)),
        )
        for row in rows.values()
    }


def test_six_periods_six_certificates_and_nothing_erased(world, amira, amira_post, course, renewed):
    (known,) = histories([amira_post.pk], attempts={})
    (asked,) = obligations(known.history)
    assert [(each.starts_on, each.ends_on) for each in asked.periods] == list(zip(DONE_ON, ENDS_ON, strict=True))
    certificates = Certificate.objects.everywhere(reason="test").order_by("pk")
    assert [(each.words.completed_on, each.words.valid_until) for each in certificates] == list(
        zip(DONE_ON, ENDS_ON, strict=True)
    )
    assert len({each.code for each in certificates}) == 6
    assert all(checked(each.code, on=DONE_ON[-1]) is not None for each in certificates)
    assert Attempt.objects.of(amira).filter(state=Attempt.State.COMPLETE).count() == 6
    for before, after in zip(renewed, renewed[1:], strict=False):
        assert before.items() <= after.items(), "what stood once stands for ever"
        assert len(after) > len(before)
    verdict = verify(world.partnership)
    assert (verdict.is_intact, verdict.entries) == (True, 6)


def test_never_a_day_out_of_date_in_six_years_by_facts_and_by_the_read_table(amira, amira_post, renewed):
    for number in range((ENDS_ON[-1] - FIRST).days + 2):
        on = FIRST + timedelta(days=number)
        step = StandingStep.objects.everywhere(reason="test").current_on(on).get()
        assert step.is_valid == (on <= ENDS_ON[-1]), on
        assert step.state in ((State.IN_DATE, State.DUE_SOON) if step.is_valid else (State.OVERDUE,))


def test_each_year_is_told_as_it_was_told_then(amira_post, renewed):
    """As known on the day of each completion, the end is that of its own certificate."""
    for on, end in zip(DONE_ON, ENDS_ON, strict=True):
        (found,) = standings_of(amira_post, on=on, known_at=noon(on), attempts={})
        assert (found.standing.valid_until, found.standing.state) == (end, State.IN_DATE)
