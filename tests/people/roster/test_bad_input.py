"""Hostile and broken files: a clear message, the same process, nothing written, little memory and time."""

import os
import time

import pytest

from tests.people.files.rosters import BY_ROW, WHOLE
from tests.people.roster.files import csv_file, row
from training.people.models import Person, RosterImport, RosterRow
from training.people.roster import confined, read
from training.people.roster.limits import Refused

pytestmark = pytest.mark.usefixtures("real_child")
MOST_MB = 256
MOST_SECONDS = 10


def work_of_children() -> float:
    """Seconds that the children so far were at work: a busy machine makes no file slow."""
    spent = os.times()
    return spent.children_user + spent.children_system


@pytest.fixture
def small(monkeypatch):
    """Children get half of what they get elsewhere: a bad file must come to its end in that."""
    less = f"from training.people.roster import limits; limits.MEMORY_BYTES = {MOST_MB} * 2**20; "
    begin = "import_module(sys.argv[2])"
    assert begin in confined.START
    monkeypatch.setattr(confined, "START", confined.START.replace(begin, less + begin, 1))


def nothing_is_written() -> bool:
    people = Person.objects.everywhere(reason="test").count()
    return [RosterImport.objects.count(), RosterRow.objects.everywhere(reason="test").count(), people] == [0, 0, 0]


@pytest.mark.parametrize("name", WHOLE)
def test_a_bad_file_is_refused_in_words_and_nothing_is_written(look, small, name):
    bad, process, before = WHOLE[name], os.getpid(), work_of_children()
    try:
        reasons = look(bad.make()).plan.reasons
    except Refused as refusal:
        reasons = [str(refusal)]
    assert [reason[: len(bad.refused)] for reason in reasons] == [bad.refused]
    assert work_of_children() - before < MOST_SECONDS
    assert os.getpid() == process
    assert nothing_is_written()


@pytest.mark.parametrize("name", BY_ROW)
def test_an_awkward_file_says_of_each_row_what_it_means(look, small, name):
    bad, before = BY_ROW[name], work_of_children()
    seen = look(bad.make())
    told = {it.number: (it.kind, (it.reasons or [""])[0][: len(bad.rows[it.number][1])]) for it in seen.plan.rows}
    assert told == bad.rows
    assert seen.plan.reasons == ([bad.refused] if bad.refused else [])
    assert work_of_children() - before < MOST_SECONDS
    assert nothing_is_written()


def test_days_of_an_old_mac_are_the_days_that_were_meant(look):
    seen = look(BY_ROW["an old Mac's days"].make())
    assert [it.values["start_date"] for it in seen.plan.rows] == ["2023-04-17", "2023-04-17"]


def test_days_come_in_all_forms(look):
    seen = look(BY_ROW["all forms of days"].make())
    assert [it.values["start_date"] for it in seen.plan.rows] == [
        "2028-11-30",
        "2025-12-02",
        "2023-04-17",
        "2023-04-17",
    ]


def test_a_national_insurance_number_is_kept_nowhere(look):
    seen = look(BY_ROW["National Insurance numbers as references"].make())
    assert seen.sheet.head["blanked"] == 1
    assert "12 34 56" not in str([seen.plan.rows, seen.sheet.rows])


def test_a_file_that_takes_too_long_is_given_up(look, monkeypatch):
    monkeypatch.setattr(confined, "WALL_SECONDS", 0.5)
    monkeypatch.setattr(confined, "START", "import time; time.sleep(60)")
    started = time.monotonic()
    with pytest.raises(Refused, match="took more than"):
        look(csv_file(row()))
    assert time.monotonic() - started < MOST_SECONDS


def test_the_child_sees_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary")
    tell = 'import json, os; print(json.dumps({"refused": " ".join(sorted(os.environ.values()))}), end="")'
    monkeypatch.setattr(confined, "START", tell)
    with pytest.raises(Refused) as refusal:
        read.read_roster(csv_file(row()))
    assert "canary" not in str(refusal.value)


def test_the_child_is_confined(monkeypatch):
    """It runs out of memory where the machine would not."""
    greedy = "import sys; sys.path.insert(0, sys.argv[1]); from training.people.roster import child; "
    monkeypatch.setattr(confined, "START", greedy + "child.confine(); bytearray(2**31)")
    with pytest.raises(Refused, match="limits of memory and time"):
        read.read_roster(csv_file(row()))
