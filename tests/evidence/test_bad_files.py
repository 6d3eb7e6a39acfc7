"""Bad completion files: each is told in words with its row, writes nothing, and harms nobody but its own child."""

import resource

import pytest

from tests.evidence.bad_files import REFUSED, ROWS, row_file, workbook_of_numbers
from tests.evidence.conftest import recorded
from tests.evidence.files import csv_file, done
from training.evidence.models import CompletionImport, CompletionRow, Evidence
from training.people.roster import confined
from training.people.roster.limits import Refused

pytestmark = pytest.mark.usefixtures("real_child")
MOST_MEGABYTES = 256


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_in_words_and_nothing_is_written(look, name):
    make, words = REFUSED[name]
    file = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused) as refusal:
        look(file)
    assert str(refusal.value).startswith(words)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < MOST_MEGABYTES
    assert CompletionImport.objects.count() == 0
    for model in (CompletionRow, Evidence):
        assert model.objects.everywhere(reason="test").count() == 0
    assert recorded() == []


@pytest.mark.parametrize("name", ROWS)
def test_a_bad_row_says_its_number_and_stops_no_other(load, name):
    _values, kind, words = ROWS[name]
    applied = load(row_file(name))
    row = CompletionRow.objects.of(applied).get(number=3)
    assert (row.kind, row.reasons) == (kind, [words])
    assert recorded() == [("1", "DA-A1", "2026-03-02", "import")]


def test_numbers_of_a_workbook_are_read_as_they_look(load):
    load(workbook_of_numbers())
    assert recorded() == [("1", "DA-A1", "2026-03-02", "import")]


def test_a_workbook_of_an_old_mac_counts_its_days_from_1904(load):
    load(workbook_of_numbers(day=46083 - 1462, date_1904=True))
    assert recorded() == [("1", "DA-A1", "2026-03-02", "import")]


def test_a_national_insurance_number_never_leaves_the_child(look):
    plan = look(csv_file(done(evidence_ref="AB 12 34 56 C"), done(employee_ref="AB123456C"))).plan
    assert "evidence_ref" not in plan.rows[0].values
    assert (plan.rows[1].kind, plan.rows[1].reasons) == ("refused", ["employee_ref is empty"])


def test_a_file_that_takes_too_long_is_given_up(look, monkeypatch):
    monkeypatch.setattr(confined, "WALL_SECONDS", 0.5)
    monkeypatch.setattr(confined, "START", "import time; time.sleep(60)")
    with pytest.raises(Refused, match="took more than"):
        look(row_file("no day"))


def test_the_child_sees_nothing_of_our_environment(look, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary")
    tell = 'import json, os; print(json.dumps({"refused": " ".join(sorted(os.environ.values()))}), end="")'
    monkeypatch.setattr(confined, "START", tell)
    with pytest.raises(Refused) as refusal:
        look(row_file("no day"))
    assert "canary" not in str(refusal.value)


def test_a_child_that_dies_is_told_in_words(look, monkeypatch):
    monkeypatch.setattr(confined, "START", "import os; os.abort()")
    with pytest.raises(Refused, match="limits of memory and time"):
        look(row_file("no day"))
