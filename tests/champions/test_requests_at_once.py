"""Two at once: asking, and keeping away. On PostgreSQL alone, since SQLite has one writer at a time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from champions.errors import AskedEnough, ChampionError, NotToBeFound
from champions.models import ContactRequest
from champions.services import requests
from champions.services.leaving import stand_down
from champions.services.requests import ask, block
from tests.champions.conftest import BY
from tests.conftest import MOMENT
from tests.scratch import scratch_database

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
AS_LONG_AS_IT_TAKES = 0.3


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, which is never committed to: a copy."""
    with django_db_blocker.unblock(), scratch_database("asking"):
        yield


def together(*work) -> list[object]:
    """All at once, each in its thread; what came of each, an error of ours being an answer."""

    def run(each):
        try:
            return each()
        except ChampionError as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


@pytest.fixture
def slowly(monkeypatch):
    """Lets a step of asking take long; the event is set when it is reached."""

    def slow(step):
        plain, reached = getattr(requests, step), Event()

        def waiting(*args, **said):
            done = plain(*args, **said)
            reached.set()
            Event().wait(AS_LONG_AS_IT_TAKES)
            return done

        monkeypatch.setattr(requests, step, waiting)
        return reached

    return slow


def asks(sender, champion):
    """Somebody who asks a champion."""
    said = {"about": "team", "urgency": "week", "words": "canary", "by": BY, "at": MOMENT}
    return lambda: ask(sender=sender, champion=champion, **said).number


def waiting() -> int:
    """How many requests are open."""
    return ContactRequest.objects.everywhere(reason="test").waiting().count()


def test_two_who_ask_one_with_room_for_one(amira, hana, pola, slowly, monkeypatch):
    monkeypatch.setattr(requests, "MOST_WAITING", 1)
    slowly("_insist_on_room")
    assert sorted(together(asks(amira, pola), asks(hana.person, pola)), key=str) == [1, AskedEnough]
    assert waiting() == 1


def test_one_who_asks_two_champions_with_two_presses(amira, hana, pola, slowly):
    slowly("_insist_on_room")
    assert sorted(together(asks(amira, pola), asks(amira, hana)), key=str) == [1, 2]


def test_two_champions_who_ask_each_other(hana, pola, slowly):
    slowly("_insist_on_room")
    assert together(asks(hana.person, pola), asks(pola.person, hana)) == [1, 1]


@pytest.mark.parametrize("asks_first", [True, False])
def test_one_who_is_kept_away_while_they_ask(amira, pola, slowly, asks_first):
    reached = slowly("_tell" if asks_first else "look_up")
    keep_away = lambda: block(owner=pola.person, person=amira, by=BY, at=MOMENT)  # noqa: E731 - as `asks` gives one

    def second():
        assert reached.wait(5)
        return (keep_away if asks_first else asks(amira, pola))()

    came = together(asks(amira, pola) if asks_first else keep_away, second)
    assert came == ([1, None] if asks_first else [None, NotToBeFound])
    assert waiting() == 0
    assert not ContactRequest.objects.everywhere(reason="test").exclude(words="").exists()


def test_one_who_asks_while_the_champion_stands_down(amira, pola, slowly):
    reached = slowly("_tell")

    def second():
        assert reached.wait(5)
        return stand_down(champion=pola, by=BY, at=MOMENT)

    assert together(asks(amira, pola), second) == [1, None]
    assert ContactRequest.objects.everywhere(reason="test").get().reply == ContactRequest.Reply.GONE
