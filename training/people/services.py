"""What the people room does for the rooms above it."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from training.access.actor import Actor
from training.audit import services as audit

from .models import Employment, Person, Post, StalePost

INTO = f"INSERT INTO {StalePost._meta.db_table} (post_id, marked_at)"
AGAIN = "ON CONFLICT (post_id) DO UPDATE SET marked_at = excluded.marked_at"
POSTGRESQL = f"{INTO} SELECT unnest(%s::bigint[]), %s {AGAIN}"
SQLITE = f"{INTO} SELECT value, %s FROM json_each(%s) WHERE true {AGAIN}"  # noqa: S608 - names from models
OF_PEOPLE = (
    f"SELECT post.id FROM {Post._meta.db_table} post JOIN {Employment._meta.db_table} employment "  # noqa: S608 - names from models
    "ON employment.id = post.employment_id WHERE employment.person_id"
)
FROM_POSTGRESQL = f"({OF_PEOPLE} = ANY(%s::bigint[]) ORDER BY 1)"
FROM_SQLITE = f"({OF_PEOPLE} IN (SELECT value FROM json_each(%s)))"  # noqa: S608 - names from models
POSTGRESQL_PEOPLE = f"{INTO} SELECT id, %s FROM {FROM_POSTGRESQL} mine {AGAIN}"  # noqa: S608 - names from models
SQLITE_PEOPLE = f"{INTO} SELECT id, %s FROM {FROM_SQLITE} mine WHERE true {AGAIN}"  # noqa: S608 - names from models


def mark_stale(post_ids: Iterable[int], *, at: datetime) -> None:
    """Say that the standings of these posts must be worked out anew. Call it in the transaction that changed them.

    A post marked already is marked with the later moment, so that whoever is working it out meanwhile comes back.
    By hand, since a roster marks tens of thousands at once.
    """
    ids = sorted(set(post_ids))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL, [ids, at])
        else:
            cursor.execute(SQLITE, [connection.ops.adapt_datetimefield_value(at), json.dumps(ids)])


def mark_people_stale(person_ids: Iterable[int], *, at: datetime) -> None:
    """The same for every post of these people: what they learnt counts wherever a post of theirs asks for it."""
    ids = sorted(set(person_ids))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_PEOPLE, [at, ids])
        else:
            cursor.execute(SQLITE_PEOPLE, [connection.ops.adapt_datetimefield_value(at), json.dumps(ids)])


@transaction.atomic
def protect_record(*, person: Person, is_protected: bool, by: Actor, at: datetime) -> None:
    """Hide somebody's name from shared views, or show it again, at their own wish; asking twice changes nothing.

    No reason is asked for or kept, and no agency is named on the record.
    """
    mine = Person.objects.everywhere(reason="their own wish").filter(pk=person.pk)
    if mine.exclude(is_protected=is_protected).update(is_protected=is_protected):
        verb = "record protected" if is_protected else "record protected no longer"
        audit.record(verb, by=by, at=at, kind="person", uid=person.uid)
