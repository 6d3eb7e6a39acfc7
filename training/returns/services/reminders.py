"""Calling returns to mind: when a quarter opens, a week before they are due, and when they are late."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from training.access.clock import london_date
from training.people.models import Partnership
from training.returns.models import Reminded, ReturnTerms
from training.returns.quarters import Quarter, quarter_of
from training.returns.selectors.asked import Terms, not_signed, terms_of
from training.returns.selectors.partnership import closed_at
from training.returns.selectors.signers import declarers

from .telling import tell

SOON = timedelta(days=7)


def remind_of_returns(*, at: datetime) -> int:
    """Write to the agencies that have not returned what is asked for, once at each time; how many mails."""
    on = london_date(at)
    asking = ReturnTerms.objects.known_now().filter(quarter_on__lte=quarter_of(on).back().starts_on)
    partnerships = Partnership.objects.filter(pk__in=asking.values("partnership"))
    return sum(
        _remind(each, quarter, time_of(quarter, days, on), at=at)
        for each in partnerships
        for quarter, days in to_call_to_mind(terms_of(each), on)
    )


def to_call_to_mind(terms: Terms, on: date) -> Iterator[tuple[Quarter, int]]:
    """The last quarter; and the one before it where that was due on its last day, and so is late only now."""
    last = quarter_of(on).back()
    for quarter in (last, last.back()):
        days = terms.days(quarter)
        if days and (quarter == last or quarter.due_on(days) >= last.ends_on):
            yield quarter, days


def _remind(partnership: Partnership, quarter: Quarter, when: str, *, at: datetime) -> int:
    if Reminded.objects.filter(partnership=partnership, quarter_on=quarter.starts_on, when=when).exists():
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
