"""Large files are worked out by the background worker; the page says so and asks again by itself."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.people.roster.files import csv_file, row
from tests.people.roster.test_pages import press, upload
from training.people.by_worker import MOST_TRIES
from training.people.models import RosterImport, RosterRow, RosterSheet
from training.people.roster import stage, work
from training.people.roster.work import work_on_rosters
from training.people.tasks import TICKS


@pytest.fixture
def hr(client, bea, monkeypatch):
    """HR's browser, on a site for which three rows are many."""
    monkeypatch.setattr(stage, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(work, "ROWS_AT_ONCE", 2)
    client.force_login(bea)
    return client


def three(**more: str):
    return csv_file(*(row(employee_ref=str(ref), **more) for ref in range(3)))


def tick() -> int:
    return work_on_rosters(at=timezone.now())


def test_the_worker_reads_applies_and_undoes(hr, state):
    assert work_on_rosters in TICKS
    page = upload(hr, three())
    assert "Being read" in page.content.decode()
    assert page["Refresh"] == "5"
    assert not RosterRow.objects.everywhere(reason="test").exists()
    assert tick() == 1
    address = reverse("roster-import", args=["SVH", RosterImport.objects.get().uid])
    assert "What this file would change" in hr.get(address).content.decode()
    page = press(hr, "roster-apply")
    assert "Being applied" in page.content.decode()
    assert state()["terms"] == []
    tick()
    assert len(state()["terms"]) == 3
    assert "Receipt" in hr.get(address).content.decode()
    assert not RosterSheet.objects.everywhere(reason="test").exists()
    assert "Being undone" in press(hr, "roster-undo").content.decode()
    tick()
    assert state()["terms"] == []
    assert tick() == 0


def test_a_small_file_is_answered_at_once(hr):
    assert "What this file would change" in upload(hr, csv_file(row())).content.decode()


def test_what_the_worker_cannot_do_is_told_on_the_page(hr, state, load):
    upload(hr, three())
    tick()
    waits = RosterImport.objects.get()
    uid = waits.uid
    load(csv_file(row(employee_ref="0")))
    hr.post(reverse("roster-apply", args=["SVH", uid]), {"shown": waits.digest})
    tick()
    page = hr.get(reverse("roster-import", args=["SVH", uid]))
    assert "The roster has changed since this file was read, so nothing was done." in page.content.decode()
    assert len(state()["terms"]) == 1


def test_a_crash_leaves_the_wish_and_three_are_the_last(hr, monkeypatch, state):
    upload(hr, three())
    monkeypatch.setattr(work, "look_again", lambda *_args, **_more: 1 / 0)
    for _ in range(MOST_TRIES):
        tick()
        assert RosterImport.objects.get().work == "read"
    tick()
    given_up = RosterImport.objects.get()
    assert (given_up.work, given_up.state) == ("", "refused")
    assert "tried three times" in given_up.reasons[0]
    assert tick() == 0


def test_a_crash_once_does_no_harm(hr, monkeypatch, state):
    upload(hr, three())
    with monkeypatch.context() as patch:
        patch.setattr(work, "look_again", lambda *_args, **_more: 1 / 0)
        tick()
    tick()
    assert RosterImport.objects.get().state == "staged"


def test_colleagues_are_asked_for_a_large_files_approval_too(hr, world, mailoutbox, load):
    from tests.factories import RoleGrantFactory

    RoleGrantFactory(user__email="bob@svh.example", role_code="agency_hr", agency=world.agency)
    load(csv_file(*(row(employee_ref=str(ref)) for ref in range(6))))
    upload(hr, csv_file(*(row(employee_ref=str(ref), team="Elsewhere") for ref in range(6))))
    assert mailoutbox == []
    tick()
    assert [mail.to for mail in mailoutbox] == [["bob@svh.example"]]
    assert RosterImport.objects.first().needs_approval
    press(hr, "roster-look-again")
    assert len(mailoutbox) == 1
