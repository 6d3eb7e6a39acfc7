"""The quiet other way: a later date, moved by the learner alone. No reason is asked, and none is kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.ledger.models import Completion, StandingStep
from training.ledger.standing import State
from training.pathways import services as pathways
from training.pathways.models import Extension, Module
from training.people.models import Person, Post

LATER = timedelta(days=28)
MOST_MOVES = 2
MOVABLE = (State.NOT_STARTED, State.IN_PROGRESS, State.DUE_SOON, State.OVERDUE)


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of the wish for a later date: the new date, or none; `is_refused` after two moves."""

    due_on: date | None
    is_refused: bool = False


@transaction.atomic
def do_it_later(person: Person, module: Module, *, by: Actor, at: datetime) -> Moved:
    """Move the module's due date on each of the person's posts by 28 days; twice a completion at most, once a day."""
    today = london_date(at)
    steps = (
        StandingStep.objects.everywhere(reason="the learner's own dates")
        .current_on(today)
        .filter(person.all_of("post__employment__person"), module=module, due_on__isnull=False, state__in=MOVABLE)
        .select_related("post__employment__agency")
    )
    moves = [_move(step, by=by, at=at, moved_before=_moves(step.post, person, module)) for step in steps]
    dates = [move.due_on for move in moves if move.due_on is not None]
    return Moved(min(dates, default=None), is_refused=any(move.is_refused for move in moves))


def _move(step: StandingStep, *, by: Actor, at: datetime, moved_before: list[Extension]) -> Moved:
    today, due_now = london_date(at), step.due_on
    assert due_now is not None, "only steps with a date are asked for"
    if moved_before and london_date(moved_before[-1].recorded_at) == today:
        return Moved(moved_before[-1].due_on)
    if len(moved_before) >= MOST_MOVES:
        agency = step.post.employment.agency
        audit.record("third move of a due date asked for", by=by, at=at, agency_code=agency.code)
        return Moved(None, is_refused=True)
    due_on = max(due_now, today) + LATER
    return Moved(pathways.extend(post=step.post, module=step.module, due_on=due_on, by=by, at=at).due_on)


def _moves(post: Post, person: Person, module: Module) -> list[Extension]:
    """How this date has been moved since the person last completed the module."""
    done = Completion.objects.of(person).filter(module=module).standing().order_by("recorded_at").last()
    moves = Extension.objects.everywhere(reason="the learner's own dates").known_now().filter(post=post, module=module)
    if done is not None:
        moves = moves.filter(recorded_at__gt=done.recorded_at)
    return list(moves.order_by("recorded_at", "id"))
