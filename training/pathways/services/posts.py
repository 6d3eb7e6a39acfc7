"""What is agreed for one post and one module: excused from it, or due later."""

from datetime import date, datetime

from django.db import transaction

from training.access.actor import Actor
from training.access.clock import add_months, london_date
from training.audit import services as audit
from training.pathways.models import Exemption, Extension, Module, ReasonCode
from training.pathways.rules import LONGEST_MONTHS
from training.people.models import Post
from training.people.services import mark_stale

from .errors import PathwayError


@transaction.atomic
def exempt(
    *,
    post: Post,
    module: Module,
    starts_on: date,
    ends_on: date | None = None,
    reason_code: str = ReasonCode.AGREED,
    by: Actor,
    at: datetime,
) -> Exemption:
    """Excuse a post from a module, from a day until a day or until further notice.

    What was agreed before from the same first day is replaced by it.
    """
    if ends_on is not None and ends_on < starts_on:
        raise PathwayError("The last day comes before the first.")
    _refuse_far(ends_on, at)
    before = Exemption.objects.everywhere(reason="one post's").known_now()
    before.filter(post=post, module=module, starts_on=starts_on).update(replaced_at=at)
    row = Exemption.objects.create(
        post=post,
        module=module,
        starts_on=starts_on,
        ends_on=ends_on,
        reason_code=ReasonCode(reason_code),
        recorded_at=at,
        recorded_by=str(by),
    )
    _noted("exemption agreed", post, module, by=by, at=at)
    return row


@transaction.atomic
def end_exemption(*, exemption: Exemption, ends_on: date, by: Actor, at: datetime) -> Exemption:
    """End an exemption on a day: the row is closed and written anew."""
    if ends_on < exemption.starts_on:
        raise PathwayError("The last day comes before the first.")
    closed = Exemption.objects.everywhere(reason="one exemption").known_now().filter(pk=exemption.pk)
    if not closed.update(replaced_at=at):
        raise PathwayError("This exemption has been changed since; look again.")
    return exempt(
        post=exemption.post,
        module=exemption.module,
        starts_on=exemption.starts_on,
        ends_on=ends_on,
        reason_code=exemption.reason_code,
        by=by,
        at=at,
    )


@transaction.atomic
def extend(*, post: Post, module: Module, due_on: date, by: Actor, at: datetime) -> Extension:
    """Move the due date of a module to a later day. That it moved is on record; why is not."""
    if due_on <= london_date(at):
        raise PathwayError("The new date must lie in the future.")
    _refuse_far(due_on, at)
    row = Extension.objects.create(post=post, module=module, due_on=due_on, recorded_at=at, recorded_by=str(by))
    _noted("due date moved", post, module, by=by, at=at, due_on=due_on.isoformat())
    return row


def _refuse_far(day: date | None, at: datetime) -> None:
    if day is not None and day > add_months(london_date(at), LONGEST_MONTHS):
        raise PathwayError("That day is more than twenty years ahead. Check the year.")


def _noted(verb: str, post: Post, module: Module, *, by: Actor, at: datetime, **detail: str) -> None:
    mark_stale([post.pk], at=at)
    agency_code = post.employment.agency.code
    audit.record(verb, by=by, at=at, kind="post", uid=post.uid, agency_code=agency_code, module=module.code, **detail)
