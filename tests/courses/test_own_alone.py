"""Progress and answers are seen by the person they are about, and by nobody else."""

import pytest

from courses.models import Answer, Attempt, FinalTry, Visit
from tests.courses.conftest import signed_in
from tests.factories import PersonFactory, TermFactory, UserFactory
from training.access.scoping import Unscoped

TABLES = [Attempt, Visit, Answer, FinalTry]


@pytest.fixture
def busy(learner, amira):
    """Amira has begun, answered, and tried the final check."""
    learner.post("/learning/small/start/")
    learner.get("/learning/small/part-1/")
    learner.post("/learning/small/part-1/", {"do": "answer", "check": "check-one", "chosen": "no"})
    learner.post("/learning/small/part-9/")
    return learner


@pytest.fixture
def manager(amira_post):
    """Amira's line manager, of the same agency."""
    boss = PersonFactory(user=UserFactory(email="boss@svh.example"))
    own = TermFactory(post__employment__person=boss, post__employment__agency=amira_post.employment.agency)
    term = amira_post.terms.everywhere(reason="test").get()
    term.manager = own.post
    term.save()
    return boss


@pytest.mark.parametrize("table", TABLES)
def test_she_sees_her_own(busy, amira, access_for, table):
    assert table.objects.visible_to(access_for(amira)).count() == 1


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("who", ["bea", "col", "dot", "manager"])
def test_nobody_else_does(busy, table, who, access_for, request):
    assert table.objects.visible_to(access_for(request.getfixturevalue(who))).count() == 0


@pytest.mark.parametrize("table", TABLES)
def test_a_query_that_says_nobody_raises(busy, table):
    with pytest.raises(Unscoped):
        list(table.objects.all())


def test_another_learner_at_the_same_address_meets_a_course_of_their_own(busy, manager):
    other = signed_in(manager)
    assert other.get("/learning/small/part-1/").url == "/learning/small/"
    assert other.get("/learning/small/part-9/answers/").status_code == 404
    assert other.get("/learning/small/done/").status_code == 404
    other.post("/learning/small/start/")
    assert "Feedback on check-one no" not in other.get("/learning/small/part-1/").content.decode()
    assert other.post("/learning/small/finish/").url == "/learning/small/"


@pytest.mark.parametrize("who", ["bea", "col", "dot"])
def test_who_is_on_no_roster_cannot_enter_the_player(course, who, request, client):
    client.force_login(request.getfixturevalue(who))
    assert client.get("/learning/small/").status_code == 403
    assert client.post("/learning/small/start/").status_code == 403


def test_a_visitor_is_asked_to_sign_in(course, client):
    assert client.get("/learning/small/part-1/").url.startswith("/account/login/")


def test_every_table_is_in_the_subject_access_export(busy, amira):
    from courses.privacy import HOLDINGS

    found = {holding.model: len(holding.rows_about(amira.uid)) for holding in HOLDINGS}
    assert {name: found[name] for name in (f"courses.{table.__name__}" for table in TABLES)} == {
        "courses.Attempt": 1,
        "courses.Visit": 1,
        "courses.Answer": 1,
        "courses.FinalTry": 1,
    }
