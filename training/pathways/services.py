"""Facts about posts and modules that people put on record: written anew, never overwritten."""

from datetime import date, datetime

from django.db import transaction

from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Post
from training.people.services import mark_stale

from .models import Extension, Module


@transaction.atomic
def extend(*, post: Post, module: Module, due_on: date, by: Actor, at: datetime) -> Extension:
    """Move a due date to a later day. That it moved is on record; why is not."""
    extension = Extension.objects.create(
        post=post, module=module, due_on=due_on, recorded_at=at, recorded_by=str(by)
    )
    mark_stale([post.pk], at=at)
    audit.record(
        "due date moved",
        by=by,
        at=at,
        kind="post",
        uid=post.uid,
        agency_code=post.employment.agency.code,
        module=module.code,
        due_on=due_on.isoformat(),
    )
    return extension
