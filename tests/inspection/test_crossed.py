"""The freedom-of-information pack beside the day's tables of coverage: nobody who reads both knows a count of few."""

from dataclasses import replace

import pytest

from tests.inspection.crossed import attack_beside, counted_of
from tests.strategy.test_attacker import BOARD, FAMILIES, PUBLIC, found_out, people, published
from training.inspection.foi import WITHIN, figures_of
from training.strategy.suppress import Audience, Count, figure

# In the one a few was known from role groups within agencies, in the other from what only the public was shown
WORLDS = [(2, 800, 0.6), (2, 1500, 0.8)]


@pytest.mark.parametrize("seen", WORLDS)
def test_who_reads_the_pack_beside_the_tables_of_the_day_knows_no_few(seen):
    facts = people(*seen)
    report, of = published(facts)
    figures = figures_of(counted_of(report, facts))
    assert any(place.group_kind == WITHIN for place in figures)
    for audience in (BOARD, PUBLIC):
        attack = attack_beside(replace(report, audience=audience), facts, figures, FAMILIES, *of)
        assert found_out(attack) == [], audience


def test_the_attacker_finds_few_where_each_role_group_is_weighed_by_itself():
    facts = people(*WORLDS[0])
    report, of = published(facts)
    counted = counted_of(report, facts)
    told = {
        place: figure(Count(cell.numerator, cell.denominator), Audience.PUBLIC, is_hidden=False)
        for place, cell in counted.cells.items()
        if place.group_kind == WITHIN and min(cell.numerator, cell.denominator - cell.numerator) >= 8
    }
    assert found_out(attack_beside(report, facts, figures_of(counted) | told, FAMILIES, *of))


def test_what_the_board_may_not_see_the_public_may_not_either():
    report, _ = published(people(*WORLDS[1]))
    assert report.marks.board <= report.marks.public
    assert report.marks.board_asked <= report.marks.public_asked
