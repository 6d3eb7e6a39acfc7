"""Signing in with a password, and choosing one."""

import pytest

from tests.sso.conftest import newest_code, sign_in

PASSWORD = "three odd words here"
BY_PASSWORD = "/account/login/password/"


@pytest.fixture
def with_password(amira):
    amira.user.set_password(PASSWORD)
    amira.user.save()
    return amira.user


def enter(client, user, password):
    return client.post(BY_PASSWORD, {"login": user.email, "password": password})


def test_one_signs_in_with_a_password(client, with_password):
    assert enter(client, with_password, PASSWORD)["Location"] == "/learning/"


def test_a_password_ties_nothing_because_it_proves_no_address(client, world):
    from tests.factories import TermFactory, UserFactory

    user = UserFactory(email="noor@svh.example")
    user.set_password(PASSWORD)
    user.save()
    at_work = {"post__employment__agency": world.agency, "post__employment__work_email": "noor@svh.example"}
    person = TermFactory(**at_work).post.employment.person
    assert enter(client, user, PASSWORD)["Location"] == "/account/connect/"
    person.refresh_from_db()
    assert person.user is None


def test_after_five_wrong_passwords_the_right_one_is_refused_for_a_while(client, with_password):
    for _ in range(5):
        enter(client, with_password, "not the password")
    response = enter(client, with_password, PASSWORD)
    assert response.status_code == 200
    assert "There have been too many tries" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_right_password_of_a_closed_login_opens_nothing(client, with_password):
    with_password.is_active = False
    with_password.save()
    response = client.post(BY_PASSWORD, {"login": with_password.email, "password": PASSWORD}, follow=True)
    assert "This sign-in has been closed" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_replaced_with_a_code(client, with_password):
    client.post("/account/password/reset/", {"email": with_password.email})
    response = client.post("/account/password/reset/code/", {"code": newest_code()}, follow=True)
    assert "Choose a new password" in response.content.decode()
    new = {"password1": "another four odd words", "password2": "another four odd words"}
    response = client.post("/account/password/reset/new/", new, follow=True)
    assert "Password saved" in response.content.decode()
    assert enter(client, with_password, PASSWORD).status_code == 200
    assert enter(client, with_password, "another four odd words")["Location"] == "/learning/"


def test_a_new_password_needs_the_code_first(client, with_password):
    client.post("/account/password/reset/", {"email": with_password.email})
    new = {"password1": "another four odd words", "password2": "another four odd words"}
    assert client.post("/account/password/reset/new/", new)["Location"] == "/account/password/reset/code/"
    with_password.refresh_from_db()
    assert with_password.check_password(PASSWORD)


def test_one_who_signed_in_by_code_sets_a_first_password(client, amira):
    amira.user.set_unusable_password()
    amira.user.save()
    sign_in(client, amira.user.email)
    response = client.post("/account/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    assert response["Location"] == "/learning/"
    client.post("/account/logout/")
    assert enter(client, amira.user, PASSWORD)["Location"] == "/learning/"


def test_a_password_is_changed_by_one_who_knows_it(client, with_password):
    enter(client, with_password, PASSWORD)
    new = {"password1": "another four odd words", "password2": "another four odd words"}
    wrong = client.post("/account/password/change/", {"oldpassword": "not the password"} | new)
    assert "That is not your present password" in wrong.content.decode()
    client.post("/account/password/change/", {"oldpassword": PASSWORD} | new)
    with_password.refresh_from_db()
    assert with_password.check_password("another four odd words")


@pytest.mark.parametrize(("password", "says"), [("short", "too short"), ("qwerty123456", "too common")])
def test_a_weak_password_is_refused(client, amira, password, says):
    client.force_login(amira.user)
    amira.user.set_unusable_password()
    amira.user.save()
    client.force_login(amira.user)
    page = client.post("/account/password/set/", {"password1": password, "password2": password}).content.decode()
    assert says in page
