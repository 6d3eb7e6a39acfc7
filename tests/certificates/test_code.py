"""Codes are forgiving of how people type them, and of nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.code import ALPHABET, LENGTH, NotACode, grouped, new_code, normalised

CODES = st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH)
LOOKS = {"0": "0oO", "1": "1iIlL"}


@st.composite
def typed(draw):
    """A code, and a way in which somebody might type it."""
    code = draw(CODES)
    letters = []
    for letter in code:
        shown = draw(st.sampled_from(LOOKS.get(letter, letter + letter.lower())))
        letters.append(shown + draw(st.sampled_from(["", "", "-", " ", " - ", "\u2013", "\u00a0", "\u200b"])))
    return code, draw(st.sampled_from(["", " ", "https://training.example/verify/"])) + "".join(letters)


@given(typed())
def test_every_way_of_typing_a_code_finds_it(pair):
    code, text = pair
    assert normalised(text) == code


@given(CODES)
def test_the_printed_code_reads_back(code):
    assert normalised(grouped(code)) == code
    assert len(grouped(code)) == 39


@given(st.text(max_size=60))
def test_any_other_text_is_refused_or_is_a_code_of_our_alphabet(text):
    try:
        code = normalised(text)
    except NotACode:
        return
    assert len(code) == LENGTH and set(code) <= set(ALPHABET)


@pytest.mark.parametrize("text", ["", "-", "ABCD", "U" * 32, "A" * 31, "A" * 33, "é" * 32, "A" * 5000, "\x00" * 32])
def test_what_cannot_be_a_code_is_refused(text):
    with pytest.raises(NotACode):
        normalised(text)


CODE = "K7Q29ABCD4XW0MNT8RZE5H3VJ6PS1G2Y"


@pytest.mark.parametrize(
    "text",
    [
        f"https://training.example/verify/{CODE}?x=1",
        f"https://training.example/verify/{CODE}/#top",
        f"training.example/verify/{CODE}.json",
        f"Code: {grouped(CODE)}",
        f"https://training.example/passport/{CODE}/",
    ],
)
def test_what_is_pasted_with_it_does_not_matter(text):
    assert normalised(text) == CODE


def test_new_codes_have_160_bits_and_differ():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(normalised(code) == code for code in codes)
    assert len(ALPHABET) ** LENGTH == 2**160
