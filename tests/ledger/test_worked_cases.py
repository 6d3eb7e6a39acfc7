"""The worked cases of docs/features/renewal.md, run from that very table through the door for files of facts."""

import re

import pytest

from tests.ledger.worked_cases import PAGE, Case, Malformed, answers_of, cases, lines_of, refusal_of, written
from training.ledger.facts_answers import Facts, as_json
from training.ledger.facts_file import LINES, BadFacts, read_lines

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number} {case.title}")
def test_a_worked_case_comes_out_as_the_page_says(case):
    if refusal := refusal_of(case):
        with pytest.raises(BadFacts, match=re.escape(refusal)):
            Facts(read_lines(written(case)))
        return
    found = [as_json(answer)["standing"] for answer in Facts(read_lines(written(case))).answers()]
    claimed = answers_of(case)
    assert len(found) == len(claimed)
    for standing, claim in zip(found, claimed, strict=True):
        if claim is None or standing is None:
            assert claim == standing
        else:
            assert {name: standing[name] for name in claim} == claim


def test_the_table_is_whole():
    assert [case.number for case in CASES] == list(range(1, len(CASES) + 1))
    assert len(CASES) >= 60
    assert {point for case in CASES for point in case.points} == set(range(1, 28))


@pytest.mark.parametrize(
    "changed",
    [
        {"facts": "done on Sunday"},
        {"facts": "done 31 Feb 2026"},
        {"facts": "done 1 Mar 2026 for ever"},
        {"rule": "24 months from whenever"},
        {"rule": "24 months from finishing; 12 months from finishing"},
        {"rule": "24 months from finishing, window 60"},
        {"days": "1 Mar 2026 or so"},
        {"answers": "fine"},
        {"answers": "in date, perhaps"},
    ],
)
def test_a_malformed_row_fails(changed):
    said = {"facts": "done 1 Mar 2026", "rule": "24 months from finishing", "days": "1 Mar 2026", "answers": "in date"}
    good = Case(1, (), "case", **said)
    assert lines_of(good) and answers_of(good)
    bad = Case(1, (), "case", **said | changed)
    with pytest.raises((Malformed, ValueError)):
        lines_of(bad), answers_of(bad)


def test_the_page_describes_every_line_and_everything_that_it_may_say():
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    described = {}
    for row in rows:
        line, needed, optional, _ = (cell.strip() for cell in row.strip("|").split("|"))
        described[line.strip("`")] = (set(re.findall(r"`(\w+)`", needed)), set(re.findall(r"`(\w+)`", optional)))
    assert described == {
        line: (
            {name for name, field in fields.items() if field.is_needed},
            {name for name, field in fields.items() if not field.is_needed},
        )
        for line, fields in LINES.items()
    }
