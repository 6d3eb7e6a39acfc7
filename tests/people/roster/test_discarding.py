"""A file that is not wanted is discarded: its rows go, nothing on the roster changes, and it waits no longer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.people.roster.conftest import BY, nine
from tests.people.roster.files import TEMPLATE, csv_file, row
from tests.people.roster.test_pages import press, upload
from training.audit.models import AuditEvent
from training.people.models import RosterImport, RosterRow, RosterSheet
from training.people.roster.apply import apply_import
from training.people.roster.discard import discard_import
from training.people.roster.errors import NotWaiting
from training.people.roster.keep import KEPT, waiting_to_be_applied
from training.people.roster.stage import look_again, stage_import


@pytest.fixture
def hr(client, bea):
    """The browser of the hospital's HR lead."""
    client.force_login(bea)
    return client


@pytest.fixture
def staged(world, day):
    """A file with one new post, waiting."""
    return stage_import(world.agency, csv_file(row()), as_at=day, is_full=False, by=BY, at=nine(day))


def rows_kept() -> tuple[int, ...]:
    """How many rows and sheets of files there are."""
    return tuple(model.objects.everywhere(reason="test").count() for model in (RosterRow, RosterSheet))


def state_in_list(browser) -> str:
    """What the list says of the newest file."""
    return browser.get(reverse("rosters", args=["SVH"])).context["files"][0][1]


def test_a_press_discards_a_file_and_its_rows(hr, state):
    assert "Discard this file" in upload(hr, csv_file(row())).content.decode()
    assert (state_in_list(hr), rows_kept()) == ("Waiting to be applied", (1, 1))
    page = press(hr, "roster-discard").content.decode()
    assert "The file is discarded. It has changed nothing on the roster." in page
    assert (state_in_list(hr), rows_kept(), state()["terms"]) == ("Discarded", (0, 0), [])
    page = hr.get(reverse("roster-import", args=["SVH", RosterImport.objects.get().uid])).content.decode()
    assert "This file was discarded." in page
    assert "Discard this file" not in page
    assert "Apply to the roster" not in page


def test_discarding_is_audited_once(staged, day):
    for _ in range(2):
        discard_import(staged, by=BY, at=nine(day))
    event = AuditEvent.objects.get(verb="roster discarded")
    assert (event.actor, event.detail["counts"]["new"]) == (str(BY), 1)
    assert RosterImport.objects.get().counts["new"] == 1


def test_what_is_discarded_is_not_applied(staged, day, state):
    discard_import(staged, by=BY, at=nine(day))
    for late in (apply_import, look_again):
        with pytest.raises(NotWaiting):
            late(staged, by=BY, at=nine(day))
    assert (RosterImport.objects.get().state, state()["terms"]) == ("discarded", [])


def test_what_is_applied_or_at_work_is_not_discarded(staged, day, load, hr):
    RosterImport.objects.update(work="apply")
    with pytest.raises(NotWaiting, match="It is: being applied"):
        discard_import(staged, by=BY, at=nine(day))
    load(csv_file(row()))
    assert "This file cannot be discarded. It is: applied." in press(hr, "roster-discard").content.decode()


def test_a_file_with_open_questions_can_be_discarded(hr):
    page = upload(hr, csv_file(row(), columns=(*TEMPLATE, "Colour of Lanyard"))).content.decode()
    assert "Questions about this file" in page
    assert "Discard this file" in page
    press(hr, "roster-discard")
    assert (state_in_list(hr), rows_kept()) == ("Discarded", (0, 0))


def test_a_file_that_changes_nothing_is_called_so_and_waits_for_nobody(hr, world):
    upload(hr, csv_file(row()))
    assert waiting_to_be_applied(world.agency, at=timezone.now()).count() == 1
    press(hr, "roster-apply")
    upload(hr, csv_file(row()))
    assert state_in_list(hr) == "Nothing to change"
    assert not waiting_to_be_applied(world.agency, at=timezone.now()).exists()
    press(hr, "roster-discard")
    assert state_in_list(hr) == "Discarded"


def test_a_file_that_is_too_old_to_apply_is_called_so(hr, world):
    upload(hr, csv_file(row()))
    RosterImport.objects.update(staged_at=timezone.now() - KEPT - timedelta(days=1))
    assert state_in_list(hr) == "Kept no longer"
    assert not waiting_to_be_applied(world.agency, at=timezone.now()).exists()
    press(hr, "roster-discard")
    assert state_in_list(hr) == "Discarded"


def test_the_neighbour_discards_nothing(staged, client, dot):
    client.force_login(dot)
    for code in ("SVH", "SVP"):
        assert client.post(reverse("roster-discard", args=[code, staged.uid])).status_code == 404
    assert RosterImport.objects.get().state == "staged"
