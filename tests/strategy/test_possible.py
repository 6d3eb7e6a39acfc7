"""A share as a range: held against every way in which things could be."""

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from training.strategy.possible import possible


def ways(in_date: int, counted: int, unlisted: int, declared: int):
    """Every number in date there could be: people one by one, any of the declared, anybody not on the roster."""
    overdue = range(in_date, counted)
    for trained in (set(each) for size in range(declared + 1) for each in combinations(overdue, size)):
        for others in product((False, True), repeat=unlisted):
            yield in_date + len(trained) + sum(others)


@given(st.data())
def test_the_range_is_what_trying_every_way_finds(data):
    counted = data.draw(st.integers(0, 5))
    in_date = data.draw(st.integers(0, counted))
    left_out = data.draw(st.integers(0, 3))
    staff = data.draw(st.integers(0, 12))
    declared = data.draw(st.integers(0, 6))
    unlisted = max(0, staff - counted - left_out)
    found = possible(in_date=in_date, counted=counted, left_out=left_out, staff=staff, declared=declared)
    numbers = set(ways(in_date, counted, unlisted, declared))
    assert (found.least, found.most, found.of) == (min(numbers), max(numbers), counted + unlisted)
    assert 0 <= found.least <= found.most <= found.of


def test_it_is_said_as_a_range_or_as_one_figure():
    assert possible(in_date=930, counted=1200, left_out=40, staff=1310, declared=0).text == "73% to 79%"
    assert possible(in_date=930, counted=1200, left_out=40, staff=1000, declared=0).text == "78%"
    assert possible(in_date=0, counted=0, left_out=0, staff=0, declared=5).text == ""
