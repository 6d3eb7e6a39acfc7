"""Nobody who lays all tables of a quarter side by side knows a hidden count to within two: see `attacker.py`."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from tests.strategy.attacker import IN_DATE, Attack
from tests.strategy.published import attack_on, files_of, read_champions, read_explorer, read_public
from training.ledger.coverage_facts import Exclusion
from training.strategy import figures
from training.strategy.coverage import Cell, Held, Place, cells, held_within, scopes_of
from training.strategy.designs import EVERY_TABLE, EVERYTHING_ALONE
from training.strategy.figures import AgencyOnDay, Marks, marks
from training.strategy.report import Report
from training.strategy.selectors.facts import told_cells
from training.strategy.suppress import Audience
from training.strategy.told import Told

BOARD, PUBLIC = Audience.PARTNERSHIP, Audience.PUBLIC
KINDS = {"A": "nhs", "B": "nhs", "C": "council", "D": "police", "E": "school"}
FAMILIES = {"GP": "health", "NURSE": "health", "OFFICER": "police", "CLERK": "workplace", "TEACHER": "education"}
MODULES = {
    "A1": ("A", ("abuse",), ()),
    "B1": ("B", ("abuse", "stalking"), ("sharing",)),
    "B2": ("B", ("abuse",), ("sharing",)),
    "S1": ("S", ("stalking",), ("orders",)),
}
ASKED_OF = {"GP": "A1 B1", "NURSE": "A1 B1 B2", "OFFICER": "A1 B1 S1", "CLERK": "A1", "TEACHER": "A1 B2"}
AT = datetime(2026, 10, 1, 9, tzinfo=UTC)
CHAMPIONS = [
    Told("CHAMP_ACTIVE", 24),
    Told("CHAMP_LOCALITY", 1, 5, "agencies", "without"),
    *(Told("CHAMP_LOCALITY", 8, None, "locality", code) for code in "NSW"),
]
Known = tuple[dict[str, frozenset[tuple[str, str]]], list[Held]]
"""The scopes of each module, and the groups that lie wholly within others."""


def facts(posts: list[tuple[int, str, str, str]], dice: random.Random, share: float) -> pd.DataFrame:
    """A row for each module asked of each post: (person, agency, role group, locality)."""
    rows = []
    for person, agency, group, locality in posts:
        is_away = dice.random() < 0.06
        for module in ASKED_OF[group].split():
            tier, topics, families = MODULES[module]
            why = Exclusion.PAUSED if is_away else Exclusion.EXEMPT if dice.random() < 0.03 else Exclusion.COUNTED
            row = (person, dice.random() < share, int(why), agency, KINDS[agency], group, FAMILIES[group], locality)
            rows.append((*row, module, tier, topics, families))
    names = ["person", "is_valid", "exclusion", "agency", "agency_kind", "role_group", "role_family", "locality"]
    frame = pd.DataFrame(rows, columns=[*names, "module", "tier", "topics", "families"])
    for name in (*names[3:], "module", "tier"):
        frame[name] = frame[name].astype("category")
    for name in ("topics", "families"):
        lists = sorted(set(frame[name]))
        index = pd.Index(np.fromiter(lists, dtype=object, count=len(lists)), tupleize_cols=False)
        frame[name] = pd.Categorical.from_codes([lists.index(each) for each in frame[name]], categories=index)
    return frame


def people(seed: int, size: int, share: float = 0.8) -> pd.DataFrame:
    """The facts of a partnership of five agencies, some of them tiny."""
    dice = random.Random(seed)
    posts = [
        (
            person if dice.random() > 0.03 else max(0, person - 1),  # some have two posts
            dice.choices("ABCDE", (40, 25, 20, 12, 3))[0],
            dice.choices(sorted(ASKED_OF), (30, 10, 30, 25, 5))[0],
            dice.choices(["N", "S", "W", ""], (50, 30, 15, 5))[0],
        )
        for person in range(size)
    ]
    return facts(posts, dice, share)


def world(seed: int, size: int, share: float = 0.8) -> tuple[Report, Known]:
    """What is published of such a partnership."""
    return published(people(seed, size, share))


def published(frame: pd.DataFrame) -> tuple[Report, Known]:
    """What is published of a partnership of which these are the facts, and what anybody knows of it."""
    found, of, held = cells(frame), scopes_of(frame), held_within(frame)
    found |= told_cells(frame, CHAMPIONS)
    agencies = tuple(AgencyOnDay(code, code, is_silent=False, is_signed_up=True, kind=KINDS[code]) for code in KINDS)
    report = Report(date(2026, 9, 30), None, AT, agencies, found, marks(found, FAMILIES, KINDS, of, held), BOARD)
    return report, (of, held)


def attacked(report: Report, of: Known, insider: str = "") -> Attack:
    attack = attack_on(report, FAMILIES, *of)
    if report.audience is PUBLIC:
        read_public(attack, report)
    else:
        read_explorer(attack, report, files_of(report))
    read_champions(attack, report)
    if insider:
        attack.knows(insider)
    return attack


def found_out(attack: Attack) -> list[str]:
    """The counts that are few, and known all the same."""
    return [str(each) for each in attack.of_few() if not each.is_safe]


@pytest.fixture(scope="module")
def told():
    return world(2, 200)


# Each is told apart by another step of what hides: without it a few is known there
WORLDS = [(2, 200, 0.8), (0, 200, 0.8), (0, 100, 0.6), (0, 100, 0.8), (1, 100, 0.6), (1, 200, 0.6), (2, 100, 0.8)]
IN_FEW_TABLES = [(1, 60, 0.6), (0, 60, 0.6), (1, 60, 0.8), (1, 200, 0.8), (2, 300, 0.8)]


@pytest.mark.parametrize("audience", [BOARD, PUBLIC])
@pytest.mark.parametrize(
    ("seen", "design"),
    [*((seen, EVERY_TABLE) for seen in WORLDS), *((seen, EVERYTHING_ALONE) for seen in IN_FEW_TABLES)],
)
def test_no_count_that_is_few_is_known_to_within_two(seen, design, audience, monkeypatch):
    monkeypatch.setattr(figures, "DESIGNS", (design,))
    report, of = world(*seen)
    attack = attacked(replace(report, audience=audience), of)
    assert attack.hidden
    assert found_out(attack) == []


@pytest.mark.parametrize("audience", [BOARD, PUBLIC])
def test_nor_is_who_is_left_of_an_agency_without_the_roles_that_it_alone_has(audience):
    """All officers are the police's, as anybody knows: the police without them are three clerks."""
    dice = random.Random(5)
    police = [(person, "D", "OFFICER" if person < 60 else "CLERK", "N") for person in range(63)]
    groups = ["GP", "NURSE", "CLERK", "TEACHER"]
    others = [(person, dice.choice("ABC"), dice.choice(groups), "S") for person in range(100, 340)]
    report, of = published(facts(police + others, dice, 0.7))
    assert found_out(attacked(replace(report, audience=audience), of)) == []
    if audience is BOARD:  # the public's are rounded
        unaware = marks(report.cells, FAMILIES, KINDS, of[0])
        assert found_out(attacked(replace(report, marks=unaware), of))


