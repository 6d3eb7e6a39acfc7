"""Duties that a room above gives and ends itself, as the Champions Network does. A roster file leaves them alone.

The source says who gave it ('network:<uid>'). Such a duty follows its post's end, and is ended by whoever gave it;
a roster file that names designations and leaves this one out does not end it (training/people/roster/state.py).
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from training.access.actor import Actor
from training.audit import services as audit

from .models import Agency, Designation, Duty, Post
from .models.posts import DutyQuerySet
from .services import mark_stale

GIVEN = "network:"


@transaction.atomic
def give_duty(post: Post, designation: str, *, on: date, source: str, by: Actor, at: datetime) -> bool:
    """Let the post hold the designation (its code) from a day on; whether it is new. `source` opens with GIVEN."""
    _one_writer(post)
    held = _duties(post, designation)
    if held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on)).exists():
        return False
    _write(post, designation, on, None, source=source, by=by, at=at)
    _tell("duty given", post, designation, on, by=by, at=at)
    return True


@transaction.atomic
def end_given_duty(post: Post, designation: str, *, on: date, by: Actor, at: datetime) -> bool:
    """End what was given so, the day before; whether there was anything. What a roster says stays as it says."""
    _one_writer(post)
    given = _given(post).filter(designation__code=designation)
    held = _duties(post, designation).filter(starts_on__in=given.values("starts_on"))
    running = list(held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on)))
    for duty in running:
        Duty.objects.everywhere(reason="by id").filter(pk=duty.pk).update(replaced_at=at)
        if duty.starts_on < on:
            last_day = on - timedelta(days=1)
            _write(post, designation, duty.starts_on, last_day, source=duty.source, by=by, at=at)
    if running:
        _tell("given duty ended", post, designation, on, by=by, at=at)
    return bool(running)


def _given(post: Post) -> DutyQuerySet:
    """Every version of what was given on a post: a roster that moved an end wrote a row of its own since."""
    return Duty.objects.everywhere(reason="duties given on a post").filter(post=post, source__startswith=GIVEN)


def _one_writer(post: Post) -> None:
    """No roster file of the agency is applied meanwhile."""
    Agency.objects.select_for_update(no_key=True).get(pk=post.employment.agency_id)


def _duties(post: Post, designation: str) -> DutyQuerySet:
    rows = Duty.objects.everywhere(reason="the duties of a post").known_now()
    return rows.filter(post=post, designation__code=designation)


def _write(
    post: Post, designation: str, starts_on: date, ends_on: date | None, *, source: str, by: Actor, at: datetime
) -> None:
    Duty.objects.create(
        post=post,
        designation=Designation.objects.get(code=designation),
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
        recorded_at=at,
        recorded_by=str(by),
    )


def _tell(verb: str, post: Post, designation: str, on: date, *, by: Actor, at: datetime) -> None:
    mark_stale([post.pk], at=at)
    audit.record(verb, by=by, at=at, kind="post", uid=post.uid, designation=designation, on=on.isoformat())
