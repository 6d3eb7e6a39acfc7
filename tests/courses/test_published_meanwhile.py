"""Publishing beside publishing, and beside somebody who begins. On PostgreSQL alone: SQLite has one writer at a time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

import pytest
from django.db import connection, transaction

from courses.models import ChangeKind, CoursePage, LessonPage
from courses.services import publishing
from courses.services.loading import load_course
from courses.services.progress import start_attempt
from tests.conftest import make_world
from tests.courses.conftest import BEGUN, course_text
from tests.factories import ModuleFactory
from tests.scratch import scratch_database

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
AS_LONG_AS_IT_TAKES = 0.3


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, which is never committed to: a copy."""
    with django_db_blocker.unblock(), scratch_database("publishing"):
        yield


@pytest.fixture
def world(db):
    """The world in that copy: the one made for a whole file is never committed."""
    return make_world()


@pytest.fixture
def course(world):
    """The small course, published there."""
    ModuleFactory(code="DA-A1")
    return load_course(course_text(), partnership=world.partnership, at=BEGUN).course


def together(*work) -> list[object]:
    """All at once, each in its thread; what came of each."""

    def run(each):
        try:
            return each()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


def reword(slug: str) -> None:
    LessonPage.objects.filter(slug=slug).update(title=f"{slug} in other words")


def test_two_who_publish_at_once_make_one_edition_of_both(course, monkeypatch):
    alone, overlaps, snapshot = Lock(), [], publishing.snapshot

    def slowly(page):
        overlaps.append(not alone.acquire(blocking=False))
        Event().wait(AS_LONG_AS_IT_TAKES)
        try:
            return snapshot(page)
        finally:
            alone.release()

    monkeypatch.setattr(publishing, "snapshot", slowly)
    reword("part-1")
    reword("part-2")
    first, second = together(*[lambda: publishing.freeze(CoursePage.objects.get(pk=course.pk), at=BEGUN)] * 2)
    assert overlaps == [False, False]
    assert (first.number, second.number) == (2, 2)
    assert [row["title"] for row in first.content["lessons"]][:2] == ["part-1 in other words", "part-2 in other words"]


def test_who_begins_while_a_correction_is_published_reads_the_corrected_words(course, amira):
    corrected, begun = Event(), Event()

    def correct():
        with transaction.atomic():
            reword("part-1")
            publishing.freeze(course, at=BEGUN, kind=ChangeKind.CORRECTION)
            corrected.set()
            return begun.wait(AS_LONG_AS_IT_TAKES)

    def begin():
        assert corrected.wait(5)
        attempt = start_attempt(amira, course, at=BEGUN)
        begun.set()
        return attempt.edition.number, attempt.edition.correction

    assert together(correct, begin) == [False, (1, 1)]
