"""Events that start the clock of a rule of the kind 'triggered'."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from training.access.actor import Actor
from training.access.clock import add_months, london_date
from training.audit import services as audit
from training.pathways.models import Requirement, Trigger, TriggerEvent
from training.pathways.reach import posts_concerned
from training.pathways.rules import LONGEST_MONTHS
from training.people.models import Post
from training.people.services import mark_stale

from .errors import PathwayError

LONGEST_DAYS = 730


@transaction.atomic
def record_trigger(
    *,
    requirement: Requirement,
    event: str,
    happened_on: date,
    days_to_complete: int,
    by: Actor,
    at: datetime,
    post: Post | None = None,
) -> Trigger:
    """Put an event on record that starts the rule's clock: for one post, or for every post on which the rule falls."""
    today = london_date(at)
    if not add_months(today, -LONGEST_MONTHS) <= happened_on <= add_months(today, 12):
        raise PathwayError("Give a day of the last twenty years, or of the next twelve months.")
    if not 0 < days_to_complete <= LONGEST_DAYS:
        raise PathwayError(f"Give from 1 to {LONGEST_DAYS} days to do it in.")
    try:
        with transaction.atomic():
            row = Trigger.objects.create(
                requirement=requirement,
                post=post,
                event=TriggerEvent(event),
                happened_on=happened_on,
                days_to_complete=days_to_complete,
                recorded_at=at,
                recorded_by=str(by),
            )
    except IntegrityError:
        raise PathwayError("An event of that day is on record for this rule.") from None
    _noted("event started a rule", row, by=by, at=at)
    return row


@transaction.atomic
def take_back_trigger(*, trigger: Trigger, by: Actor, at: datetime) -> None:
    """The event was put on record by mistake: it starts nothing any more. As known before, it did."""
    known = Trigger.objects.everywhere(reason="one event").known_now().filter(pk=trigger.pk)
    if not known.update(replaced_at=at):
        raise PathwayError("This event has been taken back already.")
    _noted("event taken back", trigger, by=by, at=at)


def _noted(verb: str, row: Trigger, *, by: Actor, at: datetime) -> None:
    rule = row.requirement
    mark_stale([row.post_id] if row.post_id else posts_concerned(rule), at=at)
    audit.record(
        verb,
        by=by,
        at=at,
        kind="requirement",
        uid=rule.uid,
        agency_code=rule.agency.code if rule.agency else "",
        partnership_code=rule.module.pathway.partnership.code,
        module=rule.module.code,
        happened_on=row.happened_on.isoformat(),
    )
