"""HR says where its workplaces are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import LocalityFactory, TermFactory
from training.audit.models import AuditEvent, FormerValue
from training.people.models import StalePost, Term, Workplace

ADDRESS = reverse("workplaces", args=["SVH"])


@pytest.fixture
def ward(world):
    """A workplace of the hospital's that nobody has placed, with a post in it."""
    ward = Workplace.objects.create(agency=world.agency, code="W1", title="Ward One")
    TermFactory(post__employment__agency=world.agency, workplace=ward)
    StalePost.objects.everywhere(reason="test").delete()
    return ward


def test_a_workplace_gets_a_locality_and_what_was_known_stays_known(world, ward, bea, client):
    north = LocalityFactory(partnership=world.partnership, title="North")
    client.force_login(bea)
    assert "Ward One" in client.get(ADDRESS).content.decode()
    for _ in range(2):
        client.post(ADDRESS, {f"place_{ward.pk}": north.pk})
    ward.refresh_from_db()
    assert ward.locality == north
    assert [row.value for row in FormerValue.objects.all()] == [None]
    assert AuditEvent.objects.filter(verb="place of workplace changed", agency_code="SVH").count() == 1
    assert StalePost.objects.within(world.agency).count() == 1


def test_a_page_of_them_marks_posts_once_and_last(world, ward, bea, client):
    """Decision 0014: nothing is locked after the marks."""
    north = LocalityFactory(partnership=world.partnership)
    other = Workplace.objects.create(agency=world.agency, code="W2", title="Ward Two")
    TermFactory(post__employment__agency=world.agency, workplace=other)
    client.force_login(bea)
    with CaptureQueriesContext(connection) as found:
        client.post(ADDRESS, {f"place_{each.pk}": north.pk for each in (ward, other)})
    writes = [query["sql"].replace('"', "").split("people_")[1].split()[0] for query in found if _writes(query["sql"])]
    assert writes == ["workplace", "workplace", "stalepost"]


def _writes(sql: str) -> bool:
    return sql.startswith(("UPDATE", "INSERT")) and "people_" in sql.partition("(")[0]


def test_no_locality_of_another_partnership_and_no_workplace_of_another_agency(world, ward, bea, dot, client):
    theirs = LocalityFactory(partnership__code="elsewhere", title="Faraway")
    client.force_login(bea)
    LocalityFactory(partnership=world.partnership, title="North")
    assert "Faraway" not in client.get(ADDRESS).content.decode()
    client.post(ADDRESS, {f"place_{ward.pk}": theirs.pk})
    client.force_login(dot)
    assert client.get(ADDRESS).status_code == 404
    client.post(reverse("workplaces", args=[world.neighbour.code]), {f"place_{ward.pk}": theirs.pk})
    ward.refresh_from_db()
    assert ward.locality is None


def test_nothing_is_said_of_a_workplace_that_the_page_did_not_show(world, ward, bea, client):
    north = LocalityFactory(partnership=world.partnership, title="North")
    elsewhere = LocalityFactory(partnership__code="elsewhere", title="Where it was before")
    other = Workplace.objects.create(agency=world.agency, code="W2", title="Ward Two", locality=north)
    Workplace.objects.filter(pk=ward.pk).update(locality=elsewhere)
    client.force_login(bea)
    client.post(ADDRESS, {f"place_{ward.pk}": elsewhere.pk})
    assert [Workplace.objects.get(pk=each.pk).locality for each in (ward, other)] == [elsewhere, north]


def test_a_workplace_that_no_post_names_any_more_is_not_asked_about(world, ward, bea, client, moment):
    LocalityFactory(partnership=world.partnership, title="North")
    Term.objects.within(world.agency).filter(workplace=ward).update(replaced_at=moment)
    client.force_login(bea)
    assert "Ward One" not in client.get(ADDRESS).content.decode()
