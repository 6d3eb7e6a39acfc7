"""What a partnership asks, and the quarters it closes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.models import Partnership
from training.returns.errors import NotAsked, ReturnError
from training.returns.models import MOST_DAYS, ClosedQuarter, ReturnTerms
from training.returns.quarters import Quarter, quarter_of


@transaction.atomic
def set_terms(*, partnership: Partnership, quarter: Quarter, due_days: int, by: Actor, at: datetime) -> ReturnTerms:
    """Ask for returns from a quarter on, due so many days after each. Quarters before keep what was asked then.

    Returns that were due already stay due when they were: once there are terms, others begin with a quarter to come.
    """
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    if not 1 <= due_days <= MOST_DAYS:
        raise ReturnError(f"Say a number of days from 1 to {MOST_DAYS}.")
    standing = ReturnTerms.objects.known_now().filter(partnership=partnership)
    if standing.exists() and quarter.ends_on < london_date(at):
        raise ReturnError("That quarter is over, and its returns stay due when they were. Choose this one or a later.")
    if not standing.exists() and quarter < quarter_of(london_date(at)).back(4):
        raise ReturnError("Ask for quarters of the last year at the earliest.")
    standing.filter(quarter_on__gte=quarter.starts_on).update(replaced_at=at)
    row = ReturnTerms.objects.create(
        partnership=partnership, quarter_on=quarter.starts_on, due_days=due_days, recorded_at=at, recorded_by=str(by)
    )
    _on_record("return terms set", partnership, quarter, by=by, at=at, due_days=due_days)
    return row


@transaction.atomic
def close_quarter(*, partnership: Partnership, quarter: Quarter, by: Actor, at: datetime) -> ClosedQuarter:
    """Say that the board has been given the quarter's figures. Whatever is signed later is a restatement of them.

    Closing twice is closing once.
    """
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    if quarter.opens_on > london_date(at):
        raise NotAsked("This quarter is not over yet.")
    row, is_new = ClosedQuarter.objects.get_or_create(
        partnership=partnership,
        quarter_on=quarter.starts_on,
        defaults={"closed_at": at, "closed_by": str(by)},
    )
    if is_new:
        _on_record("quarter closed", partnership, quarter, by=by, at=at)
    return row


def _on_record(verb: str, partnership: Partnership, quarter: Quarter, *, by: Actor, at: datetime, **more: Any) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        kind="partnership",
        uid=partnership.uid,
        partnership_code=partnership.code,
        quarter=quarter.code,
        **more,
    )
