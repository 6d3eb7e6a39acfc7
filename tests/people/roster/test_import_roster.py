"""The command: a dry run writes nothing, the exit status and the JSON say what came of it."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests.people.roster.files import TEMPLATE, csv_file, row
from training.audit.models import AuditEvent
from training.people.models import Person, RosterImport


@pytest.fixture
def run(world, tmp_path):
    """Runs the command on a file; answers with exit status, output and errors."""

    def run(file, *options, agency="SVH") -> tuple[int, str, str]:
        path = tmp_path / "roster.csv"
        if file is not None:
            path.write_bytes(file.read())
        out, err = StringIO(), StringIO()
        try:
            call_command("import_roster", path, "--agency", agency, *options, stdout=out, stderr=err)
        except SystemExit as stop:
            return stop.code, out.getvalue(), err.getvalue()
        return 0, out.getvalue(), err.getvalue()

    return run


def test_a_dry_run_writes_nothing(run):
    status, out, _err = run(csv_file(row()))
    assert (status, out) == (0, "Dry run: 1 new, 0 changed, 0 left, 0 unchanged, 0 refused, 0 unmapped.\n")
    assert (RosterImport.objects.count(), AuditEvent.objects.count()) == (0, 0)
    assert not Person.objects.everywhere(reason="test").exists()


def test_applying_and_applying_again(run, state):
    assert run(csv_file(row()), "--apply")[:2] == (
        0,
        "Applied: 1 new, 0 changed, 0 left, 0 unchanged, 0 refused, 0 unmapped.\n",
    )
    before = state()
    status, out, _err = run(csv_file(row()), "--apply")
    assert (status, out.split(":")[0], state()) == (0, "Nothing to do", before)
    assert RosterImport.objects.count() == 1


def test_refused_rows_fail_a_dry_run_and_do_not_stop_the_others(run, state):
    file = row(), row(employee_ref="2", fte="?")
    status, out, _err = run(csv_file(*file))
    assert status == 1
    assert "Row 3, refused: fte '?' is not a number.\n" in out
    assert run(csv_file(*file), "--apply")[0] == 0
    assert [term[0] for term in state()["terms"]] == ["00123"]
    status, out, _err = run(csv_file(*file), "--apply")
    assert (status, out.split(":")[0]) == (0, "Nothing to do")
    assert "Row 3, refused: fte '?' is not a number.\n" in out
    assert run(csv_file(*file))[0] == 1
    assert run(csv_file(file[1]), "--apply")[0] == 1


def test_too_many_leavers_are_refused_until_allowed(run, state):
    run(csv_file(*(row(employee_ref=str(ref)) for ref in range(4))), "--apply")
    before = state()
    status, _out, err = run(csv_file(row(employee_ref="0")), "--apply", "--full")
    assert (status, state()) == (1, before)
    assert "3 of 4 posts are not in the file and would end: more than 10%." in err
    assert run(csv_file(row(employee_ref="0")), "--apply", "--full", "--allow-leavers")[0] == 0


@pytest.mark.parametrize(
    ("content", "options", "agency", "status", "words"),
    [
        (b"", (), "SVH", 1, "The file is empty."),
        (b"%PDF-1.4", ("--apply",), "SVH", 1, "This is a PDF"),
        (b"x", (), "NOWHERE", 2, "There is no agency with the code 'NOWHERE'."),
        (None, (), "SVH", 2, "There is no file"),
    ],
)
def test_bad_files_and_bad_calls(run, content, options, agency, status, words):
    file = None if content is None else __import__("io").BytesIO(content)
    found, _out, err = run(file, *options, agency=agency)
    assert found == status
    assert err.startswith(words)


def test_json_shows_every_row_as_understood(run):
    columns = (*TEMPLATE, "Ethnic Origin", "Shoe size")
    file = csv_file(row(start_date="17/04/2023", employee_ref="00123"), row(employee_ref=""), columns=columns)
    status, out, _err = run(file, "--json")
    told = json.loads(out)
    assert status == 1
    assert told["counts"] == {"new": 1, "changed": 0, "left": 0, "unchanged": 0, "refused": 1, "unmapped": 0}
    assert (told["state"], told["dropped_columns"], told["ignored_columns"]) == (
        "dry run",
        ["Ethnic Origin"],
        ["Shoe size"],
    )
    first, second = told["rows"]
    assert (first["row"], first["kind"], first["key"]) == (
        2,
        "new",
        {"agency": "SVH", "employee_ref": "00123", "assignment_ref": "00123"},
    )
    assert (first["values"]["start_date"], first["values"]["employee_ref"]) == ("2023-04-17", "00123")
    assert (second["row"], second["kind"], second["reasons"]) == (3, "refused", ["employee_ref is empty"])


def test_a_column_that_stands_aside_is_told(run):
    _status, out, _err = run(csv_file(row(), columns=(*TEMPLATE, "Payroll No")))
    assert "Column not used: Payroll No, because employee_ref is used instead.\n" in out
    _status, out, _err = run(csv_file(row(), columns=(*TEMPLATE, "Payroll No")), "--json")
    assert json.loads(out)["spare_columns"] == ["Payroll No"]


def test_json_of_a_refused_file_is_json_too(run):
    status, out, _err = run(csv_file(), "--json")
    assert (status, json.loads(out)) == (
        1,
        {"agency": "SVH", "state": "refused", "reasons": ["The file has column names and no rows."]},
    )
