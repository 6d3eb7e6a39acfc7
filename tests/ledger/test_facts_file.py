"""The door for files of facts: strict about what it reads, with line numbers, and never at the database."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.ledger import plain_model
from tests.ledger.worked_cases import PAGE, cases, refusal_of, written
from training.ledger.facts_answers import Facts
from training.ledger.facts_file import LONGEST_LIST, BadFacts, read_lines

ROOT = Path(__file__).parents[2]
GOOD = [
    '{"line": "requirement", "requirement": "R1", "module": "B1"}',
    '{"line": "version", "requirement": "R1", "starts_on": "2020-01-01", "kind": "once"}',
    '{"line": "post", "post": "P", "person": "p"}',
    '{"line": "term", "post": "P", "starts_on": "2024-01-01"}',
    '{"line": "completion", "completion": "c", "person": "p", "module": "B1", "completed_on": "2024-02-01"}',
    '{"line": "question", "question": "q", "post": "P", "module": "B1", "on": "2024-02-01"}',
]


def faults(*lines):
    with pytest.raises(BadFacts) as refused:
        Facts(read_lines(lines))
    return refused.value.faults


def run(tmp_path, *lines):
    """What the command prints for a file of these lines, without any database to be had."""
    file = tmp_path / "facts.jsonl"
    file.write_text("\n".join(lines))
    out = StringIO()
    call_command("standing", facts=str(file), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_command_answers_without_touching_the_database(tmp_path):
    """No mark asks for a database here, so any query would fail the test."""
    (answer,) = run(tmp_path, *GOOD)
    assert answer["question"] == "q"
    assert answer["standing"]["state"] == "in_date"


def test_the_pages_example_is_what_the_command_prints(tmp_path):
    lines, answers = (block.split("```")[0].strip().splitlines() for block in PAGE.read_text().split("```json")[1:])
    assert run(tmp_path, *lines) == [json.loads(line) for line in answers]


@pytest.mark.parametrize("status", [0, 1, 2])
def test_the_command_ends_with_its_status(tmp_path, status):
    """Run as it is run on a machine, with a database that nobody can reach."""
    file = tmp_path / "facts.jsonl"
    if status < 2:
        file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([*GOOD, "{}"] if status else GOOD).encode())
    said = subprocess.run(
        [sys.executable, "manage.py", "standing", "--facts", str(file)],
        cwd=ROOT,
        env={"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "DJANGO_SETTINGS_MODULE": "training.settings.test"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert said.returncode == status, said.stderr
    assert bool(said.stdout) == (status == 0)
    assert ["", "Line 7: 'line' has to be one of", "cannot be read: No such file"][status] in said.stderr


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("nonsense", "is not JSON"),
        ("[]", "has to be a JSON object"),
        ("[" * 100_000, "is not JSON"),
        ('{"line": "term", "line": "term"}', "says the same thing twice"),
        ('{"line": "person"}', "'line' has to be one of module, satisfies"),
        ('{"line": ["term"]}', "'line' has to be one of"),
        ('{"line": "term", "post": "P"}', "'starts_on' is missing"),
        ('{"line": "term", "post": "P", "starts_on": "2024-02-30"}', "'starts_on' is no day of the calendar"),
        ('{"line": "term", "post": "P", "starts_on": "20240201"}', "'starts_on' has to be a day such as"),
        ('{"line": "term", "post": "P", "starts_on": 20240201}', "'starts_on' has to be a day such as"),
        ('{"line": "term", "post": " ", "starts_on": "2024-02-01"}', "'post' has to be a text"),
        ('{"line": "term", "post": "P", "starts_on": "2024-02-01", "ends_on": "2024-01-31"}', "before the first"),
        (
            '{"line": "term", "post": "P", "starts_on": "2024-02-01", "on_leave": 1}',
            "'on_leave' has to be true or false",
        ),
        ('{"line": "term", "post": "P", "starts_on": "2024-02-01", "team": "A"}', "says nothing called 'team'"),
        ('{"line": "module", "module": "B1", "minutes": true}', "'minutes' has to be a whole number"),
        ('{"line": "module", "module": "B1", "minutes": -1}', "'minutes' has to be a whole number"),
        ('{"line": "module", "module": "B1", "minutes": 1.5}', "'minutes' has to be a whole number"),
        ('{"line": "void", "completion": "c", "recorded_at": "2024-02-01T10:00:00"}', "distance from UTC"),
        ('{"line": "void", "completion": "c", "recorded_at": "2024-02-01"}', "distance from UTC"),
        ('{"line": "void", "completion": "d"}', "there is no completion 'd'"),
        ('{"line": "completion", "completion": "d", "person": "p", "module": "B1"}', "give either 'completed_on'"),
        (GOOD[4], "there is already a completion 'c'"),
        (GOOD[2], "there is already a post 'P'"),
        ('{"line": "term", "post": "Q", "starts_on": "2024-02-01"}', "there is no post 'Q'"),
        ('{"line": "attempt", "person": "q", "module": "B1", "starts_on": "2024-02-01"}', "there is no person 'q'"),
        ('{"line": "version", "requirement": "R2", "starts_on": "2020-01-01", "kind": "once"}', "no requirement 'R2'"),
        (
            '{"line": "version", "requirement": "R1", "starts_on": "2020-01-01", "kind": "often"}',
            "'kind' has to be one of",
        ),
        ('{"line": "version", "requirement": "R1", "starts_on": "2020-01-01", "kind": "expiring"}', "how many months"),
        ('{"line": "question", "post": "P", "module": "B9", "on": "2024-02-01"}', "no requirement asks for the module"),
        (
            '{"line": "requirement", "requirement": "R2", "module": "B1", "agency": "A", "agency_kind": "k"}',
            "not of both",
        ),
        (
            '{"line": "duty", "post": "P", "designation": "D", "starts_on": "2024-02-01",'
            ' "recorded_at": "2024-02-01T10:00:00+00:00", "replaced_at": "2024-01-01T10:00:00+00:00"}',
            "replaced before it was recorded",
        ),
    ],
)
def test_a_bad_line_is_told_with_its_number(line, fault):
    (told,) = faults(*GOOD, "", line)
    assert told.startswith("Line 8: ")
    assert fault in told


def test_faults_are_told_together_and_not_without_end():
    assert [told.split(":")[0] for told in faults("{}", *GOOD, "{}")] == ["Line 1", "Line 8"]
    assert len(faults(*["{}"] * 1000)) == LONGEST_LIST + 1
    assert faults(*["{}"] * 1000)[-1] == "and 980 more"


def test_lines_may_come_in_any_order():
    def told(lines):
        return [answer.standing for answer in Facts(read_lines(lines)).answers()]

    for case in cases():
        if refusal_of(case) is None:
            assert told(written(case)[::-1])[::-1] == told(written(case)), case


def test_rows_replaced_are_known_until_they_were():
    replaced = '"recorded_at": "2024-01-01T00:00:00+00:00", "replaced_at": "2024-03-01T00:00:00+00:00"'
    exempt = f'{{"line": "exemption", "post": "P", "module": "B1", "starts_on": "2024-01-01", {replaced}}}'
    asked = '{"line": "question", "post": "P", "module": "B1", "on": "2024-01-15", "known_at": "%s"}'
    moments = ["2023-12-31T23:59:59+00:00", "2024-01-01T00:00:00+00:00", "2024-03-01T00:00:00+00:00"]
    facts = Facts(read_lines([*GOOD, exempt, *(asked % moment for moment in moments)]))
    assert [answer.standing.state for answer in facts.answers()][1:] == ["overdue", "exempt", "overdue"]


def test_the_plain_model_reads_the_worked_cases_alike():
    """The page's answers are those of the slow model too, which shares no calculation with the rule."""
    count = 0
    for case in cases():
        if refusal_of(case) is not None:
            continue
        facts = Facts(read_lines(written(case)))
        for answer, known in facts.answers_with_histories():
            expected = known and plain_model.standing(known, answer.question["on"])
            found = answer.standing and {name: getattr(answer.standing, name) for name in answer.standing.__slots__}
            assert found == expected, case
            count += 1
    assert count > 150
