"""Where people are few, coverage is told in fewer tables, and more of these is shown."""

from dataclasses import replace

import numpy as np
import pytest

from tests.strategy.test_attacker import BOARD, world
from training.strategy import figures
from training.strategy.coverage import GROUPS, SCOPES, Cell, Place
from training.strategy.designs import EVERY_TABLE, EVERYTHING_ALONE, agencies_to_show


def agencies_of(cells):
    return [place for place in cells if place == Place("agency", place.group)]


@pytest.mark.parametrize("kind", GROUPS)
def test_everybody_and_every_group_stand_in_every_table(kind):
    assert all(EVERY_TABLE.has(kind, scope) and EVERY_TABLE.has("", scope) for scope in ("", *SCOPES))


def test_the_plainest_design_tells_of_agencies_kinds_and_localities_in_everything_alone():
    cells = [Place(kind, "X", *scope) for kind in GROUPS for scope in (("", ""), ("tier", "A"), ("module", "M"))]
    told = set(cells) - EVERYTHING_ALONE.untold(cells)
    assert told == {Place("agency", "X"), Place("agency_kind", "X"), Place("locality", "X")}
    assert not EVERYTHING_ALONE.untold([Place(), Place("", "", "module", "M")])


def test_an_agency_that_is_few_itself_is_not_looked_for():
    cells = {Place("agency", "A"): Cell(30, 40), Place("agency", "F"): Cell(2, 40), Place("agency", "G"): Cell(38, 40)}
    cells |= {Place("agency", "A", "tier", "B"): Cell(30, 40), Place("locality", "N"): Cell(30, 40)}
    assert agencies_to_show(cells) == {Place("agency", "A")}


@pytest.mark.parametrize(
    ("hidden", "which"),
    [(["", "ABCD"], 0), (["AB", ""], 0), (["ABC", "AB"], 1), (["ABC", "ABC"], 0), (["ABCD", "ABC"], 1)],
)
def test_the_richest_design_that_shows_half_of_them_is_taken_or_what_shows_most(monkeypatch, hidden, which):
    cells = {Place("agency", code): Cell(30, 40) for code in "ABCD"}
    cells |= {Place("agency", code, "tier", "B"): Cell(30, 40) for code in "ABCD"}

    def growing(table, first, shown_from):
        """The numbers in date of these agencies, hidden one after the other; the public's, none."""
        codes = hidden[bool(table.untold.any())] if shown_from == BOARD.shown_from else ""
        for number in range(len(codes) + 1):
            now = first.copy()
            for code in codes[:number]:
                now[8 + 2 * "ABCD".index(code)] = True
            yield now

    monkeypatch.setattr(figures, "growing", growing)
    gone = figures.marks(cells, {}).board
    assert {place.group for place in agencies_of(gone)} == set(hidden[which])
    assert (Place("agency", "A", "tier", "B") in gone) == bool(which)


def test_where_agencies_would_be_hidden_fewer_tables_show_more_of_them(monkeypatch):
    report, _ = world(1, 200, 0.8)
    monkeypatch.setattr(figures, "DESIGNS", (EVERY_TABLE,))
    rich, _ = world(1, 200, 0.8)
    assert sum(place in report.marks.board for place in agencies_of(report.cells)) < sum(
        place in rich.marks.board for place in agencies_of(rich.cells)
    )
    untold = EVERYTHING_ALONE.untold(each for each in report.cells if each.scope_kind != figures.INDICATOR)
    for name in ("board", "public", "excluded", "board_asked", "public_asked"):
        assert untold <= getattr(report.marks, name)
    assert not untold <= rich.marks.board


def test_who_is_left_out_of_what_no_table_tells_is_not_told_by_who_is_left_out_of_everything(monkeypatch):
    monkeypatch.setattr(figures, "DESIGNS", (EVERYTHING_ALONE,))
    cells = {
        Place(*group, *scope): Cell(100, 150, on_leave=on_leave)
        for group in (("", ""), ("agency", "A"))
        for scope, on_leave in ((("", ""), 20), (("tier", "A"), 20))
    }
    assert Place("agency", "A") not in figures.marks(cells, {}).excluded
    cells[Place("agency", "A", "tier", "A")] = Cell(100, 150, on_leave=1)
    assert Place("agency", "A") in figures.marks(cells, {}).excluded


def test_what_stands_in_no_table_is_guarded_less_than_what_is_hidden_in_one(monkeypatch):
    monkeypatch.setattr(figures, "DESIGNS", (EVERYTHING_ALONE,))
    report, _ = world(1, 100, 0.8)
    reckoned = figures.growing
    monkeypatch.setattr(
        figures, "growing", lambda table, *more: reckoned(replace(table, untold=np.zeros(1, dtype=bool)), *more)
    )
    strict, _ = world(1, 100, 0.8)
    assert report.marks.board < strict.marks.board


def test_a_partnership_of_many_keeps_every_table():
    cells = {
        Place(*group, *scope): Cell(300, 400)
        for group in (("", ""), ("agency", "A"), ("role_family", "health"), ("role_group", "GP"))
        for scope in (("", ""), ("tier", "A"), ("module", "A1"))
    }
    assert figures.marks(cells, {"GP": "health"}, {"A": "nhs"}).of(BOARD) == frozenset()
