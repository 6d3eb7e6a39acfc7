"""Who is not to be seen leaves no trace: for each state of a champion, every door is opened and every byte is read.

Doors come from the manifest of the whole site (`tests/champions/walking.py`), so that a new one is walked by itself. A
state in which a champion is not to be seen is added to `STATES`.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.utils import timezone

from champions.models import ContactRequest
from champions.services.leaving import see_leavers, stand_down
from champions.services.listing import change_terms, hide, rest
from champions.services.requests import block
from tests.champions.conftest import BY, post_of
from tests.champions.walking import (
    FIRST,
    LAST,
    SAID,
    Town,
    is_protected,
    mails_of_the_worker,
    never_was,
    plant_town,
    read,
    settle,
    taken_back,
)
from tests.kept import kept
from training.access.clock import today
from training.people.models import Duty, Person

pytestmark = pytest.mark.django_db
WHY = "test"
NAME = f"{FIRST} {LAST}"
# The one page of theirs that opens to whoever has the link which was sent to their manager; not to those kept away
BY_LINK = {"GET manager-link", "POST manager-link"}

# Their own manager has them in the team, as a colleague
OF_THE_TEAM = {"GET champion-team"}


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker) -> Iterator[Town]:
    """The planted network, made once for all of these tests."""
    logging.disable(logging.CRITICAL)
    with kept(django_db_blocker):
        yield plant_town()
    caches["local"].clear()
    logging.disable(logging.NOTSET)


@pytest.fixture
def now(monkeypatch):
    """A moment at which time stands still: pages say what time it is."""
    moment = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    return moment


def _protect(town: Town, name: str, at: Any) -> None:
    Person.objects.everywhere(reason=WHY).filter(pk=town.champion.person_id).update(is_protected=True)


def _leave(town: Town, name: str, at: Any) -> None:
    duties = Duty.objects.everywhere(reason=WHY).filter(post=post_of(town.champion.person))
    duties.update(ends_on=today() - timedelta(days=1))


def _leave_and_be_seen(town: Town, name: str, at: Any) -> None:
    _leave(town, name, at)
    see_leavers(at=at)


def _keep_away(town: Town, name: str, at: Any) -> None:
    block(owner=town.champion.person, person=town.people[name], by=BY, at=at)


def _keep_address_away(town: Town, name: str, at: Any) -> None:
    block(owner=town.champion.person, address=town.logins[name].email, by=BY, at=at)


STATES: dict[str, Callable[[Town, str, Any], Any]] = {
    "hidden": lambda town, name, at: hide(champion=town.champion, by=BY, at=at),
    "keeps away": _keep_away,
    "protected": _protect,
    "not agreed to new terms": lambda town, name, at: change_terms(
        partnership=town.partnership, sentences=["New."], by=BY, at=at
    ),
    "stood down": lambda town, name, at: stand_down(champion=town.champion, by=BY, at=at),
    "left": _leave,
    "left, as the worker has seen": _leave_and_be_seen,
}
# Where they are met while nothing is hidden: a walk that met them nowhere would find nothing later either
MET = {
    "manager": {
        *("GET champions", "GET my-champion-page", "GET champion-request", "GET ask-champion", "GET champion-team"),
        *("by need", "by need and language", "in three taps", "by name", "by agency", "by day"),
        *("a request to them", "a request that led to them"),
    },
    "champion": {"GET champions", "GET ask-champion", "GET noticeboard-thread", "whom to name instead", "by name"},
    "coordinator": {
        *("GET network-noticeboard", "GET network-meeting", "GET champions-network", "GET network-people"),
        *("GET network-handovers", "GET network-champion", "people by name", "sheet by name", "group in a district"),
    },
}


def traces(town: Town, pages: dict[str, str], *more: str) -> dict[str, list[str]]:
    """What tells who they are behind each door, where anything does."""
    met = {name: [each for each in (*town.canaries, *more) if each in text] for name, text in pages.items()}
    return {name: found for name, found in met.items() if found and name not in BY_LINK}


@pytest.mark.parametrize("name", MET)
def test_they_are_met_at_these_doors_while_nothing_is_hidden(town, now, name):
    found = traces(town, read(town, name), SAID)
    assert found.keys() >= MET[name], MET[name] - found.keys()


@pytest.mark.parametrize(
    ("name", "state"),
    [*(("champion", state) for state in STATES), *(("manager", state) for state in ("hidden", "keeps away", "left"))],
)
def test_one_who_is_not_to_be_seen_leaves_no_trace(town, now, state, name):
    STATES[state](town, name, now)
    assert {said for said in traces(town, read(town, name)) if said not in OF_THE_TEAM} == set()


@pytest.mark.parametrize(
    ("name", "state", "otherwise"),
    [
        ("manager", _keep_away, never_was),
        ("champion", _keep_address_away, never_was),
        ("coordinator", _keep_address_away, is_protected),
        ("hr", _keep_address_away, never_was),
    ],
)
def test_the_one_kept_away_reads_the_very_bytes_of_a_world_without_that_champion(town, now, name, state, otherwise):
    """Pages, counts, order, what comes of everything they send, and every mail of the days to come.

    A coordinator reads those of a world in which the champion's record is protected.
    """
    asked = ContactRequest.objects.everywhere(reason=WHY).filter(champion=town.champion)
    asked.filter(sender__user=town.logins[name]).delete()  # what they once sent themselves they know of
    with taken_back():
        otherwise(town, now)
        without = read(town, name, posts=True)
        mails = mails_of_the_worker(town, name, at=now)
    state(town, name, now)
    settle(now)
    pages = read(town, name, posts=True)
    by_link = BY_LINK if otherwise is is_protected else set()  # sent to a manager, whom they do not keep away
    assert [said for said, text in without.items() if pages[said] != text and said not in by_link] == []
    assert mails_of_the_worker(town, name, at=now) == mails
    assert "GET manager-link" not in [said for said, text in pages.items() if FIRST in text]


def test_the_coordinator_reads_no_name_of_a_protected_record(town, now):
    _protect(town, "coordinator", now)
    pages = read(town, "coordinator")
    assert [said for said, text in pages.items() if (LAST in text or FIRST in text) and said not in BY_LINK] == []


def test_one_who_rests_is_not_found_and_not_asked_but_keeps_their_name_on_what_was_asked(town, now):
    rest(champion=town.champion, until=today() + timedelta(days=6), by=BY, at=now)
    pages = read(town, "manager")
    named = {"GET my-champion-page", "GET champion-request", "a request to them", "a request that led to them"}
    assert {said for said, text in pages.items() if NAME in text} == named | {"GET ask-champion", "send", *OF_THE_TEAM}
    assert "They take no new requests this week" in pages["send"]


def test_whom_a_champion_may_name_does_not_tell_who_keeps_the_sender_away(town, now):
    door = "whom to name instead"
    before = read(town, "champion", only=[door])
    assert NAME in before[door]
    _keep_away(town, "manager", now)
    assert read(town, "champion", only=[door]) == before


def test_programs_are_told_of_no_champion(town, client):
    described = client.get("/api/v1/openapi.json").content.decode().lower()
    assert "coverage" in described
    assert "champion" not in described
