"""The line manager's pages: who answers to one's own post, by name, standing and dates."""

from datetime import UTC, date, datetime, timedelta

import pytest

from home.team import team_terms
from tests.factories import (
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    TermFactory,
    UserFactory,
    completion,
)
from tests.home.agency.conftest import colleague, post_of
from training.audit.models import AuditEvent
from training.ledger.rebuild import rebuild_standings
from training.pathways.models import Extension
from training.people.models import Term


@pytest.fixture(autouse=True)
def clock(monkeypatch, moment):
    """It is the moment of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.fixture
def lena(world, amira, client):
    """Manages amira's post, and is signed in."""
    rule = RequirementFactory(module=ModuleFactory(), role_group=RoleGroupFactory(code="MIDWIFE"))
    RequirementVersionFactory(requirement=rule)
    boss = PersonFactory(first_name="Lena", user=UserFactory())
    post = TermFactory(post__employment__person=boss, post__employment__agency=world.agency).post
    Term.objects.everywhere(reason="test").filter(post__employment__person=amira).update(manager=post)
    client.force_login(boss.user)
    return boss


def test_a_manager_sees_her_team_and_nobody_else(client, lena, amira, world, moment):
    colleague(world.agency, "Stranger")
    rebuild_standings(at=moment)
    page = client.get("/team/").content.decode()
    assert "Amira Learner" in page
    assert "Stranger" not in page


def test_the_team_is_narrowed_by_standing_and_module(client, lena, amira, world, moment):
    done = colleague(world.agency, "Una", manager=post_of(lena))
    module = ModuleFactory()
    completion(done, module, on=date(2026, 3, 2))
    rebuild_standings(at=moment)
    page = client.get("/team/", {"state": "in_date", "module": module.pk}).content.decode()
    assert "1 of 2 posts" in page
    assert "Una Colleague" in page
    assert "Amira Learner" not in page


def test_a_persons_page_has_standing_and_dates_and_no_reason(client, lena, amira, world, moment):
    said = {"recorded_at": datetime(2026, 10, 1, tzinfo=UTC), "recorded_by": "system:test"}
    Extension.objects.create(post=post_of(amira), module=ModuleFactory(), due_on=date(2026, 12, 24), **said)
    rebuild_standings(at=moment)
    page = client.get(f"/team/{post_of(amira).uid}/").content.decode().partition("<main")[2]
    assert "Amira Learner" in page
    assert "24 December 2026" in page
    for word in ("ecause", "moved", "amira@", "Evidence"):
        assert word not in page
    event = AuditEvent.objects.get(verb="person read")
    assert (event.actor, event.object_uid) == (f"user:{lena.user.uid}", str(amira.uid))


def test_somebody_who_answers_to_another_does_not_exist(client, lena, amira, world):
    for agency in (world.agency, world.neighbour):
        assert client.get(f"/team/{post_of(colleague(agency, 'Stranger')).uid}/").status_code == 404


def test_a_post_at_another_agency_does_not_answer_here(client, lena, amira, world, moment):
    away = colleague(world.neighbour, "Nora", manager=post_of(lena))
    rebuild_standings(at=moment)
    assert "Nora" not in client.get("/team/").content.decode()
    assert client.get(f"/team/{post_of(away).uid}/").status_code == 404


def test_who_is_protected_has_no_name_here(client, lena, amira, moment):
    amira.is_protected = True
    amira.save()
    rebuild_standings(at=moment)
    for address in ("/team/", f"/team/{post_of(amira).uid}/"):
        page = client.get(address).content.decode().partition("<main")[2]
        assert "Name withheld" in page
        assert "Amira" not in page


def test_who_has_left_the_post_has_no_team_any_more(lena, amira, access_for, day):
    Term.objects.everywhere(reason="test").filter(post=post_of(lena)).update(ends_on=day - timedelta(days=1))
    assert not team_terms(access_for(lena), on=day).exists()


def test_a_bigger_team_costs_no_more_queries(client, lena, amira, world, moment, django_assert_num_queries):
    rebuild_standings(at=moment)
    client.get("/team/")
    with django_assert_num_queries(14) as counted:
        client.get("/team/")
    for name in ("Una", "Dua", "Tria"):
        colleague(world.agency, name, manager=post_of(lena))
    rebuild_standings(at=moment)
    with django_assert_num_queries(len(counted)):
        client.get("/team/")
