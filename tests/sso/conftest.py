"""What the tests of signing in share."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

LOGIN = "/account/login/"
CODE = "/account/login/code/"
LETTERS = re.compile(r"\b[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}\b")


@pytest.fixture(autouse=True)
def _fresh_counts():
    """Rate limits live in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _learners_page(settings):
    """Where signing in leads: a page of a room above."""
    settings.ROOT_URLCONF = "tests.sso.urls"


def newest_code() -> str:
    """The code in the newest mail."""
    return LETTERS.search(mail.outbox[-1].body).group()


def ask_for_code(client: Client, address: str, **more):
    """The first page of signing in."""
    return client.post(LOGIN, {"email": address} | more, follow=True)


def sign_in(client: Client, address: str, **more):
    """Both pages of signing in by code; not followed, so that where it leads can be seen."""
    ask_for_code(client, address)
    return client.post(CODE, {"code": newest_code()} | more)
