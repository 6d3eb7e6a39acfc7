"""Files hold values alone: no formula, no link, one visible sheet."""

import io

import openpyxl
import pytest

from training.strategy.export import csv_text, neutral, xlsx_bytes

HEAD = ["agency", "in_date"]
ROWS = [['=HYPERLINK("http://x.example")', 12], ["+1", 0], ["@a", "*"], ["-2", "-"], ["\t=1", "n/a"], ["Ördinary", 5]]


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def test_a_workbook_holds_the_values_and_no_formula():
    sheet = opened(xlsx_bytes("Coverage", HEAD, ROWS)).active
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found == [
        HEAD,
        ['\'=HYPERLINK("http://x.example")', 12],
        ["'+1", 0],
        ["'@a", "*"],
        ["'-2", "-"],
        ["'\t=1", "n/a"],
        ["Ördinary", 5],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.hyperlink] == []


def test_a_workbook_has_one_visible_sheet():
    assert [(sheet.title, sheet.sheet_state) for sheet in opened(xlsx_bytes("Coverage", HEAD, ROWS))] == [
        ("Coverage", "visible")
    ]


def test_a_csv_is_neutralised_alike():
    text = csv_text(HEAD, ROWS)
    assert text.splitlines()[1] == '"\'=HYPERLINK(""http://x.example"")",12'
    assert not any(line.startswith(("=", "+", "@")) for line in text.splitlines())


@pytest.mark.parametrize("sign", ["\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_signs_of_full_width_are_neutralised_too(sign):
    assert neutral(f"{sign}1") == f"'{sign}1"


@pytest.mark.parametrize("value", ["-", "*", "n/a", 0, -3, "plain"])
def test_marks_and_numbers_stay_as_they_are(value):
    assert neutral(value) == value
