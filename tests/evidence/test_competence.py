"""Competence text, taken apart and put together."""

import pytest

from training.evidence.competence import Competence, build, key, parse

TEXTS = {
    "NHS|CSTF|Fire Safety - 2 Years|": Competence("Fire Safety", "NHS CSTF", 24),
    "457|LOCAL|Clinical Risk - 3 Years|": Competence("Clinical Risk", "457 LOCAL", 36),
    "457|LOCAL|Domestic Abuse - Ask and Respond - 2 Years|": Competence(
        "Domestic Abuse - Ask and Respond", "457 LOCAL", 24
    ),
    "NHS|CSTF|Preventing Radicalisation - Level 1 - No Renewal|": Competence(
        "Preventing Radicalisation - Level 1", "NHS CSTF"
    ),
    "457|LOCAL|Short course - 18 Months|": Competence("Short course", "457 LOCAL", 18),
    "000 Domestic Violence and abuse": Competence("Domestic Violence and abuse"),
    "Asking well": Competence("Asking well"),
    "Year 2 - the 3 Years war": Competence("Year 2 - the 3 Years war"),
    "|||": Competence(""),
    "": Competence(""),
}


@pytest.mark.parametrize("text", TEXTS)
def test_the_period_stands_inside_the_name(text):
    assert parse(text) == TEXTS[text]


@pytest.mark.parametrize(
    ("months", "text"),
    [
        (24, "457|LOCAL|Ask and Respond - 2 Years|"),
        (12, "457|LOCAL|Ask and Respond - 1 Year|"),
        (18, "457|LOCAL|Ask and Respond - 18 Months|"),
        (1, "457|LOCAL|Ask and Respond - 1 Month|"),
        (None, "457|LOCAL|Ask and Respond|"),
    ],
)
def test_what_is_put_together_can_be_taken_apart(months, text):
    assert build("457", "Ask and|Respond", months) == text
    assert parse(text) == Competence("Ask and Respond", "457 LOCAL", months)


def test_titles_are_compared_by_their_words():
    assert key("Ask & Respond:  (level 2)") == key("ask and respond, LEVEL 2") == "ask and respond level 2"
