"""The same place is told alike in every table of a day: what one of them hides no other shows."""

from dataclasses import replace

import pytest
from django.db.models import Q

from tests.conftest import MOMENT
from tests.inspection.conftest import SEPTEMBER
from tests.strategy.cases import BY, reported, staff
from tests.strategy.published_more import LEFT_OUT, OVERDUE, Said, board_says, contradictions, public_says
from training.boards.selectors.figures import count_figures
from training.people.models import Agency
from training.strategy.coverage import Place
from training.strategy.pack_reader import read_pack
from training.strategy.rebuild import rebuild_coverage
from training.strategy.selectors.reports import report_of
from training.strategy.services import load_pack
from training.strategy.suppress import Audience

EVERY = {"explorer", "coverage", "board", "indicators", "pack", "declared", "programs"}


@pytest.fixture
def report(world):
    """With a council of three, which is few."""
    council = Agency.objects.get(code="MDC")
    reported(council)
    staff(council, 3)
    load_pack(read_pack("severnshire-2026"), partnership=world.partnership, by=BY, at=MOMENT)
    return report_of(rebuild_coverage(world.partnership, on=SEPTEMBER, at=MOMENT), Audience.PARTNERSHIP, Q())


@pytest.fixture
def figures(world, report):
    return count_figures(world.partnership, world.partnership.strategies.get(), as_at=SEPTEMBER, at=MOMENT)


def test_the_board_reads_one_figure_of_each_place_in_every_table(world, report, figures):
    said = list(board_says(world.partnership, report, figures, MOMENT))
    assert {each.kind for each in said} == EVERY
    assert any(each.text == "*" for each in said)
    assert contradictions(said) == []


def test_anyone_reads_one_figure_of_each_place_in_every_table(world, report, figures):
    said = list(public_says(world.partnership, report, figures, MOMENT))
    assert {each.kind for each in said} == {"coverage", "indicators", "summary", "foi"}
    assert any(each.text == "*" for each in said if each.kind == "foi")
    assert contradictions(said) == []


def test_a_figure_that_one_table_hides_and_another_shows_is_found():
    place = Place("agency", "SVH")
    said = [
        Said("explorer", place, OVERDUE, "*"),
        Said("forecast", place, OVERDUE, "3"),
        Said("pack", place, LEFT_OUT, "*"),
    ]
    assert contradictions(said) == [f"overdue of {place}: '*' in explorer; '3' in forecast"]
    assert contradictions([replace(each, text="*") for each in said]) == []
