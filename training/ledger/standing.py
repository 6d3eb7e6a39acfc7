"""What the facts mean for one post and one module on one day. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from training.ledger.due import Due, due
from training.ledger.history import History, Obligation, leave, obligations
from training.pathways.rules import Id
from training.pathways.spans import Span, span


class State(StrEnum):
    """The eight states a standing can have."""

    NOT_YET_REQUIRED = "not_yet_required"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    IN_DATE = "in_date"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    EXEMPT = "exempt"
    PAUSED = "paused"


LEFT_OUT = (State.EXEMPT, State.PAUSED, State.NOT_STARTED, State.IN_PROGRESS)
"""Those that stay out of every share: excused, on leave, or still inside induction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one post stands with one module on a day, by the earliest due of the rules that ask for it.

    `reasons` are the requirements that ask, the one shown first. `valid_until` is the end of the training that reaches
    furthest, past or to come; with `is_valid` and no such end it is valid for good. Figures count `is_valid`, never
    the state's name, among those who are required and not LEFT_OUT.
    """

    state: State
    is_valid: bool
    is_required: bool
    due_on: date | None
    valid_until: date | None
    window_opens_on: date | None
    began_on: date
    reasons: tuple[Id, ...]

    @property
    def is_counted(self) -> bool:
        """Whether something is asked of the post today: required, and neither exempt nor on leave."""
        return self.is_required and self.state not in (State.EXEMPT, State.PAUSED)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A history with what does not depend on the day worked out once."""

    history: History
    obligations: tuple[Obligation, ...]
    leave: tuple[Span, ...]


def prepare(history: History) -> Prepared:
    """A history made ready to be asked about many days."""
    return Prepared(history, obligations(history), leave(history))


def standing(history: History, on: date) -> Standing | None:
    """The standing on a day; None when the post is not held then, or when no rule asks or will ask it."""
    return standing_of(prepare(history), on)


def standing_of(prepared: Prepared, on: date) -> Standing | None:
    """As `standing`, of a history made ready beforehand."""
    asking = [each for each in prepared.obligations if on in each.days]
    is_required = bool(asking)
    if not asking and any(on in span(term.starts_on, term.ends_on) for term in prepared.history.terms):
        asking = _coming(prepared.obligations, on)
    if not asking:
        return None
    dues = [due(each, prepared.history, prepared.leave, on) for each in asking]
    return _shown(prepared, sorted(dues, key=lambda each: each.order), is_required, on)


def _coming(obligations: Sequence[Obligation], on: date) -> list[Obligation]:
    """Those that will begin on the first day after this one on which any begins."""
    first = min((each.days.first for each in obligations if each.days.first > on), default=None)
    return [each for each in obligations if each.days.first == first]


def _shown(prepared: Prepared, dues: Sequence[Due], is_required: bool, on: date) -> Standing:
    first = dues[0]
    state = _state(prepared, first, is_required, on)
    return Standing(
        state=state,
        is_valid=first.is_valid,
        is_required=is_required,
        due_on=None if state is State.EXEMPT else first.due_on,
        valid_until=first.period.ends_on if first.period else None,
        window_opens_on=first.period.window_opens_on if first.period else None,
        began_on=first.obligation.days.first,
        reasons=tuple(dict.fromkeys(each.obligation.requirement for each in dues)),
    )


def _state(prepared: Prepared, due: Due, is_required: bool, on: date) -> State:
    """The first of the states, in their settled order, that fits."""
    if any(on in span(each.starts_on, each.ends_on) for each in prepared.history.exemptions):
        return State.EXEMPT
    if any(on in away for away in prepared.leave):
        return State.PAUSED
    if due.is_valid:
        return State.DUE_SOON if _is_window_open(due, on) else State.IN_DATE
    if due.due_on is not None and on > due.due_on:
        return State.OVERDUE
    if due.is_renewal:
        # Lapsed, but leave or an extension moved the date.
        return State.DUE_SOON
    if any(attempt.is_open(on) for attempt in prepared.history.attempts):
        return State.IN_PROGRESS
    return State.NOT_STARTED if is_required else State.NOT_YET_REQUIRED


def _is_window_open(due: Due, on: date) -> bool:
    return due.period is not None and due.period.window_opens_on is not None and due.period.window_opens_on <= on
