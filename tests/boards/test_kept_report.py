"""A day's count is kept by the names of its columns, so that no later release reads one number for another."""

import json
from dataclasses import make_dataclass
from datetime import UTC, date, datetime

import pytest

from training.boards import kept_report
from training.boards.errors import PackRefused
from training.boards.kept_report import read_again, written_out
from training.strategy.coverage import Cell, Place
from training.strategy.figures import AgencyOnDay, Marks
from training.strategy.report import Report
from training.strategy.suppress import Audience

ON, AT = date(2026, 9, 30), datetime(2026, 10, 1, 9, tzinfo=UTC)
CELLS = {Place(): Cell(72, 110, 3, 2, 1), Place("agency", "SVH"): Cell(60, 80)}
REPORT = Report(
    ON, AT, AT, (AgencyOnDay("SVH", "Severn Vale Hospitals", False, True),), CELLS, Marks(), Audience.PARTNERSHIP
)


@pytest.fixture
def kept() -> dict:
    return json.loads(written_out(REPORT))


def again(kept: dict) -> Report:
    return read_again(json.dumps(kept), on=ON, known_at=AT)


def test_what_was_kept_is_read_by_name_wherever_it_stands(kept):
    assert again(kept).cells == CELLS
    kept["columns"].reverse()
    kept["cells"] = [row[::-1] for row in kept["cells"]]
    assert again(kept).cells == CELLS


def test_what_was_kept_before_columns_had_names_is_read_by_place(kept):
    del kept["columns"]
    assert again(kept).cells == CELLS


def test_a_column_that_is_known_no_more_is_left_and_one_that_is_new_has_its_default(kept):
    kept["columns"] = [name if name != "exempt" else "seconded" for name in kept["columns"]]
    assert again(kept).cells[Place()] == Cell(72, 110, 3, 0, 1)


@pytest.mark.parametrize("name", ["numerator", "denominator"])
def test_where_a_number_is_missing_it_says_so(kept, name):
    kept["columns"] = [each if each != name else "other" for each in kept["columns"]]
    with pytest.raises(PackRefused, match="earlier release"):
        again(kept)


def test_so_it_does_of_an_agency(kept, monkeypatch):
    monkeypatch.setattr(kept_report, "AgencyOnDay", make_dataclass("Later", ["code", "title", "region"]))
    monkeypatch.setattr(kept_report, "AGENCY", ("code", "title", "region"))
    with pytest.raises(PackRefused, match="earlier release"):
        again(kept)
