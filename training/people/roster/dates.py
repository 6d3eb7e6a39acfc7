"""Days as files write them. Day before month, as in the UK; a column that breaks that order is asked about."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

EARLIEST, LATEST = date(1940, 1, 1), date(2100, 12, 31)
EXCEL_DAY_0 = date(1899, 12, 30)
END_OF_TIME = 4712  # the year that the Electronic Staff Record writes for 'no end'
NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CLOCK = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?)?"
YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){CLOCK}")
NAMED = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]([A-Za-z]{{3,9}})[-/., ]+(\d{{4}}){CLOCK}")
TWO_NUMBERS = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){CLOCK}")
SERIAL = re.compile(r"\d{5}")


class Order(StrEnum):
    """Which comes first in dates of two numbers: what a column proves by days above 12, or what HR says."""

    DAY = "day"
    MONTH = "month"
    BOTH = "both"  # it contradicts itself
    OPEN = "open"  # every such date could be either
    NONE = "none"  # it has no such dates


def order_of(texts: Iterable[str]) -> dict[str, str]:
    """What a column's own dates prove, and a date that could be two: {"order": ..., "example": ...}."""
    proves: set[str] = set()
    examples = []
    for match in filter(None, map(TWO_NUMBERS.fullmatch, texts)):
        first, second = int(match[1]), int(match[2])
        if first > 12 >= second or second > 12 >= first:
            proves.add(Order.DAY if first > 12 else Order.MONTH)
        elif first != second:
            examples.append((match[3], first, second, match[0]))
    example = max(examples)[3] if examples else ""
    if len(proves) == 2:
        return {"order": Order.BOTH, "example": example}
    return {"order": next(iter(proves), Order.OPEN if example else Order.NONE), "example": example}


def is_doubtful(seen: Mapping[str, str], remembered: str) -> bool:
    """Whether HR must say which comes first: the column's dates do not prove it, or break what HR said before."""
    if seen["order"] == Order.OPEN:
        return not remembered
    return seen["order"] in (Order.MONTH, Order.BOTH) and remembered != Order.MONTH


def order_to_use(seen: Mapping[str, str], remembered: str) -> str:
    """The order in which a column is read; '' where its dates of two numbers cannot be trusted.

    Day before month, as in the UK, is taken for granted until a date breaks it or HR says otherwise.
    """
    if remembered == Order.MONTH and seen["order"] != Order.DAY:
        return Order.MONTH
    return "" if seen["order"] in (Order.MONTH, Order.BOTH) and not remembered else Order.DAY


class NotADay(ValueError):
    """The text is not a day, or could be two. Its own text says what to write instead."""


class DayColumn:
    """Reads one column of days, in the order given ('' for one that cannot be trusted), else as its texts prove."""

    def __init__(self, texts: Iterable[str] = (), order: str | None = None) -> None:
        self._known: dict[str, date | None | NotADay] = {}
        seen = order_of(texts) if order is None else {"order": order}
        self.order = order_to_use(seen, "") if order is None else order
        self.is_unproved = seen["order"] == Order.OPEN

    def is_a_guess(self, text: str) -> bool:
        """Whether it could be two days, and nothing in the column shows which."""
        match = TWO_NUMBERS.fullmatch(text) if self.is_unproved else None
        return match is not None and match[1].lstrip("0") != match[2].lstrip("0")

    def read(self, text: str) -> date | None:
        """The day; None for an empty cell or 'no end'. Raises NotADay."""
        if text not in self._known:
            try:
                self._known[text] = self._read(text)
            except NotADay as error:
                self._known[text] = error
        found = self._known[text]
        if isinstance(found, NotADay):
            raise found
        return found

    def _read(self, text: str) -> date | None:
        if not text:
            return None
        if match := YEAR_FIRST.fullmatch(text):
            year, month, day = map(int, match.groups())
            return _day(text, year, month, day)
        if match := NAMED.fullmatch(text):
            name = match[2][:3].lower()
            if name in NAMES:
                return _day(text, int(match[3]), NAMES.index(name) + 1, int(match[1]))
        if match := TWO_NUMBERS.fullmatch(text):
            return self._of_two_numbers(text, *map(int, match.groups()))
        if SERIAL.fullmatch(text):
            return _within(text, EXCEL_DAY_0 + timedelta(days=int(text)))
        raise NotADay(f"'{text}' is not a date: write it as 2024-03-31")

    def _of_two_numbers(self, text: str, first: int, second: int, year: int) -> date | None:
        if not self.order and first <= 12 and second <= 12 and first != second:
            raise NotADay(
                f"'{text}' could be {year}-{second:02}-{first:02} or {year}-{first:02}-{second:02}, because others "
                "in this column put the month first: write it in one of these two ways"
            )
        if self.order == Order.MONTH:
            if first > 12 >= second:
                raise NotADay(f"'{text}' puts the day before the month: write it as {year}-{second:02}-{first:02}")
            return _day(text, year, first, second)
        if second > 12 >= first:
            raise NotADay(f"'{text}' puts the month before the day: write it as {year}-{first:02}-{second:02}")
        return _day(text, year, second, first)


def _day(text: str, year: int, month: int, day: int) -> date | None:
    if year >= END_OF_TIME:
        return None
    try:
        return _within(text, date(year, month, day))
    except ValueError as error:
        if isinstance(error, NotADay):
            raise
        raise NotADay(f"'{text}' is not a day of the calendar") from None


def _within(text: str, day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise NotADay(f"'{text}' is too far away: a year from {EARLIEST.year} to {LATEST.year} is meant")
    return day
