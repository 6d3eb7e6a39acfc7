"""Every account page that can be reached has our frame and our words."""

import pytest
from django.urls import get_resolver

from tests.sso.conftest import ask_for_code, newest_code, sign_in
from training.sso.urls import urlpatterns

FRAME = "ui/base.html"


def nothing(client, user):
    """As a visitor."""


def signed_in(client, user):
    """Signed in without a password."""
    user.set_unusable_password()
    user.save()
    client.force_login(user)


def with_password(client, user):
    """Signed in, with a password."""
    user.set_password("three odd words here")
    user.save()
    client.force_login(user)


def without_person(client, user):
    """Signed in with a login that has no person."""
    person = user.person
    person.user = None
    person.save()
    client.force_login(user)


def freshly_signed_in(client, user):
    """Signed in by a code just now."""
    sign_in(client, user.email)


def code_sent(client, user):
    """Between the two pages of signing in."""
    ask_for_code(client, user.email)


def reset_asked(client, user):
    """A code for a new password has been sent."""
    client.post("/account/password/reset/", {"email": user.email})


def reset_proven(client, user):
    """That code has been entered."""
    reset_asked(client, user)
    client.post("/account/password/reset/code/", {"code": newest_code()})


# Address -> who can see the page, and its heading
PAGES = {
    "login/": (nothing, "Sign in"),
    "login/code/": (code_sent, "Check your email"),
    "login/password/": (nothing, "Sign in with a password"),
    "logout/": (signed_in, "Do you want to sign out?"),
    "signup/": (nothing, "You do not need to sign up"),
    "inactive/": (nothing, "This sign-in has been closed"),
    "password/change/": (with_password, "Change your password"),
    "password/set/": (signed_in, "Set a password"),
    "password/reset/": (nothing, "Choose a new password"),
    "password/reset/code/": (reset_asked, "Check your email"),
    "password/reset/new/": (reset_proven, "Choose a new password"),
    "password/reset/done/": (nothing, "Password saved"),
    "address/": (freshly_signed_in, "Change the address you sign in with"),
    "address/code/": (freshly_signed_in, "Check your email"),
    "connect/": (without_person, "Connect your staff record"),
    "connect/code/": (without_person, "Check your email"),
}


def test_every_account_page_is_listed_here():
    assert set(PAGES) == {str(pattern.pattern) for pattern in urlpatterns}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_our_frame_and_heading(client, amira, address):
    arrive, heading = PAGES[address]
    arrive(client, amira.user)
    response = client.get(f"/account/{address}")
    assert response.status_code == 200
    assert FRAME in [template.name for template in response.templates]
    page = response.content.decode()
    assert f">{heading}</h1>" in page
    assert "<title>Learning</title>" in page
    assert "placeholder" not in page


def test_a_page_with_an_error_says_so_in_its_title_and_on_top(client, db):
    page = client.post("/account/login/", {"email": "nonsense"}).content.decode()
    assert "<title>Error: Learning</title>" in page
    assert '<a href="#id_email">Enter an email address in the correct format' in page


def test_too_many_requests_show_our_page(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    form = {"login": "x@example.org", "password": "x"}
    client.post("/account/login/password/", form)
    response = client.post("/account/login/password/", form)
    assert response.status_code == 429
    assert FRAME in [template.name for template in response.templates]
    assert "Too many tries" in response.content.decode()


def test_no_other_page_of_allauth_is_reachable():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith("account_")}
    assert names == {pattern.name for pattern in urlpatterns if pattern.name.startswith("account_")}
