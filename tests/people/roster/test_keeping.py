"""The rows of a roster file are kept for thirty days, and its counts for good."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.people.roster.conftest import BY, nine
from tests.people.roster.files import csv_file, row
from training.people.models import RosterImport, RosterRow
from training.people.roster.apply import apply_import
from training.people.roster.errors import TooOld
from training.people.roster.keep import KEPT, forget_rows
from training.people.roster.stage import stage_import
from training.people.roster.undo import undo_import
from training.people.tasks import TICKS

LATE = KEPT + timedelta(seconds=1)


def rows():
    return RosterRow.objects.everywhere(reason="test")


def test_rows_are_forgotten_thirty_days_after_their_file_was_applied(load):
    done = load(csv_file(row(), row(employee_ref="2")))
    assert forget_rows in TICKS
    assert (forget_rows(at=done.applied_at + KEPT), rows().count()) == (0, 2)
    assert (forget_rows(at=done.applied_at + LATE), rows().count()) == (2, 0)
    assert RosterImport.objects.get().counts["new"] == 2


def test_a_newer_files_rows_stay(load, day):
    old = load(csv_file(row()))
    new = load(csv_file(row(employee_ref="2")), on=day + timedelta(days=1))
    forget_rows(at=old.applied_at + LATE)
    assert set(rows().values_list("roster_import", flat=True)) == {new.pk}


def test_a_file_that_old_is_not_undone(load, state):
    done = load(csv_file(row()))
    before = state()
    for forget in (False, True):
        if forget:
            forget_rows(at=done.applied_at + LATE)
        with pytest.raises(TooOld, match="too old to undo"):
            undo_import(done, by=BY, at=done.applied_at + LATE)
    assert state() == before


def test_a_file_staged_that_long_ago_is_neither_kept_nor_applied(world, day, state):
    staged = stage_import(world.agency, csv_file(row()), as_at=day, is_full=False, by=BY, at=nine(day))
    assert forget_rows(at=nine(day) + LATE) == 1
    with pytest.raises(TooOld, match="Upload it again"):
        apply_import(staged, by=BY, at=nine(day) + LATE)
    assert state()["terms"] == []


def test_its_page_says_so_and_offers_no_undoing(load, client, bea, world):
    done = load(csv_file(row()))
    client.force_login(bea)
    address = f"/agency/{world.agency.code}/roster/{done.uid}/"
    gone = "can no longer be applied or undone"
    for applied_at, is_gone in ((timezone.now(), False), (timezone.now() - LATE, True)):
        RosterImport.objects.update(applied_at=applied_at)
        page = client.get(address).content.decode()
        assert (gone in page, "Undo this file" in page) == (is_gone, not is_gone)
