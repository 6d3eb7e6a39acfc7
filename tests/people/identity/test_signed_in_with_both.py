"""A record that somebody signs in with is brought by signing in with both, one after the other, and by nothing less."""

import pytest
from django.conf import settings
from django.core.signing import get_cookie_signer
from django.test import Client

from home.both_records import COOKIE
from tests.factories import UserFactory, completion
from tests.live import my_standings
from tests.people.identity.conftest import AT, BY, record
from tests.sso.conftest import sign_in
from training.people.identity.claims import join_signed_in
from training.people.identity.merge import AlreadyOne, IdentityError, join_records
from training.people.models import Person, RecordClaim, Sameness

ASK, OFFERED = "/learning/earlier/sign-in/", "/learning/earlier/offered/"


def signing_in(agency, last_name: str) -> Person:
    person = record(agency, last_name=last_name)
    person.user = UserFactory(email=f"{last_name.lower()}@{agency.code.lower()}.example")
    person.save()
    return person


@pytest.fixture
def old(world) -> Person:
    return signing_in(world.agency, "Before")


@pytest.fixture
def nia(world) -> Person:
    return signing_in(world.neighbour, "After")


def samenesses():
    said = Sameness.objects.everywhere(reason="test").known_now()
    return [(each.record_id, each.same_as_id, each.proof) for each in said]


@pytest.fixture
def asked(client, nia):
    """A browser in which Nia asked where she works now, and was signed out."""
    client.force_login(nia.user)
    page = client.post(ASK, follow=True).content.decode()
    assert f'name="next" value="{OFFERED}"' in page, "signing in leads back"
    assert settings.SESSION_COOKIE_NAME not in client.cookies or not client.cookies[settings.SESSION_COOKIE_NAME].value
    return client


def test_one_who_signs_in_with_both_joins_them_and_everybody_of_theirs_is_told(asked, old, nia, rule, day, mailoutbox):
    completion(old, rule.module)
    sign_in(asked, old.user.email)
    mailoutbox.clear()
    page = asked.get(OFFERED).content.decode()
    assert "Nia After" in page and "Severnshire" not in page
    assert samenesses() == []
    asked.post(OFFERED, {"do": "join"})
    assert samenesses() == [(old.pk, nia.pk, "sign_in")]
    nia.refresh_from_db(), old.refresh_from_db()
    assert [each.state for each in my_standings(nia, on=day)] == ["in_date"]
    assert old.earlier_records() == (), "nothing flows back"
    assert sorted(mail.to for mail in mailoutbox) == [["after@svp.example"], ["before@svh.example"]]
    assert asked.get(OFFERED)["Location"] == "/learning/earlier/", "the wish is used up"


def test_whoever_does_not_agree_joins_nothing_and_the_wish_is_gone(asked, old):
    sign_in(asked, old.user.email)
    asked.post(OFFERED, {"do": "no"})
    asked.post(OFFERED, {"do": "join"})
    assert samenesses() == []


def test_without_the_other_sign_in_before_it_there_is_nothing_to_agree_to(client, asked, nia, old):
    sign_in(asked, nia.user.email)
    assert asked.get(OFFERED).status_code == 302, "not with itself"
    asked.cookies[COOKIE] = f"{old.uid}:forged"
    assert asked.post(OFFERED, {"do": "join"}).status_code == 302
    assert samenesses() == []


def test_a_session_that_was_left_open_agrees_to_nothing(client, old, nia):
    sign_in(client, old.user.email)
    elsewhere = Client()
    elsewhere.force_login(nia.user)
    elsewhere.post(ASK)
    client.cookies[COOKIE] = elsewhere.cookies[COOKIE].value
    assert client.get(OFFERED)["Location"] == "/learning/earlier/"
    client.post(OFFERED, {"do": "join"})
    assert samenesses() == []
    client.logout()
    client.cookies[COOKIE] = elsewhere.cookies[COOKIE].value
    sign_in(client, old.user.email)
    client.post(OFFERED, {"do": "join"})
    assert samenesses() == [(old.pk, nia.pk, "sign_in")], "by signing in again it is theirs to say"


def test_the_wish_lasts_a_quarter_of_an_hour(client, old, nia, monkeypatch):
    sign_in(client, old.user.email)
    with monkeypatch.context() as earlier:
        earlier.setattr("django.core.signing.time.time", lambda: 1_000_000)
        signed = get_cookie_signer(salt=COOKIE + COOKIE).sign(f"{nia.uid} 1000000.0")
    client.cookies[COOKIE] = signed
    client.post(OFFERED, {"do": "join"})
    assert samenesses() == []


def test_a_record_brought_to_another_is_not_brought_again_and_a_chain_is(world, old, nia):
    further, other = signing_in(world.agency, "Further"), signing_in(world.neighbour, "Other")
    join_records(old, further, proof=Sameness.Proof.ADDRESS, by=BY, at=AT)
    join_signed_in(nia, old, by=BY, at=AT)
    nia.refresh_from_db()
    assert set(nia.earlier_records()) == {old.pk, further.pk}
    with pytest.raises(AlreadyOne):
        join_signed_in(nia, old, by=BY, at=AT)
    with pytest.raises(IdentityError, match="brought to another one"):
        join_signed_in(other, old, by=BY, at=AT)
    assert RecordClaim.objects.everywhere(reason="test").filter(claimant=other).count() == 0
