"""A login follows its person to a new work address: by a code to it, while freshly signed in with the old, and no other way."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests.factories import RoleGrantFactory, TermFactory, UserFactory
from tests.sso.conftest import newest_code, sign_in
from training.audit.models import AuditEvent
from training.people.models import Employment, User
from training.people.selectors import access_of
from training.sso import moving, services

MOVE, CODE = "/account/address/", "/account/address/code/"
OLD, NEW = "noor.before@svh.example", "noor.after@svh.example"


@pytest.fixture
def noor(world):
    """On the hospital's roster, signed in before, with a role there; the roster has her new address."""
    person = TermFactory(post__employment__agency=world.agency, post__employment__work_email=OLD).post.employment.person
    person.user = UserFactory(email=OLD)
    person.save()
    RoleGrantFactory(user=person.user, role_code="agency_hr", agency=world.agency)
    return person


def renamed(person, address=NEW):
    """A later roster has another address for her."""
    Employment.objects.everywhere(reason="test").filter(person=person).update(
        work_email=address, addressed_at=timezone.now()
    )


@pytest.fixture
def browser(client, noor):
    """Noor has just signed in with her old address; then the roster changed it."""
    sign_in(client, OLD)
    renamed(noor)
    return client


def address_of(person) -> str:
    return User.objects.get(person=person).email


def asked(browser, address=NEW) -> str:
    """A code asked for, as it came by mail."""
    browser.post(MOVE, {"address": address})
    assert mail.outbox[-1].to == [address]
    return newest_code()


def test_a_login_moves_with_its_record_and_its_roles_and_both_addresses_are_told(browser, noor, client):
    assert OLD in browser.get(MOVE).content.decode()
    code = asked(browser)
    before = len(mail.outbox)
    assert browser.post(CODE, {"code": code})["Location"] == "/learning/"
    assert address_of(noor) == NEW
    assert {(each.to[0], each.subject) for each in mail.outbox[before:]} == {
        (OLD, "Your sign-in address"),
        (NEW, "Your sign-in address"),
    }
    event = AuditEvent.objects.get(verb="login moved")
    assert (event.agency_code, NEW in str(event.detail)) == ("", False)
    noor.refresh_from_db()
    assert {grant.role.code for grant in access_of(noor.user, on=timezone.now().date()).grants} >= {"agency_hr"}
    client.logout()
    sign_in(client, NEW)
    assert client.session["_auth_user_id"] == str(noor.user.pk)
    client.logout()
    assert services.prepare_login(OLD, at=timezone.now()) is None, "the old address opens nothing"


def test_hr_alone_moves_nothing(client, noor):
    """Whoever keeps the roster may give it a mailbox of theirs: a code there opens no login."""
    renamed(noor, "keeper@svh.example")
    assert services.prepare_login("keeper@svh.example", at=timezone.now()) is None
    client.force_login(UserFactory(email="keeper@home.example"))
    assert client.get(MOVE).status_code == 302
    assert address_of(noor) == OLD


def test_one_who_finds_a_session_open_moves_nothing(client, browser, noor, monkeypatch):
    code = asked(browser)
    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr("training.sso.views.timezone.now", lambda: later)
    assert browser.get(MOVE).status_code == 302
    assert browser.post(CODE, {"code": code}).status_code == 302
    assert address_of(noor) == OLD


@pytest.mark.parametrize("address", ["noor@home.example", "somebody@svh.example", OLD])
def test_an_address_that_the_roster_does_not_give_to_her_alone_is_refused(browser, world, noor, address, moment):
    TermFactory(post__employment__agency=world.agency, post__employment__work_email="somebody@svh.example")
    services.send_address_code(noor.user, address, at=moment)
    code = _letters(noor, moment, address)
    with pytest.raises(moving.CannotMove, match="not your address"):
        moving.move_login(noor.user, code, at=moment)
    assert address_of(noor) == OLD


def _letters(person, moment, address) -> str:
    """The code of somebody who could read mail at the address."""
    made = services.AddressCode.objects.everywhere(reason="test").get(user=person.user, address=address)
    made.code_hash = made.hash_of("BCDF-GHJK")
    made.save()
    return "BCDF-GHJK"


def test_an_address_that_another_login_has_is_refused(browser, noor):
    UserFactory(email=NEW)
    code = asked(browser)
    page = browser.post(CODE, {"code": code}, follow=True).content.decode()
    assert "signs in with this address already" in page
    assert address_of(noor) == OLD


def test_a_wrong_code_is_said_and_the_right_one_works_once(browser, noor):
    code = asked(browser)
    assert "That is not the code we sent" in browser.post(CODE, {"code": "BBBB-BBBB"}).content.decode()
    browser.post(CODE, {"code": code})
    renamed(noor, OLD)
    assert "cannot be used any more" in browser.post(CODE, {"code": code}, follow=True).content.decode()
    assert address_of(noor) == NEW
