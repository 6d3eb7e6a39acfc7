"""What the people room does for the rooms above it."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection, transaction

from training.access.actor import Actor
from training.audit import services as audit
from training.audit.former import keep_former

from .models import Agency, Employment, Locality, Person, Post, StalePost, Term, Workplace

INTO = f"INSERT INTO {StalePost._meta.db_table} (post_id, first_marked_at, marked_at)"
AGAIN = "ON CONFLICT (post_id) DO UPDATE SET marked_at = excluded.marked_at"
POSTGRESQL = f"{INTO} SELECT unnest(%s::bigint[]), %s, %s {AGAIN}"
SQLITE = f"{INTO} SELECT value, %s, %s FROM json_each(%s) WHERE true {AGAIN}"  # noqa: S608 - names from models
# Of these records, and of all that are known to be of the same people
OF_PEOPLE = (
    f"theirs AS (SELECT id FROM mine UNION SELECT other.id FROM mine JOIN {Person._meta.db_table} own "  # noqa: S608 - names from models
    f"ON own.id = mine.id JOIN {Person._meta.db_table} other ON other.same_as_id = own.same_as_id) "
    f"SELECT post.id FROM theirs JOIN {Employment._meta.db_table} employment ON employment.person_id = theirs.id "
    f"JOIN {Post._meta.db_table} post ON post.employment_id = employment.id"
)
FROM_POSTGRESQL = f"(WITH mine AS (SELECT unnest(%s::bigint[]) AS id), {OF_PEOPLE} ORDER BY 1)"
FROM_SQLITE = f"(WITH mine AS (SELECT value AS id FROM json_each(%s)), {OF_PEOPLE})"  # noqa: S608 - names from models
POSTGRESQL_PEOPLE = f"{INTO} SELECT id, %s, %s FROM {FROM_POSTGRESQL} found {AGAIN}"  # noqa: S608 - names from models
SQLITE_PEOPLE = f"{INTO} SELECT id, %s, %s FROM {FROM_SQLITE} found WHERE true {AGAIN}"  # noqa: S608 - names from models


def mark_stale(post_ids: Iterable[int], *, at: datetime) -> None:
    """Say that the standings of these posts must be worked out anew. Call it in the transaction that changed them.

    A post marked already is marked with the later moment, so that whoever is working it out meanwhile comes back.
    By hand, since a roster marks tens of thousands at once.
    """
    ids = sorted(set(post_ids))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL, [ids, at, at])
        else:
            moment = connection.ops.adapt_datetimefield_value(at)
            cursor.execute(SQLITE, [moment, moment, json.dumps(ids)])


def mark_people_stale(person_ids: Iterable[int], *, at: datetime) -> None:
    """The same for every post of these people, under any record: what they learnt counts wherever it is asked for."""
    ids = sorted(set(person_ids))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_PEOPLE, [at, at, ids])
        else:
            moment = connection.ops.adapt_datetimefield_value(at)
            cursor.execute(SQLITE_PEOPLE, [moment, moment, json.dumps(ids)])


@transaction.atomic
def set_agency_kind(*, agency: Agency, kind: str, by: Actor, at: datetime) -> None:
    """Say what kind of organisation an agency is. What it was taken to be stays known for figures as known before."""
    agency.kind = kind
    keep_former(agency, ["kind"], by=by, at=at)
    agency.save(update_fields=["kind"])
    mark_stale(Post.objects.within(agency).values_list("pk", flat=True), at=at)
    audit.record(
        "kind of agency changed", by=by, at=at, kind="agency", uid=agency.uid, agency_code=agency.code, now=kind
    )


@transaction.atomic
def name_in_public(*, agency: Agency, is_named: bool, by: Actor, at: datetime) -> None:
    """Whether public lists of agencies name this one. No figure depends on it."""
    if not Agency.objects.filter(pk=agency.pk, is_named_in_public=not is_named).update(is_named_in_public=is_named):
        return
    verb = "agency named in public" if is_named else "agency kept off public lists"
    audit.record(verb, by=by, at=at, kind="agency", uid=agency.uid, agency_code=agency.code)


@transaction.atomic
def set_localities(*, agency: Agency, places: Mapping[Workplace, Locality | None], by: Actor, at: datetime) -> None:
    """Say where workplaces of an agency are. Where they were taken to be stays known for figures as known before."""
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    for workplace in sorted(places, key=lambda each: each.pk):
        workplace.locality = places[workplace]
        keep_former(workplace, ["locality"], by=by, at=at)
        workplace.save(update_fields=["locality"])
        audit.record(
            "place of workplace changed", by=by, at=at, kind="workplace", uid=workplace.pk, agency_code=agency.code
        )
    there = Term.objects.within(agency).filter(workplace__in=list(places)).order_by()
    mark_stale(there.values_list("post_id", flat=True).distinct(), at=at)
