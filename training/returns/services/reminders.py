"""Calling returns to mind: when a quarter opens, a week before they are due, and when they are late."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from training.access.clock import london_date
from training.people.models import Partnership
from training.returns.models import Reminded, ReturnTerms
from training.returns.quarters import Quarter, quarter_of
from training.returns.selectors.asked import not_signed, terms_of
from training.returns.selectors.partnership import closed_at
from training.returns.selectors.signers import declarers

from .telling import tell

SOON = timedelta(days=7)


def remind_of_returns(*, at: datetime) -> int:
    """Write to the agencies that have not returned the last quarter, once at each time; how many mails."""
    quarter = quarter_of(london_date(at)).back()
    asking = ReturnTerms.objects.known_now().filter(quarter_on__lte=quarter.starts_on)
    partnerships = Partnership.objects.filter(pk__in=asking.values("partnership"))
    return sum(_remind(each, quarter, at=at) for each in partnerships)


def _remind(partnership: Partnership, quarter: Quarter, *, at: datetime) -> int:
    days = terms_of(partnership).days(quarter)
    when = time_of(quarter, days, london_date(at)) if days else None
    rows = Reminded.objects.filter(partnership=partnership, quarter_on=quarter.starts_on, when=when)
    if days is None or when is None or rows.exists():
        return 0
    if when == Reminded.When.LATE and closed_at(partnership, quarter):
        return 0  # the board has met without it; before it is due it is still asked for
    with transaction.atomic():
        _, is_new = Reminded.objects.get_or_create(
            partnership=partnership, quarter_on=quarter.starts_on, when=when, defaults={"at": at}
        )
        return _write(partnership, quarter, when, at=at) if is_new else 0


def time_of(quarter: Quarter, days: int, on: date) -> str:
    """Which of the times it is on a day after the quarter's end."""
    due_on = quarter.due_on(days)
    if on > due_on:
        return Reminded.When.LATE
    return Reminded.When.SOON if on > due_on - SOON else Reminded.When.OPEN


def _write(partnership: Partnership, quarter: Quarter, when: str, *, at: datetime) -> int:
    count = 0
    for agency in not_signed(partnership, quarter):
        page = reverse("agency-return", args=[agency.code, partnership.code, quarter.code])
        count += tell(declarers(agency, on=london_date(at)), when, page, at=at)
    return count
