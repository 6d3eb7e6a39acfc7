"""What a learner says of a finished course: once, without a name, and read by a reviewer before an author sees it."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from courses.models import Attempt, CourseFigures, Remark
from courses.services.remarks import comments_of, heard, moderate, remark
from tests.factories import PersonFactory, RoleGrantFactory
from training.access.actor import Actor
from training.audit.models import AuditEvent

LOOKED = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
SAID = "/learning/small/said/"


@pytest.fixture
def finished(learner, amira, moment):
    learner.post("/learning/small/start/")
    Attempt.objects.of(amira).update(state="complete", completed_at=moment)
    return learner


@pytest.fixture
def nine(course):
    """Nine people have said how useful it was; two of them in words."""
    for number in range(9):
        said = f"Words {number}" if number < 2 else ""
        Remark.objects.create(course=course, useful=4, comment=said, state="held" if said else "none")


def test_the_last_page_asks_and_says_what_becomes_of_it(finished):
    page = finished.get("/learning/small/done/").content.decode()
    assert "Do not write about real people" in page
    assert "Send without my name" in page


def test_it_is_kept_once_and_leads_to_nobody(finished, amira, course):
    for useful in ("5", "1"):
        assert finished.post(SAID, {"useful": useful, "comment": " Good. "}).url == "/learning/small/done/"
    row = Remark.objects.get()
    assert (row.course, row.useful, row.comment, row.state) == (course, 5, "Good.", "held")
    assert {field.name for field in Remark._meta.fields} == {"uid", "course", "ten", "useful", "comment", "state"}
    assert Attempt.objects.of(amira).get().has_remarked
    assert "Send without my name" not in finished.get("/learning/small/done/").content.decode()


def test_a_mark_alone_is_enough(finished):
    finished.post(SAID, {"useful": "3"})
    assert (Remark.objects.get().comment, Remark.objects.get().state) == ("", "none")


@pytest.mark.parametrize("sent", [{}, {"useful": "9"}, {"useful": "4", "comment": "x" * 301}])
def test_what_is_amiss_is_said_and_nothing_is_kept(finished, sent):
    page = finished.post(SAID, sent).content.decode()
    assert "There is a problem" in page
    assert not Remark.objects.exists()


def test_a_run_that_is_not_finished_says_nothing_yet(learner, amira):
    learner.post("/learning/small/start/")
    assert learner.post(SAID, {"useful": "5"}).url == "/learning/small/"
    assert remark(Attempt.objects.of(amira).get(), useful=5, comment="") is False


def test_comments_wait_for_ten_people_and_then_for_a_reviewer(nine, course, moment):
    assert comments_of(course, Remark.State.HELD) == []
    Remark.objects.create(course=course, useful=2)
    one, two = comments_of(course, Remark.State.HELD)
    assert comments_of(course, Remark.State.SHOWN) == []
    for said, is_shown in ((one, True), (two, False), (two, True)):
        moderate(said, is_shown=is_shown, by=Actor("user", "r"), at=moment)
    assert [said.comment for said in comments_of(course, Remark.State.SHOWN)] == [one.comment]
    assert sorted(Remark.objects.values_list("comment", flat=True)) == [*[""] * 9, one.comment]
    assert list(AuditEvent.objects.filter(object_kind="course").values_list("verb", flat=True)) == [
        "comment shown to authors",
        "comment taken away",
    ]


def test_whoever_looks_twice_finds_ten_people_more_or_none(finished, nine, course, amira, moment):
    """HR sees who finished today: a comment that is new today would be theirs."""
    remark(Attempt.objects.of(amira).get(), useful=1, comment="The tenth")
    seen = []
    for number in range(10):
        seen.append((len(comments_of(course, Remark.State.HELD)), heard(course).count()))
        person = PersonFactory()
        done = {"state": "complete", "started_at": moment, "completed_at": moment}
        attempt = Attempt.objects.create(person=person, course=course, edition=course.editions.last(), **done)
        assert remark(attempt, useful=5, comment=f"Later {number}")
    assert seen == [(3, 10)] * 10
    assert (len(comments_of(course, Remark.State.HELD)), heard(course).count()) == (13, 20)


@pytest.mark.parametrize("wrong", [{"useful": 0}, {"useful": 6}, {"comment": "x"}, {"state": "held"}])
def test_the_table_itself_refuses_nonsense(course, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.create(**{"course": course, "useful": 3} | wrong)


@pytest.fixture
def page(nine, course, moment):
    """The figures of a course of which ten have said something."""
    Remark.objects.create(course=course, useful=2)
    return f"/cms/course-figures/{course.pk}/"


def editor(code):
    client = Client()
    client.force_login(RoleGrantFactory(user__email=f"{code}@svh.example", role_code=code).user)
    return client


def test_an_author_meets_the_figures_and_no_comment_that_waits(page):
    author = editor("content_author")
    assert "A small course" in author.get("/cms/course-figures/").content.decode()
    said = author.get(page).content.decode()
    assert "Fewer than ten people have begun" in said
    assert "Words" not in said
    held = Remark.objects.filter(state="held").first()
    assert author.post(f"{page}{held.pk}/", {"do": "show"}).url == "/cms/"
    assert Remark.objects.filter(state="held").count() == 2


def test_a_reviewer_lets_one_through_and_takes_one_away(page):
    reviewer = editor("content_reviewer")
    assert reviewer.get(page).content.decode().count("Words") == 2
    shown, taken = Remark.objects.filter(state="held").order_by("pk")
    assert reviewer.post(f"{page}{shown.pk}/", {"do": "show"}).url == page
    reviewer.post(f"{page}{taken.pk}/", {"do": "take"})
    reviewer.post(f"{page}{taken.pk}/", {"do": "show"})
    said = editor("content_author").get(page).content.decode()
    assert shown.comment in said
    assert taken.comment not in said


def test_who_edits_nothing_finds_no_figures(page, learner):
    assert learner.get(page).status_code == 404


def test_a_coordinator_sees_the_courses_of_their_partnership_and_no_comments(page, world, course):
    shown = {
        "places": [{"title": "Began", "people": "40"}, {"title": "Finished", "people": "*"}],
        "questions": [{"prompt": "Which?", "people": "40", "share": "25%"}],
        "stories": [],
        "useful": {"people": "10", "share": "*"},
    }
    CourseFigures.objects.create(course=course, looked_at=LOOKED, counted_at=LOOKED, begun=41, shown=shown)
    Remark.objects.filter(state="held").update(state="shown")
    coordinator = Client()
    coordinator.force_login(RoleGrantFactory(role_code="partnership_coordinator", partnership=world.partnership).user)
    said = coordinator.get("/course-figures/severnshire/").content.decode()
    assert "DA-A1: A small course" in said
    assert "Right the first time: 25% of 40 people" in said
    assert "41" not in said
    assert "Words" not in said
    assert 'href="/course-figures/severnshire/"' in coordinator.get("/support/").content.decode()
