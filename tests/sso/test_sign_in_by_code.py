"""Signing in with a code from a mail."""

import time
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.core import mail
from django.utils import timezone

from tests.factories import EmploymentFactory, PersonFactory, TermFactory, UserFactory
from tests.sso.conftest import CODE, LOGIN, ask_for_code, newest_code, sign_in
from training.audit.models import AuditEvent
from training.people.models import Person, User


@pytest.fixture
def newcomer(world) -> Person:
    """On the hospital's roster since the last import, without a login."""
    employment = EmploymentFactory(agency=world.agency, work_email="noor@svh.example")
    TermFactory(post__employment=employment)
    return employment.person


def test_a_learner_signs_in_with_a_code_and_reaches_their_learning(client, amira):
    response = sign_in(client, amira.user.email)
    assert (response.status_code, response["Location"]) == (302, "/learning/")
    assert client.session["_auth_user_id"] == str(amira.user.pk)


def test_the_mail_with_the_code_is_plain_and_neutral(client, amira):
    ask_for_code(client, amira.user.email)
    [message] = mail.outbox
    assert message.subject == "Your sign-in code"
    assert message.to == [amira.user.email]
    assert message.alternatives == []
    text = (message.subject + message.body).lower()
    assert [word for word in ("abuse", "domestic", "violence", "survivor", "victim") if word in text] == []


def test_the_mail_says_when_its_code_ends_so_that_it_is_not_sent_later(client, amira):
    before = timezone.now().replace(microsecond=0)
    ask_for_code(client, amira.user.email)
    ends_at = parsedate_to_datetime(mail.outbox[0].extra_headers["Expires"])
    assert timedelta(0) <= ends_at - before - timedelta(minutes=15) <= timedelta(seconds=30)


def test_small_letters_and_missing_dashes_make_no_difference(client, amira):
    ask_for_code(client, amira.user.email)
    response = client.post(CODE, {"code": f" {newest_code().replace('-', '').lower()} "})
    assert response["Location"] == "/learning/"


def test_the_address_counts_whatever_its_case(client, amira):
    assert sign_in(client, amira.user.email.upper())["Location"] == "/learning/"


def test_one_goes_on_to_the_page_one_wanted(client, amira):
    client.post(LOGIN, {"email": amira.user.email, "next": "/support/"})
    response = client.post(CODE, {"code": newest_code(), "next": "/support/"})
    assert response["Location"] == "/support/"


@pytest.mark.parametrize("host", ["evil.example", "packages.example"])
def test_one_does_not_go_on_to_another_site_nor_to_the_host_of_packages(client, amira, settings, host):
    settings.CONTENT_HOST, settings.ALLOWED_HOSTS = "packages.example", ["testserver", "packages.example"]
    elsewhere = f"https://{host}/files/x/sign-in.html"
    client.post(LOGIN, {"email": amira.user.email, "next": elsewhere})
    response = client.post(CODE, {"code": newest_code(), "next": elsewhere})
    assert response["Location"] == "/learning/"


def test_somebody_on_a_roster_gets_a_login_tied_to_their_record(client, newcomer):
    assert sign_in(client, "noor@svh.example")["Location"] == "/learning/"
    newcomer.refresh_from_db()
    assert newcomer.user.email == "noor@svh.example"
    assert not newcomer.user.has_usable_password()
    tied = AuditEvent.objects.get(verb="login tied")
    assert (tied.actor, tied.object_uid) == (f"user:{newcomer.user.uid}", str(newcomer.uid))
    assert tied.detail == {"agencies": ["SVH"]}


def test_asking_for_a_code_alone_ties_nothing(client, newcomer):
    ask_for_code(client, "noor@svh.example")
    newcomer.refresh_from_db()
    assert newcomer.user is None
    assert not AuditEvent.objects.filter(verb="login tied").exists()


def test_an_address_of_two_people_is_tied_to_neither(client, newcomer, world):
    other = TermFactory(
        post__employment__agency=world.neighbour, post__employment__work_email="noor@svh.example"
    ).post.employment.person
    response = sign_in(client, "noor@svh.example")
    assert response["Location"] == "/account/connect/"
    page = client.get("/account/connect/").content.decode()
    assert "more than one staff record" in page
    assert "Ask your HR team" in page
    for person in (newcomer, other):
        person.refresh_from_db()
        assert person.user is None


def _also_at(agency, person, address):
    employment = EmploymentFactory(agency=agency, person=person, work_email=address)
    TermFactory(post__employment=employment)


def test_an_address_of_one_person_at_two_agencies_is_tied(client, newcomer, world):
    _also_at(world.neighbour, newcomer, "noor@svh.example")
    assert sign_in(client, "noor@svh.example")["Location"] == "/learning/"
    newcomer.refresh_from_db()
    assert newcomer.user is not None


