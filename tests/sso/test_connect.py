"""A signed-in login without a person proves its work address, and gets its record."""

from datetime import timedelta

import pytest
from django.core import mail

from tests.factories import TermFactory, UserFactory
from tests.sso.conftest import LETTERS, newest_code
from training.audit.models import AuditEvent
from training.sso import services
from training.sso.models import AddressCode
from training.sso.services import Tie

CONNECT = "/account/connect/"
CODE = "/account/connect/code/"


@pytest.fixture
def lost(db):
    """Signed in with a private address."""
    return UserFactory(email="noor@home.example")


@pytest.fixture
def record(world):
    """On the hospital's roster, without a login."""
    return TermFactory(
        post__employment__agency=world.agency, post__employment__work_email="noor@svh.example"
    ).post.employment.person


def code_for(user, moment, address="noor@svh.example"):
    services.send_address_code(user, address, at=moment)
    return newest_code()


def test_a_login_is_connected_by_a_code_to_the_work_address(client, lost, record):
    client.force_login(lost)
    assert "Connect your staff record" in client.get(CONNECT).content.decode()
    page = client.post(CONNECT, {"address": "Noor@SVH.example"}, follow=True).content.decode()
    assert "Check your email" in page
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (["noor@svh.example"], "Your sign-in code")
    assert client.post(CODE, {"code": newest_code()})["Location"] == "/learning/"
    record.refresh_from_db()
    assert record.user == lost
    assert AuditEvent.objects.get(verb="login tied").object_uid == str(record.uid)


def test_a_wrong_code_says_what_to_do_and_connects_nothing(client, lost, record):
    client.force_login(lost)
    client.post(CONNECT, {"address": "noor@svh.example"})
    page = client.post(CODE, {"code": "BBBB-BBBB"}).content.decode()
    assert "That is not the code we sent" in page
    record.refresh_from_db()
    assert record.user is None


def test_the_sixth_try_is_refused_even_with_the_right_code(lost, record, moment):
    code = code_for(lost, moment)
    for _ in range(5):
        with pytest.raises(services.WrongCode):
            services.use_address_code(lost, "BBBB-BBBB", at=moment)
    with pytest.raises(services.CodeIsOver):
        services.use_address_code(lost, code, at=moment)


def test_a_code_lasts_a_quarter_of_an_hour(lost, record, moment):
    code = code_for(lost, moment)
    with pytest.raises(services.CodeIsOver):
        services.use_address_code(lost, code, at=moment + timedelta(minutes=15))
    assert services.use_address_code(lost, code, at=moment + timedelta(minutes=15, seconds=-1)) == Tie.TIED


def test_an_old_code_leads_back_to_the_first_page(client, lost, record, moment):
    client.force_login(lost)
    code = code_for(lost, moment)  # long ago by the clock that the page reads
    response = client.post(CODE, {"code": code}, follow=True)
    assert response.redirect_chain[-1][0] == CONNECT
    assert "That code cannot be used any more. Ask for a new one." in response.content.decode()


def test_the_newest_code_alone_works(lost, record, moment):
    first = code_for(lost, moment)
    second = code_for(lost, moment + timedelta(minutes=1))
    with pytest.raises(services.WrongCode):
        services.use_address_code(lost, first, at=moment + timedelta(minutes=2))
    assert services.use_address_code(lost, second, at=moment + timedelta(minutes=2)) == Tie.TIED


def test_a_code_is_worth_nothing_to_another_login(lost, record, moment):
    code = code_for(lost, moment)
    with pytest.raises(services.CodeIsOver):
        services.use_address_code(UserFactory(), code, at=moment)


def test_a_code_is_not_kept_in_clear(lost, record, moment):
    code = code_for(lost, moment)
    row = AddressCode.objects.everywhere(reason="test").get()
    assert code.replace("-", "") not in row.code_hash.upper()
    assert LETTERS.search(mail.outbox[-1].body)


def test_a_login_asks_for_five_codes_an_hour_at_most(client, lost, record, moment):
    for _ in range(5):
        services.send_address_code(lost, "noor@svh.example", at=moment)
    with pytest.raises(services.TooManyCodes):
        services.send_address_code(lost, "noor@svh.example", at=moment + timedelta(minutes=59))
    services.send_address_code(lost, "noor@svh.example", at=moment + timedelta(minutes=61))


def test_a_record_with_a_login_is_not_given_to_another(client, lost, amira):
    client.force_login(lost)
    client.post(CONNECT, {"address": amira.user.email})
    response = client.post(CODE, {"code": newest_code()}, follow=True)
    assert "already connected to another sign-in" in response.content.decode()
    keeps = amira.user
    amira.refresh_from_db()
    assert amira.user == keeps


def test_a_login_with_its_record_cannot_take_a_second(lost, record, amira, moment):
    assert services.tie_login(amira.user, "noor@svh.example", at=moment) == Tie.ALREADY
    record.refresh_from_db()
    assert record.user is None


def test_an_address_on_no_roster_ties_nothing(lost, db, moment):
    assert services.tie_login(lost, "nobody@svh.example", at=moment) == Tie.NOBODY


def test_one_who_has_a_record_is_sent_to_their_learning(client, amira):
    client.force_login(amira.user)
    assert client.get(CONNECT)["Location"] == "/learning/"
    assert client.get(CODE)["Location"] == "/learning/"


def test_a_visitor_has_to_sign_in_first(client, db):
    assert client.get(CONNECT)["Location"] == "/account/login/?next=/account/connect/"


def test_codes_are_forgotten_after_thirty_days(lost, record, moment):
    code_for(lost, moment)
    assert services.forget_old_codes(at=moment + timedelta(days=30)) == 0
    assert services.forget_old_codes(at=moment + timedelta(days=30, seconds=1)) == 1
