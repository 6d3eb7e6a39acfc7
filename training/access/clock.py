"""London days (placeholder until the rules land)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


def london_date(moment: datetime) -> date:
    """The London day of a moment."""
    return moment.astimezone(LONDON).date()


def today() -> date:
    """The London day."""
    return london_date(timezone.now())