def test_nor_is_it_where_nothing_is_told_but_that_nobody_is_asked(monkeypatch):
    """A cell in no table still reads 'n/a': agency C is asked for nothing of B1, so all of its B is its B2."""
    monkeypatch.setattr(figures, "DESIGNS", (EVERYTHING_ALONE,))
    scopes = [(("", ""), ("tier", "A"), ("module", "A1")), (("tier", "B"),), (("module", "B1"),), (("module", "B2"),)]
    of_group = {  # in date, asked, left out: of everything and A, of B, of B1, of B2
        ("agency", "A"): [(80, 120, 0), (60, 90, 0), (60, 90, 0), (10, 20, 0)],
        ("agency", "D"): [(60, 90, 0), (40, 60, 0), (40, 60, 0), (10, 20, 0)],
        ("agency", "C"): [(40, 60, 8), (1, 2, 8), (0, 0, 10), (1, 2, 8)],
        ("", ""): [(180, 270, 8), (101, 152, 8), (100, 150, 10), (21, 42, 8)],
    }
    found = {
        Place(*group, *scope): Cell(*numbers)
        for group, rows in of_group.items()
        for scopes_of_row, numbers in zip(scopes, rows, strict=True)
        for scope in scopes_of_row
    }
    of = {code: frozenset({("tier", code[0])}) for code in ("A1", "B1", "B2")}
    agencies = tuple(AgencyOnDay(code, code, is_silent=False, is_signed_up=True, kind=KINDS[code]) for code in "ACD")
    report = Report(date(2026, 9, 30), None, AT, agencies, found, marks(found, FAMILIES, {}, of), BOARD)
    assert found_out(attacked(report, (of, []))) == []


def test_the_whole_is_hidden_only_where_nothing_else_helps(told):
    report, _ = told
    assert report.marks.board
    assert Place() not in report.marks.board | report.marks.board_asked


def test_how_many_of_a_group_are_left_out_is_hidden_in_all_scopes_or_in_none(told):
    """A few hidden where they are few alone were known from scopes around: nought there, shown, and one at most here."""
    report, _ = told
    gone = report.marks.excluded & report.cells.keys()
    groups = {(place.group_kind, place.group) for place in gone}
    cells_there = {place for place in report.cells if place.scope_kind != figures.INDICATOR}
    assert gone == {place for place in cells_there if (place.group_kind, place.group) in groups}
    assert any(not report.cells[place].excluded for place in gone)


def test_the_attacker_finds_a_count_that_subtraction_gives_away(told):
    """What he would find if each cell were hidden for its own size alone."""
    report, of = told
    few = {place for place, cell in report.cells.items() if 0 < cell.numerator < 5}
    attack = attacked(replace(report, marks=Marks(board=frozenset(few))), of)
    assert found_out(attack)


def test_the_attacker_finds_one_cell_under_two_names():
    """Tier S holds one module alone: its cell hidden under one name is read under the other."""
    place = Place("", "", "tier", "S")
    report, of = world(2, 200)
    assert report.cells[place] == report.cells[Place("", "", "module", "S1")]
    attack = attacked(replace(report, marks=Marks(board=frozenset({place}))), of)
    assert {(each.name, each.least, each.most) for each in attack.of_hidden()} == {
        ((IN_DATE, place), report.cells[place].numerator, report.cells[place].numerator)
    }
