"""What the board is shown of what agencies declare: a share as a range, and nothing that tells a hidden number."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from tests.returns.conftest import BY, SUMMER
from training.returns import services as returns
from training.returns.limits import EVERYBODY, Declared
from training.returns.models import ReturnTerms
from training.strategy.coverage import Cell, Place
from training.strategy.figures import AgencyOnDay, Marks
from training.strategy.report import Report
from training.strategy.selectors.board import board
from training.strategy.selectors.declared import declared_table, shown_staff
from training.strategy.suppress import Audience

pytestmark = pytest.mark.django_db
HERE = Place("agency", "SVH")
DAY = date(2026, 11, 2)


@pytest.fixture
def report(world):
    """The hospital: 90 of 120 asked are in date, 20 are left out."""
    return Report(
        on=DAY,
        known_at=None,
        worked_out_at=timezone.now(),
        agencies=(AgencyOnDay("SVH", "Severn Vale Hospitals", False, True),),
        cells={place: Cell(90, 120, on_leave=20) for place in (HERE, Place())},
        marks=Marks(),
        audience=Audience.PARTNERSHIP,
    )


def declare(world, people):
    counts = [Declared(date(2026, 10, 1), EVERYBODY, people)]
    returns.declare(agency=world.agency, counts=counts, by=BY, at=timezone.now())


def give(world, quarter, trained, line):
    if not ReturnTerms.objects.exists():
        first = {"quarter_on": quarter.back(4).starts_on, "recorded_at": timezone.now(), "recorded_by": "test"}
        ReturnTerms.objects.create(partnership=world.partnership, **first)
    at = timezone.now()
    of = returns.begin(agency=world.agency, partnership=world.partnership, quarter=quarter, by=BY, at=at)
    returns.set_lines(of=of, lines=[line(trained)], by=BY, at=at)
    returns.hand_over(of=of, held_none=False, by=BY, at=at)
    of.versions.update(signed_at=at)


def told(world, report):
    (found,) = declared_table(world.partnership, report, SUMMER).lines
    return found.staff, found.possible, found.trained.numerator_text


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (None, ("", "", "-")),
        (150, ("150 on 1 October 2026", "69% to 77%", "-")),  # ten whom the roster does not know
        (130, ("130 on 1 October 2026", "75%", "-")),  # the roster knows more
        (4, ("* on 1 October 2026", "", "-")),
    ],
)
def test_staff_whom_the_roster_does_not_know_make_the_share_a_range(world, report, people, said):
    if people:
        declare(world, people)
    assert told(world, report) == said


def test_a_head_count_is_shown_as_it_was_known(world, report):
    declare(world, 150)
    before = replace(report, known_at=timezone.now())
    declare(world, 160)
    for each, people in ((before, 150), (report, 160)):
        text = f"{people} on 1 October 2026"
        assert told(world, each)[0] == text
        assert board(world.partnership, each).lines[0].declared == text
        assert shown_staff(world.partnership, each)["SVH"] == (people, "2026-10-01")


def test_declared_training_widens_the_range_and_is_never_added(world, report, line):
    declare(world, 150)
    give(world, SUMMER.back(), 8, line)
    give(world, SUMMER, 7, line)
    assert told(world, report) == ("150 on 1 October 2026", "69% to 88%", "7")  # 90, to 90 + 10 + 15, of 130
    assert declared_table(world.partnership, report, SUMMER).whole.numerator == 90


def test_a_range_is_not_shown_where_it_would_tell_a_hidden_number(world, report, line):
    declare(world, 150)
    give(world, SUMMER.back(), 3, line)
    give(world, SUMMER, 7, line)
    assert told(world, report) == ("150 on 1 October 2026", "*", "7")


def test_who_is_left_out_and_hidden_counts_as_unknown(world, report):
    declare(world, 150)
    few = {place: replace(cell, on_leave=3) for place, cell in report.cells.items()}
    shown = replace(report, cells=few)
    assert told(world, shown)[1] == "61% to 80%"  # 90 to 117 of 147
    hidden = replace(shown, marks=Marks(excluded=frozenset({HERE, Place()})))
    assert told(world, hidden)[1] == "60% to 80%"  # 90 to 120 of 150
    assert declared_table(world.partnership, hidden, None).left_out == ()
