"""Short codes that are read off a screen in a room and typed on a phone. Pure."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from training.access.clock import LONDON

LETTERS = "CDFHJKMNPRTWXY3479"
"""No vowels, so that no word comes out, and nothing that looks like something else (O and 0, I and 1, S and 5)."""
LENGTH = 6
HALF = LENGTH // 2


def new_code() -> str:
    """One of thirty-four million."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def spaced(code: str) -> str:
    """'K7P3XD' -> 'K7P 3XD', for eyes."""
    return f"{code[:HALF]} {code[HALF:]}"


def read_code(typed: str) -> str:
    """What was typed, as it would be kept: in capitals, without spaces, dashes and the like."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(letter for letter in plain if letter.isalnum())


@dataclass(frozen=True, slots=True)
class Opening:
    """From when until when a code is good, both moments included."""

    opens_at: datetime
    closes_at: datetime

    def lets_in(self, typed: str, code: str, *, at: datetime) -> bool:
        """Whether this was typed rightly and in time. Early, late and wrong are one and the same answer."""
        return self.opens_at <= at <= self.closes_at and read_code(typed) == code


def of_meeting(starts_at: datetime, ends_at: datetime) -> Opening:
    """Around a meeting: from half an hour before it until an hour after."""
    return Opening(starts_at - timedelta(minutes=30), ends_at + timedelta(hours=1))


def of_briefing(held_on: date) -> Opening:
    """Whoever was at a briefing counts until the end of the next day."""
    return _days(held_on, 2)


def cards_of(held_on: date) -> Opening:
    """A feedback card can be given in for a fortnight."""
    return _days(held_on, 14)


def _days(first: date, days: int) -> Opening:
    """So many of London's days, from midnight."""
    start, end = (datetime.combine(first + timedelta(days=ahead), time(), LONDON) for ahead in (0, days))
    return Opening(start, end - timedelta(microseconds=1))
