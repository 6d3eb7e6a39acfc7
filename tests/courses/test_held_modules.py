"""Modules that are not done online have course pages too: what they teach, and how to book or record them."""

import pytest

from courses.content.held import read_held
from courses.models import Attempt, CoursePage
from courses.services.held import load_held
from courses.services.loading import load_course
from courses.services.packaged import load_packaged
from tests.courses.conftest import course_text, signed_in
from tests.factories import ModuleFactory
from training.pathways.catalogue import read_catalogue


@pytest.fixture
def b1(world):
    return ModuleFactory(code="DA-B1", title="Ask and Respond", outcomes=["find a private moment"])


@pytest.fixture
def loaded(b1, moment):
    return load_held(b1, read_held(), at=moment)


def test_every_module_of_the_catalogue_has_a_course_or_a_page():
    from pathlib import Path

    from courses.content import schema

    written = {schema.read_course(path.stem).module for path in Path(schema.__file__).parent.glob("*.yaml")}
    held = set(read_held().modules)
    assert written & held == set()
    assert written | held == {module.code for module in read_catalogue().modules}


def test_a_learner_reads_what_it_covers_and_how_to_book(loaded, amira):
    page = signed_in(amira).get("/learning/module-b1/").content.decode()
    assert "Find a private moment" in page
    assert "How to book" in page
    assert "How it gets on your record" in page
    assert "Start" not in page


def test_there_is_nothing_to_begin(loaded, amira):
    learner = signed_in(amira)
    learner.post("/learning/module-b1/start/")
    learner.post("/learning/module-b1/another-way/", {"do": "text"})
    assert not Attempt.objects.of(amira).exists()
    assert learner.get("/learning/module-b1/another-way/").status_code == 200


def test_loading_again_changes_nothing_and_a_changed_pathway_does(loaded, b1, moment):
    again = load_held(b1, read_held(), at=moment)
    assert (again.is_changed, again.edition) == (False, loaded.edition)
    b1.outcomes = ["ask again"]
    assert load_held(b1, read_held(), at=moment).edition.number == 2


def test_a_course_of_its_own_is_left_alone(b1, world, moment):
    load_course(course_text(module="DA-B1"), partnership=world.partnership, at=moment)
    assert load_held(b1, read_held(), at=moment) is None
    assert CoursePage.objects.count() == 1


def test_what_the_pathway_has_no_module_for_is_left_out(b1, world, moment):
    assert [each.course.slug for each in load_packaged(world.partnership, at=moment)] == ["module-b1"]
