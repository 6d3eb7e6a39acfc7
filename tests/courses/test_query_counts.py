"""Pages ask the database as often for much as for little."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.selectors import attempts_of, course_for_module
from courses.services.loading import load_course
from courses.services.progress import start_attempt
from tests.courses.conftest import course_text, signed_in
from tests.factories import ModuleFactory


def queries(ask):
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


@pytest.mark.parametrize("page", ["part-1/", ""])
def test_a_page_of_a_short_course_asks_as_often_as_of_a_long_one(world, module, amira, moment, page):
    client, counts = signed_in(amira), []
    for lessons in (1, 3, 7):
        text = course_text(lessons, slug=f"of-{lessons}")
        course = load_course(text, partnership=world.partnership, at=moment).course
        client.post(f"/learning/{course.slug}/start/")
        for number in range(1, lessons + 1):
            client.get(f"/learning/{course.slug}/part-{number}/")
        address = f"/learning/{course.slug}/{page}"
        client.get(address)
        counts.append(queries(lambda address=address: client.get(address)))
    assert counts == [8, 8, 8]


def test_the_learners_page_asks_as_often_for_three_courses_as_for_one(world, module, amira, moment):
    counts = []
    for number in (1, 2, 3):
        module = ModuleFactory(code=f"DA-A{number}")
        text = course_text(1, module=module.code, slug=f"course-{number}")
        start_attempt(amira, load_course(text, partnership=world.partnership, at=moment).course, at=moment)
        attempts_of(amira)
        counts.append(queries(lambda: attempts_of(amira)))
    assert counts == [2, 2, 2]


def test_what_nobody_asks_for_is_carried_on_at_one_query_however_much_of_it_there_is(world, module, amira, moment):
    client, counts = signed_in(amira), []
    client.get("/learning/")
    counts.append(queries(lambda: client.get("/learning/")))
    for number in (1, 2, 3):
        module = ModuleFactory(code=f"DA-A{number}")
        text = course_text(1, module=module.code, slug=f"course-{number}")
        start_attempt(amira, load_course(text, partnership=world.partnership, at=moment).course, at=moment)
        client.get("/learning/")
        counts.append(queries(lambda: client.get("/learning/")))
    assert client.get("/learning/").content.decode().count("about 10 minutes left") == 3
    assert [count - counts[0] for count in counts] == [0, 1, 1, 1]


def test_courses_of_modules_are_one_query(course, module):
    other = ModuleFactory(code="DA-B1")
    with CaptureQueriesContext(connection) as asked:
        found = course_for_module([module.pk, other.pk])
    assert len(asked) == 1
    assert {key: (row.slug, row.minutes) for key, row in found.items()} == {module.pk: ("small", 20)}


def test_an_unpublished_course_is_no_course_of_its_module(course, module):
    course.unpublish()
    assert course_for_module([module.pk]) == {}
