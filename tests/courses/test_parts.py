"""The online part of a module: finishing it is told as it is, and completes nothing."""

from datetime import timedelta

import pytest
from django.test import Client

from courses.editions import outline_of
from courses.models import Attempt, FinalTry, Visit
from courses.open_attempts import open_attempts
from courses.parts import parts_done
from courses.services.final import finish_attempt
from courses.services.loading import load_course
from courses.services.progress import start_attempt
from tests.courses.conftest import course_text, signed_in
from tests.factories import RequirementFactory, RequirementVersionFactory, RoleGroupFactory, completion
from training.access.actor import Actor
from training.ledger.models import Completion
from training.ledger.rebuild import rebuild_standings

BOOK = "Your HR team books the two days with others."


@pytest.fixture
def finished(amira, world, module, moment) -> Attempt:
    """Amira, who is asked for the module, has finished its online part."""
    rule = RequirementFactory(module=module, role_group=RoleGroupFactory(code="MIDWIFE"))
    RequirementVersionFactory(requirement=rule)
    text = course_text(counts_as="part", how_to_book=BOOK)
    course = load_course(text, partnership=world.partnership, at=moment).course
    attempt = start_attempt(amira, course, at=moment)
    for lesson in ("part-1", "part-2", "part-3"):
        Visit.objects.create(attempt=attempt, lesson=lesson, opened_at=moment)
    FinalTry.objects.create(attempt=attempt, number=1, begun_at=moment, marked_at=moment, is_passed=True)
    assert finish_attempt(attempt, outline_of(attempt.edition), by=Actor("user", "amira"), at=moment) is None
    rebuild_standings(at=moment)
    return Attempt.objects.of(amira).get()


def test_it_writes_nothing_to_the_ledger(finished, amira):
    assert finished.state == "complete"
    assert not Completion.objects.of(amira).exists()


def test_its_own_pages_say_what_is_left(finished, amira):
    learner = signed_in(amira)
    for address in ("/learning/small/done/", "/learning/small/"):
        page = learner.get(address).content.decode()
        assert "nline part" in page
        assert BOOK in page
        assert "our certificate" not in page


def test_the_learners_page_says_it_and_so_does_hrs(finished, amira, bea, world):
    page = signed_in(amira).get("/learning/").content.decode()
    assert "<strong>Online part done</strong> on 2 November 2026" in page
    assert BOOK in page
    hr = Client()
    hr.force_login(bea)
    page = hr.get(f"/agency/{world.agency.code}/people/{amira.uid}/").content.decode()
    assert "Online part done" in page
    assert BOOK in page


def test_it_stands_as_in_progress_until_the_module_is_completed(finished, amira, module, moment):
    assert (amira.pk, module.pk) in open_attempts([amira.pk])
    assert [part.module_code for part in parts_done(amira)] == ["DA-A1"]
    later = moment + timedelta(days=9)
    completion(amira, module, on=later.date(), at=later)
    assert (amira.pk, module.pk) not in open_attempts([amira.pk])
    assert parts_done(amira) == ()
