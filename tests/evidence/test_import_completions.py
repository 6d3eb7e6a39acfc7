"""The command: a dry run writes nothing, the exit status and the JSON say what came of it."""

import io
import json

import pytest
from django.core.management import call_command

from tests.evidence.conftest import recorded, waiting
from tests.evidence.files import ESR, TEMPLATE, awarded, csv_file, done
from training.audit.models import AuditEvent
from training.evidence.models import CompletionImport


@pytest.fixture
def run(world, staff, module, tmp_path):
    """Runs the command on a file; answers with exit status, output and errors."""

    def run(file, *options, agency="SVH") -> tuple[int, str, str]:
        path = tmp_path / "completions.csv"
        if file is not None:
            path.write_bytes(file.read())
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_completions", path, "--agency", agency, *options, stdout=out, stderr=err)
        except SystemExit as stop:
            return stop.code, out.getvalue(), err.getvalue()
        return 0, out.getvalue(), err.getvalue()

    return run


def test_a_dry_run_writes_nothing(run):
    status, out, _err = run(csv_file(done(), done(employee_ref="9")))
    assert (status, out.splitlines()) == (
        0,
        [
            "Dry run: 1 new, 0 unchanged, 0 skipped, 1 waiting, 0 refused.",
            "Row 3, waiting: nobody on your roster has this employee reference.",
        ],
    )
    assert (CompletionImport.objects.count(), AuditEvent.objects.count(), recorded(), waiting()) == (0, 0, [], [])


def test_applying_and_applying_again(run):
    file = done(), done(employee_ref="9")
    assert run(csv_file(*file), "--apply")[:2] == (
        0,
        "Applied: 1 new, 0 unchanged, 0 skipped, 1 waiting, 0 refused.\n"
        "Row 3, waiting: nobody on your roster has this employee reference.\n",
    )
    before = recorded(), waiting()
    status, out, _err = run(csv_file(*file[::-1]), "--apply")
    assert (status, out, recorded(), waiting()) == (
        0,
        "Nothing to do: 0 new, 2 unchanged, 0 skipped, 0 waiting, 0 refused.\n",
        *before,
    )
    assert CompletionImport.objects.count() == 1


def test_refused_rows_fail_a_dry_run_and_do_not_stop_the_others(run):
    file = done(), done(employee_ref="2", completed_on="soon")
    status, out, _err = run(csv_file(*file))
    assert status == 1
    assert "Row 3, refused: completed_on 'soon' is not a date: write it as 2024-03-31.\n" in out
    assert run(csv_file(*file), "--apply")[0] == 0
    assert [row[0] for row in recorded()] == ["1"]
    assert run(csv_file(*file), "--apply")[0] == 1


def test_a_personal_export_needs_its_person(run):
    file = (awarded(Last_Updated_By="2"),)
    status, _out, err = run(csv_file(*file, columns=ESR), "--apply")
    assert status == 1
    assert err.startswith("The file does not say whose training it is")
    assert run(csv_file(*file, columns=ESR), "--apply", "--person", "1")[0] == 0
    assert recorded() == [("1", "DA-A1", "2026-03-02", "import")]


@pytest.mark.parametrize(
    ("content", "options", "agency", "status", "words"),
    [
        (b"", (), "SVH", 1, "The file is empty."),
        (b"%PDF-1.4", ("--apply",), "SVH", 1, "This is a PDF, not a completion file."),
        (b"employee_ref,completed_on\n1,2026-03-02\n", (), "SVH", 1, "The file has no column for: course_code or"),
        (b"x", (), "NOWHERE", 2, "There is no agency with the code 'NOWHERE'."),
        (None, (), "SVH", 2, "There is no file"),
    ],
)
def test_bad_files_and_bad_calls(run, content, options, agency, status, words):
    file = None if content is None else io.BytesIO(content)
    found, _out, err = run(file, *options, agency=agency)
    assert found == status
    assert err.startswith(words)


def test_json_shows_every_row_as_understood(run):
    columns = (*TEMPLATE, "Ethnic Origin", "Shoe size")
    rows = done(completed_on="02/03/2026", score="80%"), done(employee_ref=""), done(employee_ref="9")
    status, out, _err = run(csv_file(*rows, columns=columns), "--json", "--mode", "newer")
    told = json.loads(out)
    assert status == 1
    assert (told["agency"], told["mode"], told["state"]) == ("SVH", "newer", "dry run")
    assert told["counts"] == {"new": 1, "unchanged": 0, "skipped": 0, "waiting": 1, "refused": 1}
    assert (told["dropped_columns"], told["ignored_columns"]) == (["Ethnic Origin"], ["Shoe size"])
    assert told["rows"] == [
        {
            "row": 2,
            "kind": "new",
            "key": {"agency": "SVH", "employee_ref": "1", "module": "DA-A1", "completed_on": "2026-03-02"},
            "values": {"employee_ref": "1", "course_code": "DA-A1", "score": "80%", "completed_on": "2026-03-02"},
            "changes": {"completed_on": ["", "2026-03-02"]},
            "reasons": ["completed_on '02/03/2026' was read with the day first, as 2026-03-02"],
        },
        {
            "row": 3,
            "kind": "refused",
            "key": {"agency": "SVH", "employee_ref": "", "module": "", "completed_on": "2026-03-02"},
            "values": {"employee_ref": "", "course_code": "DA-A1", "completed_on": "2026-03-02"},
            "changes": {},
            "reasons": ["employee_ref is empty"],
        },
        {
            "row": 4,
            "kind": "waiting",
            "key": {"agency": "SVH", "employee_ref": "9", "module": "DA-A1", "completed_on": "2026-03-02"},
            "values": {"employee_ref": "9", "course_code": "DA-A1", "completed_on": "2026-03-02"},
            "changes": {},
            "reasons": ["nobody on your roster has this employee reference"],
        },
    ]


def test_json_of_a_refused_file_is_json_too(run):
    status, out, _err = run(csv_file(), "--json")
    assert (status, json.loads(out)) == (
        1,
        {"agency": "SVH", "state": "refused", "reasons": ["The file has column names and no rows."]},
    )
