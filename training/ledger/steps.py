"""Standing as a step function of the day: for fixed facts, the runs of days on which it stays the same. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from training.ledger.history import History
from training.ledger.standing import Prepared, Standing, prepare, standing_of
from training.pathways.spans import FOR_GOOD, ONE_DAY


@dataclass(frozen=True, slots=True)
class Step:
    """A longest run of days with one standing, both ends counted. No last day means until something is recorded."""

    from_on: date
    until_on: date | None
    standing: Standing


def steps(history: History) -> tuple[Step, ...]:
    """Every step in order; a day in none of them has no standing. A page looks its day up: no nightly job flips it."""
    prepared = prepare(history)
    turns = sorted(_turns(prepared))
    found: list[Step] = []
    for first, following in zip_longest(turns, turns[1:]):
        last = None if following is None else following - ONE_DAY
        for step in _within(prepared, first, last):
            before = found[-1] if found else None
            if before and before.standing == step.standing and before.until_on == step.from_on - ONE_DAY:
                found[-1] = Step(before.from_on, step.until_on, step.standing)
            else:
                found.append(step)
    return tuple(found)


def _within(prepared: Prepared, first: date, last: date | None) -> Iterator[Step]:
    """The steps between two turns: one, or two where the due date passes between them."""
    now = standing_of(prepared, first)
    if now is None:
        return
    if now.due_on is None or now.due_on < first or (last is not None and now.due_on >= last):
        yield Step(first, last, now)
        return
    overdue_from = now.due_on + ONE_DAY
    after = standing_of(prepared, overdue_from)
    yield Step(first, now.due_on, now)
    if after is not None:
        yield Step(overdue_from, last, after)


def _turns(prepared: Prepared) -> set[date]:
    """The days on which standing may change, other than by a due date that passes."""
    history = prepared.history
    days = {extension.granted_on for extension in history.extensions}
    for term in history.terms:
        days |= {term.starts_on, _day_after(term.ends_on)}
    for exemption in history.exemptions:
        days |= {exemption.starts_on, _day_after(exemption.ends_on)}
    for obligation in prepared.obligations:
        days |= {obligation.days.first, _day_after(obligation.days.last)}
        for period in obligation.periods:
            days |= {period.starts_on, period.window_opens_on or FOR_GOOD, _day_after(period.ends_on)}
    for attempt in history.attempts:
        days |= {attempt.starts_on, attempt.ends_on or FOR_GOOD}
    begins_on = min((term.starts_on for term in history.terms), default=FOR_GOOD)
    return {day for day in days if begins_on <= day < FOR_GOOD}


def _day_after(day: date | None) -> date:
    return FOR_GOOD if day is None or day == FOR_GOOD else day + ONE_DAY
