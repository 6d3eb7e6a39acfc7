"""What is published of a partnership's coverage, read as text from the tables that are handed out."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from tests.strategy.attacker import ASKED, IN_DATE, LEFT_OUT, Attack, Group
from training.strategy.coverage import GROUPS, SCOPES, Held, Place
from training.strategy.explorer import Explored, Question, explored, file_head, file_rows
from training.strategy.export import coverage_head, coverage_rows, csv_text
from training.strategy.figures import CHAMPIONS_THERE, INDICATOR, rest_of, rests
from training.strategy.report import Report
from training.strategy.suppress import Audience
from training.strategy.table import Dimensions, table

EVERYBODY: Group = ("", "")


def attack_on(
    report: Report,
    family_of: Mapping[str, str],
    scopes_of: Mapping[str, Iterable[Group]],
    held: Iterable[Held] = (),
) -> Attack:
    """An attacker who knows what words mean and who employs whom (`held`), and has read nothing yet."""
    held = list(held)
    cells = {place: cell for place, cell in report.cells.items() if place.scope_kind != INDICATOR}
    attack = Attack(truth=cells | rests(cells, held), few_below=report.audience.shown_from)
    known = [(each.within, [*((each.kind, code) for code in each.codes), rest_of(each)]) for each in held]
    attack.reckon(
        [*_sums(report, family_of), *known],
        {code: {EVERYBODY, ("module", code), *of} for code, of in scopes_of.items()},
    )
    return attack


def _sums(report: Report, family_of: Mapping[str, str]) -> list[tuple[Group, list[Group]]]:
    kinds = {each.code: each.kind for each in report.agencies}
    found: dict[tuple[Group, str], list[Group]] = {}
    for kind, code in sorted({(place.group_kind, place.group) for place in report.cells}):
        wholes = {"role_group": [("role_family", family_of.get(code, ""))], "": []}.get(kind, [EVERYBODY])
        if kind == "agency":
            wholes = [*wholes, ("agency_kind", kinds[code])]
        for whole in wholes:
            found.setdefault((whole, kind), []).append((kind, code))
    return [(whole, parts) for (whole, _), parts in found.items()]


def read_explorer(attack: Attack, report: Report, file_of: Callable[[Question], tuple[str, dict[str, str]]]) -> None:
    """Every table that the explorer hands out of a day: each way to divide people by each thing asked."""
    for by in GROUPS:
        for scope in sorted({(place.scope_kind, place.scope) for place in attack.truth}):
            text, code_of = file_of(Question(by, *scope, report.on))
            attack.tables += 1
            for row in csv.DictReader(io.StringIO(text)):
                title = row[by]
                place = Place(*EVERYBODY, *scope) if title == "Whole partnership" else Place(by, code_of[title], *scope)
                _read(attack, place, row, step=1)
                attack.percent(place, row["percent"])


def _read(attack: Attack, place: Place, row: Mapping[str, str], step: int) -> None:
    for name, head in ((IN_DATE, "in_date"), (ASKED, "asked"), (LEFT_OUT, "left_out")):
        attack.number((name, place), row[head], step)


def read_champions(attack: Attack, report: Report) -> None:
    """Of how many people the champions of each locality are: those counted in date or not, and those left out."""
    step = 5 if report.audience is Audience.PUBLIC else 1
    for place in report.cells:
        is_of_people = place.scope == CHAMPIONS_THERE and place.group_kind == "locality"
        if is_of_people and place.group:  # those without a locality stand in no table
            there = Place(place.group_kind, place.group)
            attack.number_of_all([(ASKED, there), (LEFT_OUT, there)], report.figure(place).denominator_text, step)


def files_of(report: Report) -> Callable[[Question], tuple[str, dict[str, str]]]:
    """The explorer's files of a report, and which title is of which code."""

    def file_of(question: Question) -> tuple[str, dict[str, str]]:
        codes = sorted({place.group for place in report.cells if place == question.place(question.by, place.group)})
        lines, whole = explored(question, report, (), [(code, code) for code in codes])
        found = Explored(question, report, True, None, (), (), lines, whole)
        return csv_text(file_head(found), file_rows(found, "")), {code: code for code in codes}

    return file_of


def read_public(attack: Attack, report: Report) -> None:
    """Every table that `manage.py coverage` prints for the public, which holds all that public pages show."""
    report = replace(report, audience=Audience.PUBLIC)
    for group in ("", *GROUPS):
        for scope in ("", *SCOPES):
            by = Dimensions(group, scope)
            rows = table(report, by)
            text = csv_text(coverage_head(by), coverage_rows(rows))
            attack.tables += 1
            for row, of in zip(csv.DictReader(io.StringIO(text)), rows, strict=True):
                _read(attack, of.place, row, step=5)
                if row["in_date"].isdecimal():
                    attack.has_percent(of.place, row["percent"] != "*")
