"""More time: asked for by a learner or a line manager, decided by the agency's HR. The reason goes at the decision."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from training.access.actor import Actor
from training.access.clock import add_months, london_date
from training.audit import services as audit
from training.pathways.models import ExtensionRequest, Module, RequestReason, RequestState
from training.people.models import Post

from .errors import AlreadyWaiting, PathwayError
from .posts import extend

LONGEST_MONTHS = 12


@transaction.atomic
def ask_for_time(
    *,
    post: Post,
    module: Module,
    wished_on: date,
    reason_code: str = RequestReason.NOT_SAID,
    is_asked_by_manager: bool = False,
    by: Actor,
    at: datetime,
) -> ExtensionRequest:
    """Put a wish for a later date before HR. One waits at a time; the code is kept only until it is decided."""
    today = london_date(at)
    if wished_on <= today:
        raise PathwayError("The day must lie in the future.")
    if wished_on > add_months(today, LONGEST_MONTHS):
        raise PathwayError("Ask for a day within the next twelve months.")
    try:
        with transaction.atomic():
            row = ExtensionRequest.objects.create(
                post=post,
                module=module,
                wished_on=wished_on,
                reason_code=RequestReason(reason_code),
                is_asked_by_manager=is_asked_by_manager,
                asked_at=at,
                asked_by=str(by),
            )
    except IntegrityError:
        raise AlreadyWaiting("A request for this module is waiting already.") from None
    _noted("more time asked for", row, by=by, at=at)
    return row


@transaction.atomic
def agree_request(*, request: ExtensionRequest, due_on: date, by: Actor, at: datetime) -> None:
    """Give more time, until this day: the wished one or another. The request keeps its day and loses its reason."""
    _decide(request, RequestState.AGREED, by=by, at=at, due_on=due_on)
    extend(post=request.post, module=request.module, due_on=due_on, by=by, at=at)


@transaction.atomic
def decline_request(*, request: ExtensionRequest, by: Actor, at: datetime) -> None:
    """The date stays where it is. No reason is asked for that either."""
    _decide(request, RequestState.DECLINED, by=by, at=at)


@transaction.atomic
def withdraw_request(*, request: ExtensionRequest, by: Actor, at: datetime) -> None:
    """Whoever it is about takes it back before it is decided."""
    _decide(request, RequestState.WITHDRAWN, by=by, at=at)


def _decide(
    request: ExtensionRequest, state: RequestState, *, by: Actor, at: datetime, due_on: date | None = None
) -> None:
    waiting = ExtensionRequest.objects.everywhere(reason="one request").waiting().filter(pk=request.pk)
    if not waiting.update(state=state, reason_code="", decided_at=at, decided_by=str(by), due_on=due_on):
        raise PathwayError("This request has been decided since; look again.")
    _noted(f"request for more time {state.lower()}", request, by=by, at=at)


def _noted(verb: str, row: ExtensionRequest, *, by: Actor, at: datetime) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        kind="post",
        uid=row.post.uid,
        agency_code=row.post.employment.agency.code,
        module=row.module.code,
    )