def test_a_second_address_of_somebody_with_a_login_opens_nothing(client, amira, world):
    _also_at(world.neighbour, amira, "amira@svp.example")
    ask_for_code(client, "amira@svp.example")
    assert "use that one" in mail.outbox[-1].body
    assert not User.objects.filter(email="amira@svp.example").exists()


def test_a_login_never_takes_a_person_from_another_login(client, amira, world):
    _also_at(world.neighbour, amira, "amira@svp.example")
    second = UserFactory(email="amira@svp.example")
    assert sign_in(client, "amira@svp.example")["Location"] == "/account/connect/"
    assert "already connected to another sign-in" in client.get("/account/connect/").content.decode()
    first = amira.user
    amira.refresh_from_db()
    assert amira.user == first != second


def test_an_address_given_to_the_next_of_that_name_does_not_open_the_leavers_record(client, amira, world, day):
    from training.people.models import Term

    Term.objects.everywhere(reason="test").update(ends_on=day.replace(year=2025))
    TermFactory(
        post__employment__agency=world.agency,
        post__employment__person=PersonFactory(first_name="Amira", last_name="Other"),
        post__employment__work_email=amira.user.email,
    )
    ask_for_code(client, amira.user.email)
    assert "We cannot sign you in" in mail.outbox[-1].body
    assert "_auth_user_id" not in client.session


def test_a_closed_login_gets_no_code(client, amira):
    User.objects.update(is_active=False)
    ask_for_code(client, amira.user.email)
    assert "We cannot sign you in" in mail.outbox[-1].body


def test_a_board_member_without_a_person_reaches_the_front_page(client, col):
    assert sign_in(client, col.email)["Location"] == "/"


def test_a_login_without_person_or_role_is_asked_for_its_record(client, db):
    UserFactory(email="lost@example.org")
    assert sign_in(client, "lost@example.org")["Location"] == "/account/connect/"


def test_a_wrong_code_says_what_to_do(client, amira):
    ask_for_code(client, amira.user.email)
    response = client.post(CODE, {"code": "BBBB-BBBB"})
    assert response.status_code == 200
    assert "That is not the code we sent. Check the newest email from us" in response.content.decode()
    assert client.post(CODE, {"code": newest_code()})["Location"] == "/learning/"


def test_after_five_wrong_codes_the_right_one_is_worth_nothing(client, amira):
    ask_for_code(client, amira.user.email)
    code = newest_code()
    for _ in range(5):
        response = client.post(CODE, {"code": "BBBB-BBBB"}, follow=True)
    assert response.redirect_chain[-1][0] == LOGIN
    assert "too many tries" in response.content.decode()
    client.post(CODE, {"code": code})
    assert "_auth_user_id" not in client.session


def test_an_old_code_says_what_to_do(client, amira, monkeypatch):
    ask_for_code(client, amira.user.email)
    later = time.time() + 15 * 60 + 1
    monkeypatch.setattr(time, "time", lambda: later)
    response = client.post(CODE, {"code": newest_code()}, follow=True)
    assert response.redirect_chain[-1][0] == LOGIN
    assert "That code cannot be used any more" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_code_works_once(client, amira):
    sign_in(client, amira.user.email)
    code = newest_code()
    client.post("/account/logout/")
    client.post(CODE, {"code": code})
    assert "_auth_user_id" not in client.session


def test_pressing_the_button_twice_signs_in_once(client, amira):
    sign_in(client, amira.user.email)
    again = client.post(CODE, {"code": newest_code()})
    assert again["Location"] == "/learning/"
    assert client.session["_auth_user_id"] == str(amira.user.pk)


def test_another_code_can_be_asked_for_and_the_first_is_then_void(client, amira):
    ask_for_code(client, amira.user.email)
    first = newest_code()
    client.post(CODE, {"action": "resend"})
    second = newest_code()
    assert len(mail.outbox) == 2
    assert client.post(CODE, {"code": first}).status_code == 200
    assert client.post(CODE, {"code": second})["Location"] == "/learning/"


def test_one_can_start_again_with_another_address(client, amira):
    ask_for_code(client, "typo@svh.example")
    assert client.get(LOGIN).status_code == 302
    client.post("/account/logout/", {"next": LOGIN})
    assert client.get(LOGIN).status_code == 200
    assert sign_in(client, amira.user.email)["Location"] == "/learning/"


def test_a_session_lasts_eight_hours_and_ends_with_the_browser(client, amira):
    response = sign_in(client, amira.user.email)
    assert response.cookies["session"]["max-age"] == ""
    assert client.session.get_expiry_age() == 8 * 60 * 60


def test_nobody_can_sign_up(client, db):
    for response in (client.get("/account/signup/"), client.post("/account/signup/", {"email": "x@example.org"})):
        assert response.status_code == 200
        assert "You do not need to sign up" in response.content.decode()
    assert not User.objects.exists()
