"""When an obligation is due: induction or the end of what is valid, moved by leave and extensions. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from training.ledger.expiry import Period, furthest
from training.ledger.history import Exemption, Extension, History, Obligation
from training.pathways.spans import FOR_GOOD, ONE_DAY, Span, overlap


@dataclass(frozen=True, slots=True)
class Due:
    """When one obligation is due, as it stood on a day; no date means never, or not while leave has no end.

    `is_renewal`: the date comes from the end of training that was valid, not from induction.
    """

    obligation: Obligation
    due_on: date | None
    period: Period | None
    is_valid: bool
    is_renewal: bool

    @property
    def order(self) -> tuple[date, bool, str]:
        """Earliest due first; on one day, what is not valid before what is."""
        return self.due_on or FOR_GOOD, self.is_valid, str(self.obligation.requirement)


def due(obligation: Obligation, history: History, leave: Sequence[Span], on: date) -> Due:
    """The due date of an obligation on a day: the later of induction's deadline and the end of what is valid."""
    granted = [extension for extension in history.extensions if extension.granted_on <= on]
    starts_on = _induction_start(obligation, history.exemptions, on)
    deadline = starts_on + timedelta(days=obligation.induction_days)
    deadline_moved = moved(deadline, starts_on, leave, granted)
    period = furthest(obligation.periods, on)
    if period is None:
        return Due(obligation, deadline_moved, None, is_valid=False, is_renewal=False)
    end = period.ends_on
    if end is None:
        return Due(obligation, None, period, is_valid=True, is_renewal=True)
    # Without a window there is only the last day itself for leave to fall on.
    end_moved = moved(end, period.window_opens_on or end, leave, granted)
    due_on = None if deadline_moved is None or end_moved is None else max(deadline_moved, end_moved)
    return Due(obligation, due_on, period, is_valid=on <= end, is_renewal=end >= deadline)


def moved(day: date, counted_from: date, leave: Sequence[Span], extensions: Sequence[Extension]) -> date | None:
    """A due date moved on by a day for each day of leave, from `counted_from` to the date as it moves.

    An extension lifts the date on the day it is granted; leave after that moves the lifted date. None: leave without
    an end.
    """
    for days, lifted_to in _stretches(extensions):
        day = max(day, lifted_to)
        for away in leave:
            counted = overlap(away, days, Span(counted_from, FOR_GOOD))
            if counted is None or counted.first > day:
                continue
            if counted.last == FOR_GOOD:
                return None
            day += counted.last - counted.first + ONE_DAY
    return day


def _stretches(extensions: Sequence[Extension]) -> Iterator[tuple[Span, date]]:
    """The time between one extension and the next, each with the date to which the extension at its start lifts."""
    first, lifted_to = date.min, date.min
    for extension in sorted(extensions, key=lambda each: (each.granted_on, each.due_on)):
        if extension.granted_on > first:
            yield Span(first, extension.granted_on - ONE_DAY), lifted_to
            first = extension.granted_on
        lifted_to = extension.due_on
    yield Span(first, FOR_GOOD), lifted_to


def _induction_start(obligation: Obligation, exemptions: Sequence[Exemption], on: date) -> date:
    """The day the obligation began, or the day after the last exemption that has ended since."""
    starts = [each.ends_on + ONE_DAY for each in exemptions if each.ends_on is not None and each.ends_on < on]
    return max([obligation.days.first, *starts])
