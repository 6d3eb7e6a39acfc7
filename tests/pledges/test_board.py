"""The board's figures know what agencies promised, as known at any moment."""

from datetime import timedelta

from training.pledges.models import Kind
from training.strategy.coverage import Place
from training.strategy.indicators import readings
from training.strategy.models import Indicator
from training.strategy.rebuild import last_change
from training.strategy.selectors.reports import counted
from training.strategy.services import load_indicators


def test_promises_reach_the_board_as_known_then_and_now(world, pledged, moment, day):
    pledged(Kind.POLICY)
    later = moment + timedelta(hours=2)
    pledged(Kind.POLICY, world.neighbour, at=later, covers_victims=False)
    load_indicators()
    indicator = Indicator.objects.get(code="POLICY_IN_PLACE")
    place = Place("", "", "indicator", "POLICY_IN_PLACE")
    for known_at, counts in ((moment, (1, 1)), (None, (1, 2))):
        report = counted(world.partnership, on=day, at=later, known_at=known_at)
        said = readings([indicator], report, {}, {}, {})["POLICY_IN_PLACE"]
        cell = report.cells[place]
        assert (cell.numerator, cell.denominator) == counts
        assert [each.code for each in said.silent] == (["SVP"] if known_at else [])
    assert last_change() == later
