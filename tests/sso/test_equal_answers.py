"""Nobody can find out by asking whether an address has a login, stands on a roster, or neither."""

import re
from datetime import date

import pytest
from django.core import mail
from django.test import Client

from tests.factories import PersonFactory, RoleGrantFactory, TermFactory, UserFactory
from tests.sso.conftest import CODE, LOGIN, ask_for_code

CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
NONCE = re.compile(rb'nonce="[^"]*"')
CHANGING = {"Content-Security-Policy", "Expires"}  # a nonce, and the clock
# Of one length, so that nothing else differs
NAMES = ("knowna", "roster", "closed", "leaver", "passed", "nobody")
KNOWN, ROSTER, CLOSED, LEAVER, PASSED, NOBODY = (f"{name}@svh.example" for name in NAMES)


@pytest.fixture
def addresses(world):
    UserFactory(email=KNOWN).set_password("three odd words here")
    _employ(world, ROSTER)
    UserFactory(email=CLOSED, is_active=False)
    leaver = PersonFactory(user=UserFactory(email=LEAVER))
    _employ(world, LEAVER, post__employment__person=leaver, ends_on=date(2025, 11, 2))
    RoleGrantFactory(user__email=PASSED, agency=world.agency)
    _employ(world, PASSED, starts_on=date(2026, 6, 1))
    return (KNOWN, ROSTER, CLOSED, LEAVER, PASSED, NOBODY)


def _employ(world, address, **more):
    TermFactory(post__employment__agency=world.agency, post__employment__work_email=address, **more)


def shown(response, address: str) -> tuple:
    """What a visitor can tell of an answer, with the address they typed and the page's own random marks taken out."""
    body = NONCE.sub(b"", CSRF.sub(b"", response.content)).replace(address.encode(), b"ADDRESS")
    headers = {name: value for name, value in response.headers.items() if name not in CHANGING}
    return (
        response.status_code,
        [template.name for template in response.templates],
        getattr(response, "redirect_chain", []),
        sorted(response.cookies),
        headers,
        body,
    )


def answers(addresses, ask) -> list[tuple]:
    """What each address gets from a browser of its own."""
    return [shown(ask(Client(), address), address) for address in addresses]


def assert_all_equal(found: list[tuple]) -> None:
    for other in found[1:]:
        assert other == found[0]


def test_asking_for_a_code_answers_all_alike(addresses):
    found = answers(addresses, ask_for_code)
    assert_all_equal(found)
    assert b"ADDRESS" in found[0][-1]


def test_each_address_gets_one_mail_so_that_time_tells_nothing(addresses):
    for address in addresses:
        ask_for_code(Client(), address)
    assert [message.to for message in mail.outbox] == [[address] for address in addresses]


@pytest.mark.parametrize("tries", [1, 5])
def test_wrong_codes_answer_all_alike(addresses, tries):
    def ask(client, address):
        ask_for_code(client, address)
        for _ in range(tries):
            response = client.post(CODE, {"code": "BBBB-BBBB"}, follow=True)
        return response

    assert_all_equal(answers(addresses, ask))


def test_an_empty_code_answers_all_alike(addresses):
    def ask(client, address):
        ask_for_code(client, address)
        return client.post(CODE, {"code": " - "}, follow=True)

    assert_all_equal(answers(addresses, ask))


def test_asking_for_another_code_answers_all_alike(addresses):
    def ask(client, address):
        ask_for_code(client, address)
        return client.post(CODE, {"action": "resend"}, follow=True)

    assert_all_equal(answers(addresses, ask))


def test_a_wrong_password_answers_all_alike(addresses):
    def ask(client, address):
        return client.post("/account/login/password/", {"login": address, "password": "not the password"}, follow=True)

    found = answers(addresses, ask)
    assert_all_equal(found)
    assert b"The email address or the password is not right" in found[0][-1]


def test_a_forgotten_password_answers_all_alike(addresses):
    def ask(client, address):
        return client.post("/account/password/reset/", {"email": address}, follow=True)

    assert_all_equal(answers(addresses, ask))


def test_a_wrong_code_for_a_forgotten_password_answers_all_alike(addresses):
    def ask(client, address):
        client.post("/account/password/reset/", {"email": address})
        return client.post("/account/password/reset/code/", {"code": "BBBB-BBBB"}, follow=True)

    assert_all_equal(answers(addresses, ask))


def test_connecting_a_record_answers_all_alike(addresses):
    def ask(client, address):
        client.force_login(UserFactory(email=f"asks-for-{address}"))
        return client.post("/account/connect/", {"address": address}, follow=True)

    assert_all_equal(answers(addresses, ask))
    assert len(mail.outbox) == len(addresses)


def test_the_limit_on_codes_answers_all_alike(addresses):
    def ask(client, address):
        for _ in range(6):
            client.post("/account/logout/")
            response = client.post(LOGIN, {"email": address})
        return response

    found = answers(addresses, ask)
    assert_all_equal(found)
    assert b"There have been too many tries" in found[0][-1]
