"""The same agreed for several posts of one agency at once: for all of them, or for none."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from training.access.actor import Actor
from training.pathways.models import Exemption, Extension, Module, Requirement
from training.people.models import Agency, Post

from .errors import OutOfScope, PathwayError
from .posts import exempt, extend
from .triggers import record_trigger


@transaction.atomic
def exempt_posts(
    *,
    agency: Agency,
    uids: Collection[UUID],
    module: Module,
    starts_on: date,
    ends_on: date | None,
    reason_code: str,
    by: Actor,
    at: datetime,
) -> int:
    """Excuse these posts from a module; how many. Who is excused on all those days already is left as they are."""
    _one_at_a_time(agency)
    posts = posts_named(agency, uids)
    excused = Exemption.objects.within(agency).known_now().filter(post__in=posts, module=module)
    covers = Q(ends_on__isnull=True) | (Q(ends_on__gte=ends_on) if ends_on else Q(pk__in=[]))
    already = set(excused.filter(covers, starts_on__lte=starts_on).values_list("post_id", flat=True))
    fresh = [post for post in posts if post.pk not in already]
    for post in fresh:
        exempt(post=post, module=module, starts_on=starts_on, ends_on=ends_on, reason_code=reason_code, by=by, at=at)
    return len(fresh)


@transaction.atomic
def extend_posts(
    *, agency: Agency, uids: Collection[UUID], module: Module, due_on: date, by: Actor, at: datetime
) -> int:
    """Give these posts until a later day; how many. Who has been given that day or a later one is left as they are."""
    _one_at_a_time(agency)
    posts = posts_named(agency, uids)
    given = Extension.objects.within(agency).known_now().filter(post__in=posts, module=module, due_on__gte=due_on)
    already = set(given.values_list("post_id", flat=True))
    fresh = [post for post in posts if post.pk not in already]
    for post in fresh:
        extend(post=post, module=module, due_on=due_on, by=by, at=at)
    return len(fresh)


@transaction.atomic
def record_triggers(
    *,
    agency: Agency,
    uids: Collection[UUID],
    requirement: Requirement,
    event: str,
    happened_on: date,
    days_to_complete: int,
    by: Actor,
    at: datetime,
) -> int:
    """Put an event on record that starts a rule's clock for these posts; how many. One that has it already refuses."""
    posts = posts_named(agency, uids)
    for post in posts:
        record_trigger(
            requirement=requirement,
            post=post,
            event=event,
            happened_on=happened_on,
            days_to_complete=days_to_complete,
            by=by,
            at=at,
        )
    return len(posts)


def _one_at_a_time(agency: Agency) -> None:
    """A button pressed twice: the second press waits for the first, and finds done what it asks for."""
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)


def posts_named(agency: Agency, uids: Collection[UUID]) -> list[Post]:
    """The agency's posts with these uids. If one of them is not the agency's, none of them is returned."""
    wanted = set(uids)
    if not wanted:
        raise PathwayError("Choose at least one person.")
    posts = list(Post.objects.within(agency).filter(uid__in=wanted).select_related("employment__agency").order_by("pk"))
    if len(posts) != len(wanted):
        raise OutOfScope("One of these posts is not on your roster, so nothing was changed.")
    return posts
