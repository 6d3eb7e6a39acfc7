"""Files in the shapes that offices save them come in whole; references stay text."""

import datetime as dt

import pytest

from tests.people.roster.files import TEMPLATE, csv_file, row, workbook, xlsx_file
from training.people.roster.limits import Refused
from training.people.roster.read import read_roster

UMLAUT = row(last_name="Ünal")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_is_read_in_any_of_its_usual_shapes(encoding, sign):
    sheet = read_roster(csv_file(UMLAUT, encoding=encoding, sign=sign))
    assert [(number, texts["employee_ref"], texts["last_name"]) for number, texts in sheet.rows] == [
        (2, "00123", "Ünal")
    ]
    assert set(sheet.fields) == set(TEMPLATE)


def test_a_workbook_is_read_as_its_owner_sees_it():
    odd = row(employee_ref=10023456.0, assignment_ref="10023456-2", last_name="NA", start_date=dt.date(2023, 4, 17))
    sheet = read_roster(xlsx_file(odd, row(employee_ref="00123", fte=0.2)))
    first, second = (texts for _number, texts in sheet.rows)
    assert (first["employee_ref"], first["assignment_ref"]) == ("10023456", "10023456-2")
    assert (first["last_name"], first["start_date"]) == ("NA", "2023-04-17")
    assert (second["employee_ref"], second["fte"]) == ("00123", "0.2")


def test_rows_are_numbered_as_the_sheet_shows_them():
    assert [number for number, _texts in read_roster(xlsx_file(row(), row(), first=4)).rows] == [6, 7]
    assert [number for number, _texts in read_roster(csv_file({}, row())).rows] == [3]


def test_only_the_first_visible_sheet_is_read():
    import io

    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        hidden, shown = book.add_worksheet("old"), book.add_worksheet("new")
        shown.activate()
        hidden.hide()
        hidden.write_row(0, 0, ["employee_ref"])
        shown.write_row(0, 0, ["employee_ref", "last_name", "start_date", "post_title"])
        shown.write_row(1, 0, ["7", "Example", "2023-04-17", "Nurse"])
    data.seek(0)
    assert [texts["employee_ref"] for _number, texts in read_roster(data).rows] == ["7"]


def test_headers_of_the_electronic_staff_record_are_known():
    columns = (
        "Employee Number",
        "Assignment Number",
        "Title",
        "First Name",
        "Last Name",
        "Org L4",
        "Department",
        "Position Title",
        "Staff Group",
        "Job Role",
        "Start Date in Position",
        "Latest Start Date",
        "Supervisor Employee Number",
    )
    sheet = read_roster(csv_file({name: name for name in columns}, columns=columns))
    assert sheet.rows == [
        (
            2,
            {
                "employee_ref": "Employee Number",
                "assignment_ref": "Assignment Number",
                "first_name": "First Name",
                "last_name": "Last Name",
                "team": "Department",
                "post_title": "Position Title",
                "start_date": "Start Date in Position",
                "manager_ref": "Supervisor Employee Number",
            },
        )
    ]
    assert sheet.ignored == ("Title", "Staff Group")
    assert sheet.spare == [
        ("Org L4", "team", "Department"),
        ("Job Role", "post_title", "Position Title"),
        ("Latest Start Date", "start_date", "Start Date in Position"),
    ]


def test_a_column_that_stands_twice_is_refused():
    with pytest.raises(Refused, match='^The column "employee_ref" stands twice. Keep one.$'):
        read_roster(csv_file(row(), columns=("employee_ref", *TEMPLATE)))
    with pytest.raises(Refused, match='^The column "Team" stands twice. Keep one.$'):
        read_roster(csv_file(row(), columns=("Team ", *TEMPLATE)))


def test_columns_without_a_meaning_may_stand_twice():
    assert read_roster(csv_file(row(), columns=(*TEMPLATE, "Notes", "Notes"))).ignored == ("Notes", "Notes")


def test_columns_that_must_not_be_held_never_leave_the_child():
    forbidden = ("NI Number", "Date of Birth", "Home Address", "Ethnic Origin", "Religious Belief", "Bank Account No")
    forbidden += ("DateOfBirth", "Disability", "Sexual Orientation", "health_notes")
    sheet = read_roster(csv_file(row() | dict.fromkeys(forbidden, "canary"), columns=(*TEMPLATE, *forbidden)))
    assert sheet.dropped == forbidden
    assert "canary" not in str(sheet.rows)


def test_missing_columns_are_named():
    with pytest.raises(Refused) as refusal:
        read_roster(csv_file(row(), columns=("employee_ref", "first_name")))
    assert str(refusal.value) == "The file has no column for: last_name, start_date, role_group or post_title."


def test_a_file_without_column_names_does_not_come_back_in_the_message():
    with pytest.raises(Refused) as refusal:
        read_roster(csv_file(columns=("00123", "Canary", "Nurse")))
    assert "Canary" not in str(refusal.value)


def test_control_characters_and_line_breaks_become_blanks():
    sheet = read_roster(csv_file(row(team="Ward\n7\u202e\x07B")))
    assert sheet.rows[0][1]["team"] == "Ward 7 B"


def test_an_excel_row_of_floats_keeps_its_serial_days():
    cells = {(0, 0): "employee_ref", (0, 1): "last_name", (0, 2): "start_date", (0, 3): "post_title"}
    sheet = read_roster(workbook(cells | {(1, 0): 7, (1, 1): "NA", (1, 2): 45033, (1, 3): "Nurse"}))
    assert sheet.rows[0][1]["start_date"] == "45033"
