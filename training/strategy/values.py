"""What may be said of an indicator from outside, and what is wrong with what was said, in the user's words. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from training.ui.spreadsheet import FORMULA
from training.ui.text import turned

from .models import Indicator
from .pack import Frequency, Unit
from .periods import Period, in_words, is_period

LARGEST = 1_000_000_000_000
EARLIEST = date(2000, 1, 1)
NUMBER = re.compile(r"£?(\d+|\d{1,3}(,\d{3})+)", re.ASCII)
LENGTHS = {"part": 60, "narrative": 1000, "said_by": 120, "why": 300}


@dataclass(frozen=True, slots=True)
class Said:
    """One value as somebody gives it. `row` is its line in a file, 0 for a form's."""

    code: str
    part: str
    period: Period
    numerator: int
    denominator: int | None
    narrative: str
    said_by: str
    why: str = ""
    row: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "part", " ".join(self.part.split()))
        object.__setattr__(self, "narrative", "\n".join(self.narrative.split("\r\n")).strip())

    @property
    def key(self) -> tuple[str, Period, str]:
        """Of what it is the value; how a part is written in small or capital letters makes no other part of it."""
        return self.code, self.period, self.part.casefold()


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a row of a file, or with one field of a form."""

    row: int
    field: str
    words: str


class BadNumber(ValueError):
    """Not a whole number; the text can be shown to a person."""


class ValuesRefused(Exception):
    """Nothing was kept, because of these."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__("; ".join(each.words for each in wrong))
        self.wrong = wrong


def whole_number(text: str) -> int:
    """'1,234' as a number; raises BadNumber."""
    text = text.strip()
    if text[:1] in FORMULA and not re.fullmatch(r"-\d+", text):
        raise BadNumber(f"'{text[:40]}' is a formula. Give the number itself.")
    if not NUMBER.fullmatch(text):
        raise BadNumber(f"'{text[:40]}' is not a whole number. Give figures alone, such as 40.")
    plain = text.lstrip("£").replace(",", "").lstrip("0") or "0"
    if len(plain) > len(str(LARGEST)) or int(plain) > LARGEST:  # int() takes no number of thousands of digits
        raise BadNumber(f"{text[:40]} is too large.")
    return int(plain)


def wrong_with(said: Said, indicators: Mapping[str, Indicator], on: date) -> Iterator[Wrong]:
    """Everything that is wrong with one value, on the day on which it is given."""
    indicator = indicators.get(said.code)
    if indicator is None:
        yield Wrong(said.row, "indicator", f"There is no indicator '{said.code[:40]}'.")
        return
    if not indicator.is_from_outside:
        yield Wrong(said.row, "indicator", f"{said.code} is worked out here: no value of it is given from outside.")
        return
    if words := _wrong_period(said.period, Frequency(indicator.frequency), on):
        yield Wrong(said.row, "period", words)
    yield from _wrong_numbers(said, indicator)
    for field, most in LENGTHS.items():
        text = getattr(said, field)
        if len(text) > most:
            yield Wrong(said.row, field, f"{NAMES[field]} is longer than {most} characters.")
        if "\x00" in text:
            yield Wrong(said.row, field, f"{NAMES[field]} holds a sign that is no text.")
        if words := turned(text):
            yield Wrong(said.row, field, words)
    for field, words in (("narrative", "Say what the figure means."), ("said_by", "Say who said so.")):
        if not getattr(said, field).strip():
            yield Wrong(said.row, field, words)


NAMES = {"part": "The part", "narrative": "What it means", "said_by": "Who said so", "why": "Why it changed"}


def _wrong_period(period: Period, frequency: Frequency, on: date) -> str:
    if period.last.year > on.year + 1:
        return f"{period.last:%d/%m/%Y} is too far ahead."
    if not is_period(period, frequency):
        return f"{period.first:%d/%m/%Y} to {period.last:%d/%m/%Y} is not {in_words(frequency, on)}."
    if period.last > on:
        return f"{period} is not over yet."
    return "This period is too long ago." if period.first < EARLIEST else ""


def _wrong_numbers(said: Said, indicator: Indicator) -> Iterator[Wrong]:
    if not indicator.denominator:
        if said.denominator is not None:
            yield Wrong(said.row, "denominator", f"{said.code} is a count: leave 'out of' empty.")
    elif said.denominator is None:
        yield Wrong(said.row, "denominator", f"Say out of how many: {indicator.denominator.lower()}.")
    elif said.denominator == 0:
        yield Wrong(said.row, "denominator", "Out of none there is nothing to say: leave this out.")
    elif indicator.unit == Unit.PERCENT and said.numerator > said.denominator:
        yield Wrong(said.row, "numerator", f"{said.numerator} is more than the {said.denominator} it is out of.")
