"""Small numbers are hidden, and cannot be worked out from what is shown."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from training.strategy.disclosure import Sum
from training.strategy.suppress import Audience, Count, Figure, figure, hidden, rounded, suppress, whole_percent

BOARD, PUBLIC, OWN = Audience.PARTNERSHIP, Audience.PUBLIC, Audience.OWN_AGENCY


def one(count: Count | None, audience: Audience) -> Figure:
    return suppress({("a",): count}, audience)[("a",)]


def table(*rows: tuple[int, int]) -> tuple[dict, list[Sum]]:
    """A column of cells and the total they add up to."""
    cells = {(f"row {n}",): Count(*row) for n, row in enumerate(rows)}
    cells["all",] = Count(sum(row[0] for row in rows), sum(row[1] for row in rows))
    return cells, [Sum(("all",), tuple(key for key in cells if key != ("all",)))]


def test_inside_ones_own_agency_everything_is_exact():
    assert one(Count(1, 3), OWN) == Figure(1, 3, None)
    assert one(Count(9, 11), OWN) == Figure(9, 11, 82)


@pytest.mark.parametrize("count", [Count(2, 30), Count(28, 30), Count(0, 4), Count(4, 4), Count(1, 30), Count(26, 30)])
def test_the_board_sees_no_count_under_five_nor_one_left_over(count):
    assert one(count, BOARD) == Figure(mark="*")


@pytest.mark.parametrize("count", [Count(0, 30), Count(30, 30), Count(5, 10), Count(25, 30)])
def test_the_board_sees_true_zeros_and_counts_from_five(count):
    assert one(count, BOARD) == Figure(
        count.numerator, count.denominator, round(100 * count.numerator / count.denominator)
    )


def test_a_percentage_of_fewer_than_ten_is_hidden_though_the_counts_are_shown():
    shown = one(Count(9, 9), BOARD)
    assert (shown.numerator_text, shown.denominator_text, shown.percent_text) == ("9", "9", "*")


def test_missing_zero_and_not_required_each_have_their_mark():
    assert one(None, BOARD).percent_text == "-"
    assert one(Count(0, 0), BOARD).percent_text == "n/a"
    assert one(Count(0), BOARD).numerator_text == "0"
    assert one(Count(3), BOARD).numerator_text == "*"
    assert one(Count(5), BOARD).numerator_text == "5"


@pytest.mark.parametrize("count", [Count(7, 40), Count(33, 40), Count(0, 7)])
def test_the_public_sees_no_count_from_one_to_seven(count):
    assert one(count, PUBLIC) == Figure(mark="*")


def test_the_public_sees_others_to_the_nearest_five_and_percentages_of_those():
    assert one(Count(33, 58), PUBLIC) == Figure(35, 60, 58)
    assert [rounded(n, PUBLIC) for n in (8, 12, 13, 17, 18)] == [10, 10, 15, 15, 20]


def test_a_percentage_is_a_hundred_for_all_alone_and_nought_for_none_alone():
    assert [whole_percent(*pair) for pair in ((999, 1000), (1, 1000), (1000, 1000), (0, 1000), (125, 1000))] == [
        99,
        1,
        100,
        0,
        13,
    ]


def test_one_hidden_part_hides_the_next_smallest():
    cells, sums = table((2, 4), (30, 60), (10, 20), (50, 90))
    assert hidden(cells, BOARD, sums) == {("row 0",), ("row 2",)}


def test_two_hidden_parts_that_are_few_together_hide_a_third():
    cells, sums = table((1, 2), (1, 2), (50, 100), (60, 110))
    assert hidden(cells, BOARD, sums) == {("row 0",), ("row 1",), ("row 2",)}


def test_two_hidden_parts_that_are_many_together_hide_no_third():
    cells, sums = table((4, 40), (4, 40), (50, 100))
    assert hidden(cells, BOARD, sums) == {("row 0",), ("row 1",)}


def test_two_that_are_few_and_seven_together_look_like_any_other_two_that_are_seven():
    """An agency's return: 23 in all, shown 9, 7 and none. Were all that is hidden 1 to 4, the two would be 3 and 4."""
    for fewer in range(1, 7):
        parts = {("a",): 9, ("b",): 7, ("c",): 0, ("d",): fewer, ("e",): 7 - fewer}
        counts = {key: Count(number) for key, number in parts.items()} | {(): Count(23)}
        assert hidden(counts, Audience.PARTNERSHIP, [Sum((), tuple(parts))]) == {("d",), ("e",)}


def test_where_no_other_part_is_left_the_total_is_hidden():
    cells, sums = table((2, 40), (0, 0))
    cells = cells | {("all",): Count(20, 58)}
    assert hidden(cells, BOARD, sums) == {("row 0",), ("all",)}


def test_a_missing_part_is_no_cover():
    cells, sums = table((2, 4), (30, 60), (50, 90))
    cells["row 9",] = None
    sums = [Sum(("all",), (*sums[0].parts, ("row 9",)))]
    shown = suppress(cells, BOARD, sums)
    assert {key[0]: each.percent_text for key, each in shown.items()} == {
        "row 0": "*",
        "row 1": "*",
        "row 2": "56%",
        "row 9": "-",
        "all": "53%",
    }


