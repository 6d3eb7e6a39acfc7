"""A code is read however it is typed, and is good around its meeting and at no other time."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from champions.codes import LENGTH, LETTERS, Opening, new_code, of_meeting, read_code, spaced

CODES = st.text(alphabet=LETTERS, min_size=LENGTH, max_size=LENGTH)
STARTS = datetime(2026, 11, 4, 14, 0, tzinfo=UTC)
OPENING = of_meeting(STARTS, STARTS + timedelta(hours=2))


@given(CODES, st.lists(st.sampled_from([" ", "-", "\u2013", "\t", "\0", "."]), min_size=LENGTH, max_size=LENGTH))
def test_a_code_is_read_in_small_letters_and_with_anything_between(code, between):
    typed = "".join(letter + gap for letter, gap in zip(code.lower(), between, strict=True))
    assert read_code(typed) == code
    assert read_code(spaced(code)) == code
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    assert read_code(wide) == code


@given(CODES, CODES, st.integers(-5 * 60, 8 * 60))
def test_it_lets_in_who_types_it_rightly_and_in_time_and_nobody_else(code, typed, minutes):
    at = STARTS + timedelta(minutes=minutes)
    assert OPENING.lets_in(typed, code, at=at) == (typed == code and -30 <= minutes <= 180)
    assert OPENING.lets_in(code, code, at=at) == (-30 <= minutes <= 180)


@given(st.text(max_size=500))
def test_whatever_is_typed_is_answered(typed):
    assert OPENING.lets_in(typed, "CDFHJK", at=STARTS) == (read_code(typed) == "CDFHJK")


def test_codes_differ_and_hold_no_letter_that_looks_like_another():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == LENGTH and set(code) <= set(LETTERS) for code in codes)
    assert set(LETTERS).isdisjoint("AEIOUQSBZGLV012568")


def test_an_opening_holds_both_its_ends():
    opening = Opening(STARTS, STARTS)
    assert opening.lets_in("CDFHJK", "CDFHJK", at=STARTS)
