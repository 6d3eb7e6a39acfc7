"""What is asked on the command line for a day and a moment: understood, or refused with the reason."""

from datetime import date, datetime, time
from typing import TypeVar

from training.access.clock import LONDON, london_date
from training.ledger.freshness import SETTLES
from training.people.models import Agency, Partnership

Named = TypeVar("Named", Agency, Partnership)


class BadCall(Exception):
    """What was asked cannot be answered; the text says why."""


def named(model: type[Named], word: str, code: str) -> Named:
    """The one with this code."""
    found = model._default_manager.filter(code=code).first()
    if found is None:
        raise BadCall(f"There is no {word} with the code {code}.")
    return found


def day_and_moment(as_at: str | None, known_at: str | None, *, now: datetime) -> tuple[date, datetime | None]:
    """The day, else that of the moment; and the moment, none for now. It has to have settled."""
    moment = _moment(known_at) if known_at else None
    if moment is not None and moment > now - SETTLES:
        raise BadCall(
            "What is known at a moment settles within two minutes. Name one that is at least two minutes ago."
        )
    return (_day(as_at) if as_at else london_date(moment or now)), moment


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadCall(f"{text} is not a day. Write it as 2026-03-31.") from None


def _moment(text: str) -> datetime:
    """A moment; a day alone means its last second, a time without a zone London's."""
    try:
        if len(text) == len("2026-04-04"):
            moment = datetime.combine(date.fromisoformat(text), time.max)
        else:
            moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadCall(f"{text} is not a moment. Write it as 2026-04-04T12:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
