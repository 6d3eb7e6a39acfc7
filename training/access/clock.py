"""London days and calendar months: the one place that reads the clock, and the one that adds periods."""

from calendar import monthrange
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_date(moment: datetime) -> date:
    """The day it was in London at that moment. A moment without a time zone is refused: it could be either day."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} names no time zone, so no day in London")
    return moment.astimezone(LONDON).date()


def today() -> date:
    """The day in London now. For views, tasks and commands alone: everything below them is told the day."""
    return london_date(datetime.now(UTC))


@lru_cache(maxsize=1 << 16)
def add_months(day: date, months: int) -> date:
    """The same day of the month so many calendar months on (or back), or that month's last day if it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