def test_a_hidden_zero_is_no_cover_for_a_crossing_sum():
    """Both of the first row are known to be nought, so what stands below one of them would be told by its column."""
    cells = {("a", "x"): Count(0), ("a", "y"): Count(0), ("b", "x"): Count(3), ("b", "y"): Count(50)}
    cells |= {("c", "x"): Count(20), ("c", "y"): Count(40)}
    cells |= {
        ("a", ""): Count(0),
        ("b", ""): Count(53),
        ("c", ""): Count(60),
        ("", "x"): Count(23),
        ("", "y"): Count(90),
    }
    sums = [Sum((row, ""), ((row, "x"), (row, "y"))) for row in "abc"]
    sums += [Sum(("", column), tuple((row, column) for row in "abc")) for column in "xy"]
    gone = hidden(cells, BOARD, sums)
    assert gone == {("b", "x"), ("b", "y"), ("c", "x"), ("c", "y")}


def could_be(values: dict, sums: list[Sum], gone: frozenset, key: tuple) -> tuple[float, float]:
    """The least and the most that a hidden cell could be, by linear programming over the sums."""
    names = list(values)
    rows = [[(name in each.parts) - (name == each.total) for name in names] for each in sums]
    bounds = [(0, None) if name in gone else (values[name], values[name]) for name in names]
    aim = [float(name == key) for name in names]
    least, most = (
        linprog([way * each for each in aim], A_eq=rows, b_eq=[0] * len(rows), bounds=bounds) for way in (1, -1)
    )
    return least.fun, np.inf if most.status == 3 else -most.fun


@st.composite
def crossed(draw) -> tuple[dict, list[Sum]]:
    """A table of two rows and two or three columns, with the totals of both."""
    rows, columns = "ab", draw(st.sampled_from(["xy", "xyz"]))
    numbers = st.integers(0, 9)
    cells = {(row, column): draw(numbers) for row in rows for column in columns}
    sums = [Sum((row, ""), tuple((row, column) for column in columns)) for row in rows]
    sums += [Sum(("", column), tuple((row, column) for row in rows)) for column in columns]
    for each in sums:
        cells[each.total] = sum(cells[part] for part in each.parts)
    return cells, sums


@settings(max_examples=15, deadline=None)
@given(crossed())
def test_no_hidden_count_of_a_crossed_table_can_be_worked_out(drawn):
    values, sums = drawn
    gone = hidden({key: Count(value) for key, value in values.items()}, BOARD, sums)
    for key in gone:
        least, most = could_be(values, sums, gone, key)
        assert values[key] == 0 or most > least + 0.5
    assert all(not 0 < values[key] < 5 for key in values if key not in gone)


@st.composite
def columns(draw) -> tuple[dict, list[Sum]]:
    """A column of wholes with those in date among them, and the total."""
    wholes = draw(st.lists(st.integers(0, 60), min_size=1, max_size=9))
    rows = [(draw(st.integers(0, whole)), whole) for whole in wholes]
    return table(*rows)


@settings(max_examples=100, deadline=None)
@given(columns(), st.sampled_from([BOARD, PUBLIC]))
def test_the_hidden_parts_of_a_shown_total_are_two_and_not_few(drawn, audience):
    cells, sums = drawn
    gone = hidden(cells, audience, sums)
    parts = [cells[part].measures for part in sums[0].parts if part in gone]
    if ("all",) in gone:
        assert parts
    elif parts:
        assert len(parts) >= 2
        assert all(not 0 < sum(numbers) < audience.shown_from for numbers in zip(*parts, strict=True))


@settings(max_examples=100, deadline=None)
@given(columns(), st.sampled_from([BOARD, PUBLIC]))
def test_every_shown_count_and_what_is_left_of_its_whole_is_none_or_many(drawn, audience):
    cells, sums = drawn
    for key, shown in suppress(cells, audience, sums).items():
        if not shown.mark:
            assert all(not 0 < number < audience.shown_from for number in cells[key].measures)
            assert shown.numerator == rounded(cells[key].numerator, audience)
        if cells[key].size < 10:
            assert shown.percent is None


@given(columns())
def test_ones_own_agency_hides_nothing(drawn):
    assert hidden(*[drawn[0], OWN, drawn[1]]) == frozenset()


def test_what_is_hidden_does_not_depend_on_the_order_of_the_rows():
    cells, sums = table((2, 4), (10, 20), (10, 20), (50, 90))
    backwards = dict(reversed(cells.items()))
    assert hidden(cells, BOARD, sums) == hidden(backwards, BOARD, sums)


def test_a_mark_stands_in_place_of_every_number():
    shown = figure(Count(3, 30), BOARD, is_hidden=True)
    assert {shown.numerator_text, shown.denominator_text, shown.percent_text} == {"*"}


def test_somebody_in_two_places_of_a_whole_that_is_hidden_stops_no_reckoning():
    """In date at one agency and not at the other, so not in their kind: the agencies come to more than the kind."""
    counts = {("one",): (0, 6), ("two",): (6, 6), ("three",): (0, 3), ("kind",): (5, 11), ("other",): (0, 3)}
    cells = {key: Count(*each) for key, each in counts.items()} | {("all",): Count(5, 14)}
    sums = [
        Sum(("kind",), (("one",), ("two",))),
        Sum(("other",), (("three",),)),
        Sum(("all",), (("kind",), ("other",))),
        Sum(("all",), (("one",), ("two",), ("three",))),
    ]
    assert {("three",), ("other",)} < hidden(cells, BOARD, sums)
