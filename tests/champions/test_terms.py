"""What champions agree to, in the partnership's words: a change asks every one of them again."""

import pytest

from champions import terms
from champions.models import Neighbours, ReaderDay, Wording
from champions.services.neighbours import set_neighbours
from tests.champions.conftest import BY

TERMS = "/champions/network/severnshire/terms/"
DISTRICTS = "/champions/network/severnshire/districts/"


def test_new_words_hide_everybody_until_they_have_agreed(sign_in, amira, cy, pola):
    client = sign_in(cy)
    assert f"Number {terms.VERSION} is in force" in client.get(TERMS).content.decode()
    page = client.post(
        TERMS, {"number": terms.VERSION, "text": "You answer within a week.\n\n You  may hide. "}, follow=True
    )
    assert f"Number {terms.VERSION + 1} is in force" in page.content.decode()
    assert Wording.objects.get().sentences == ["You answer within a week.", "You may hide."]
    assert "Pola" not in sign_in(amira).get("/champions/").content.decode()
    own = sign_in(pola.person)
    assert "hidden until you have read it again" in own.get("/champions/me/").content.decode()
    assert "You answer within a week." in own.get("/champions/me/listing/").content.decode()
    own.post("/champions/me/listing/", {"terms_version": terms.VERSION + 1, "agrees": "on", "name_to": "everybody"})
    assert "Pola Roster" in sign_in(amira).get("/champions/").content.decode()


@pytest.mark.parametrize(
    ("number", "text", "said"),
    [
        (0, "New words.", "changed the terms meanwhile"),
        (terms.VERSION, " \n ", "Write at least one sentence"),
        (terms.VERSION, "x" * 6001, "Write 6,000 characters or fewer"),
    ],
)
def test_terms_that_cannot_be_are_refused_in_words(sign_in, cy, number, text, said):
    assert said in sign_in(cy).post(TERMS, {"number": number, "text": text}).content.decode()
    assert not Wording.objects.exists()


def test_the_same_words_ask_nobody(sign_in, cy, pola):
    client = sign_in(cy)
    text = client.get(TERMS).context["form"].initial["text"]
    assert (
        "Nothing has changed"
        in client.post(TERMS, {"number": terms.VERSION, "text": text}, follow=True).content.decode()
    )
    assert not Wording.objects.exists()


def test_a_district_finds_those_of_the_districts_beside_it_after_its_own(
    sign_in, amira, cy, network, world, pola, hana, moment
):
    page = sign_in(cy).post(f"{DISTRICTS}?of={network.north.pk}", {"beside": [network.south.pk]}, follow=True)
    assert "Southmere" in page.content.decode()
    assert [(pair.one, pair.other) for pair in Neighbours.objects.all()] == [(network.north, network.south)]
    found = sign_in(amira).get(f"/champions/?locality={network.south.pk}").content.decode()
    assert found.index("Hana Roster") < found.index("Pola Roster")
    alone = sign_in(amira).post("/champions/", {"locality": network.south.pk, "only_here": "on"}).content.decode()
    assert "Pola" not in alone
    set_neighbours(locality=network.south, beside=[], by=BY, at=moment)
    assert not Neighbours.objects.exists()


def test_a_district_of_another_partnership_is_nobodys_neighbour(sign_in, cy, network, stranger):
    answer = sign_in(cy).post(f"{DISTRICTS}?of={network.north.pk}", {"beside": ["999999"]})
    assert "Select a valid choice" in answer.content.decode()
    assert not Neighbours.objects.exists()


def test_looks_are_told_by_day_and_agency_and_nobody_is_named(sign_in, amira, cy, pola):
    for _ in range(3):
        sign_in(amira).get("/champions/")
    page = sign_in(cy).get("/champions/network/severnshire/looks/").content.decode()
    assert "Amira" not in page
    assert 'numeric">3<' in page.replace("\n", "")
    ReaderDay.objects.everywhere(reason="test").update(looks=90)
    page = sign_in(cy).get("/champions/network/severnshire/looks/").content.decode()
    assert "Severn Vale Hospitals" in page
    assert "Amira" not in page
