"""The printed rule of the colours, case by case: nothing that is not known is green."""

import pytest

from training.boards.rag import Held, Rating, of_outcome, rating

UP = {"target": 80.0, "direction": "up"}


@pytest.mark.parametrize(
    ("held", "colour"),
    [
        (Held(80, **UP), Rating.GREEN),
        (Held(80, **UP, before=95), Rating.GREEN),
        (Held(78, **UP, before=78), Rating.GREEN),
        (Held(78, **UP, before=79), Rating.AMBER),
        (Held(78, **UP), Rating.AMBER),
        (Held(70, **UP, before=60), Rating.AMBER),
        (Held(69, **UP, before=60), Rating.RED),
        (Held(None, **UP), Rating.NO_DATA),
        (Held(20, target=20, direction="down"), Rating.GREEN),
        (Held(22, target=20, direction="down", before=25), Rating.GREEN),
        (Held(22, target=20, direction="down", before=21), Rating.AMBER),
        (Held(31, target=20, direction="down"), Rating.RED),
        (Held(270, target=300, direction="up", is_number=True), Rating.AMBER),
        (Held(269, target=300, direction="up", is_number=True), Rating.RED),
        (Held(1, target=0, direction="down", is_number=True), Rating.RED),
        (Held(90, target=None, direction="up"), Rating.UNRATED),
        (Held(None, target=None, direction="up"), Rating.NO_DATA),
        (Held(90, target=80, direction="ambiguous"), Rating.UNRATED),
    ],
)
def test_a_figure_has_the_colour_that_the_rule_says(held, colour):
    assert rating(held) == colour


def test_an_outcome_is_green_only_where_all_that_has_a_target_is_known():
    green, unknown, amber = (Rating.GREEN, True), (Rating.NO_DATA, True), (Rating.AMBER, True)
    assert of_outcome([green, (Rating.UNRATED, False), (Rating.NO_DATA, False)]) == Rating.GREEN
    assert of_outcome([green, unknown]) == Rating.NO_DATA
    assert of_outcome([green, unknown, amber]) == Rating.AMBER
    assert of_outcome([(Rating.NO_DATA, False)]) == Rating.NO_DATA
    assert of_outcome([(Rating.NO_DATA, False), (Rating.UNRATED, False)]) == of_outcome([]) == Rating.UNRATED
