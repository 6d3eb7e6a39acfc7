"""A code opens only what belongs to the one who has the mailbox today."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import PersonFactory, RoleGrantFactory, TermFactory, UserFactory
from tests.sso.conftest import ask_for_code, sign_in
from training.people.addresses import ADDRESS_OUTLIVES_POST
from training.people.models import Employment, Person, Term, User
from training.sso import services
from training.sso.services import Tie

BEFORE = datetime(2019, 5, 1, tzinfo=UTC)  # the grants of the tests were recorded on 1 January 2020
AFTER = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.fixture
def employ(world):
    """Somebody on the hospital's roster, at Bea's address unless said otherwise."""

    def employed(*, starts_on, recorded_at=AFTER, address="bea@svh.example", **more) -> Person:
        term = TermFactory(
            post__employment__agency=world.agency,
            post__employment__work_email=address,
            post__employment__recorded_at=recorded_at,
            starts_on=starts_on,
            **more,
        )
        return term.post.employment.person

    return employed


def is_tied_to(person: Person) -> User | None:
    person.refresh_from_db()
    return person.user


def test_a_new_starter_with_the_address_of_a_role_holder_gets_neither_code_nor_role(client, bea, employ, day, moment):
    starter = employ(starts_on=day - timedelta(days=1))
    assert services.prepare_login(bea.email, at=moment) is None
    ask_for_code(client, bea.email)
    assert "_auth_user_id" not in client.session
    assert is_tied_to(starter) is None


def test_an_address_changed_to_a_role_holders_opens_nothing_of_theirs(bea, employ, day, moment):
    colleague = employ(starts_on=day.replace(year=2010), recorded_at=BEFORE)
    Employment.objects.everywhere(reason="test").filter(person=colleague).update(addressed_at=AFTER)
    assert services.prepare_login(bea.email, at=moment) is None
    assert services.tie_login(bea, bea.email, at=moment) == Tie.ROLES


def test_one_who_had_the_address_when_the_role_was_given_is_tied_by_a_code(client, bea, employ, day):
    person = employ(starts_on=day.replace(year=2018), recorded_at=BEFORE)
    assert sign_in(client, bea.email)["Location"] == "/learning/"
    assert is_tied_to(person) == bea


def test_a_role_holder_whom_a_later_roster_names_signs_in_untied_and_is_told_whom_to_ask(client, bea, employ, day):
    person = employ(starts_on=day.replace(year=2018))
    response = sign_in(client, bea.email)
    assert response["Location"] == "/"
    assert "Ask your HR team if you need your own learning here" in client.get("/account/connect/").content.decode()
    assert is_tied_to(person) is None


def test_roles_that_have_ended_hinder_no_tie(world, employ, day, moment):
    ended = RoleGrantFactory(agency=world.agency, user__email="bea@svh.example", ends_on=day - timedelta(days=1))
    person = employ(starts_on=day - timedelta(days=1))
    assert services.prepare_login(ended.user.email, at=moment) == ended.user
    assert services.tie_login(ended.user, ended.user.email, at=moment) == Tie.TIED
    assert is_tied_to(person) == ended.user


def test_a_role_holder_proves_a_work_address_that_is_not_their_logins(bea, employ, day, moment):
    person = employ(starts_on=day - timedelta(days=1), address="bea.lead@svh.example")
    assert services.tie_login(bea, "bea.lead@svh.example", at=moment) == Tie.TIED
    assert is_tied_to(person) == bea


@pytest.mark.parametrize("days", [0, 28])
def test_a_leaver_reaches_their_record_for_twenty_eight_days(amira, day, moment, days):
    _leave(day - timedelta(days=days))
    assert services.prepare_login(amira.user.email, at=moment) == amira.user


def test_after_that_the_mailbox_opens_the_leavers_record_no_more(client, amira, day, moment):
    _leave(day - ADDRESS_OUTLIVES_POST - timedelta(days=1))
    assert services.prepare_login(amira.user.email, at=moment) is None
    ask_for_code(client, amira.user.email)
    assert "_auth_user_id" not in client.session


def test_a_leaver_without_a_login_gets_none_after_that(employ, day, moment):
    employ(starts_on=day.replace(year=2018), ends_on=day - timedelta(days=29), address="noor@svh.example")
    assert services.prepare_login("noor@svh.example", at=moment) is None
    assert not User.objects.exists()


def test_a_login_is_not_tied_to_one_who_left_longer_ago(employ, day, moment):
    old = {"starts_on": day.replace(year=2018), "ends_on": day - timedelta(days=29), "address": "noor@svh.example"}
    employ(**old)
    user = UserFactory(email="noor@svh.example")
    assert services.tie_login(user, user.email, at=moment) == Tie.NOBODY
    starter = employ(starts_on=day, address="noor@svh.example")
    assert services.tie_login(user, user.email, at=moment) == Tie.TIED
    assert is_tied_to(starter) == user


def test_a_leaver_with_a_private_address_on_their_login_keeps_their_record(world, employ, day, moment):
    person = PersonFactory(user=UserFactory(email="noor@home.example"))
    left = {"starts_on": day.replace(year=2018), "ends_on": day.replace(year=2025), "address": "noor@svh.example"}
    employ(post__employment__person=person, **left)
    assert services.prepare_login("noor@home.example", at=moment) == person.user


def _leave(on) -> None:
    Term.objects.everywhere(reason="test").update(ends_on=on)
