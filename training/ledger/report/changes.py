"""What became known of an agency's posts between two moments: so that a figure given again can say why it moved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from training.access.clock import london_date
from training.audit.models import FormerValue
from training.audit.versioned import VersionedQuerySet
from training.ledger.models import Entry
from training.pathways import models as pathways
from training.people import models as people
from training.people.identity.groups import training_of

from .lines import WHY

ENTRIES = {
    Entry.Kind.COMPLETION: "training recorded",
    Entry.Kind.VOID: "training taken back",
    Entry.Kind.REVOCATION: "training revoked",
}
OF_POSTS: dict[str, tuple[type[Any], ...]] = {
    "posts and leave": (people.Term,),
    "duties": (people.Duty,),
    "exemptions": (pathways.Exemption,),
    "extensions": (pathways.Extension,),
}
OF_ALL: dict[str, tuple[type[Any], ...]] = {
    "rules": (pathways.RequirementVersion, pathways.Trigger),
    "what satisfies what": (pathways.Satisfies,),
    "membership": (people.Membership,),
}

# Merged, joined, shared or shared no longer: which of them it was is not said
RECORDS = "records changed"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that became known on a day. `post` None: it may touch every post."""

    known_on: date
    what: str
    post: int | None


def changes(agency: people.Agency, *, after: datetime, until: datetime) -> Iterator[Change]:
    """Everything that became known after one moment, until another, on which the agency's figures may hang."""
    for what, tables in OF_POSTS.items():
        for table in tables:
            rows = table.objects.within(agency)
            for moment, post in _moments(rows, "post_id", after, until):
                yield Change(london_date(moment), what, post)
    for what, tables in OF_ALL.items():
        for table in tables:
            manager = table.objects
            rows = manager.everywhere(reason=WHY) if hasattr(manager, "everywhere") else manager.all()
            for moment, _ in _moments(rows, "pk", after, until):
                yield Change(london_date(moment), what, None)
    for moment in FormerValue.objects.filter(replaced_at__gt=after, replaced_at__lte=until).values_list(
        "replaced_at", flat=True
    ):
        yield Change(london_date(moment), "kinds, places and modules", None)
    for moment, _ in _moments(people.Sameness.objects.within(agency), "pk", after, until):
        yield Change(london_date(moment), RECORDS, None)
    yield from _of_others(agency, after, until)


def _moments(rows: VersionedQuerySet, name: str, after: datetime, until: datetime) -> Iterator[tuple[datetime, int]]:
    """When rows were written, and when they were replaced."""
    for column in ("recorded_at", "replaced_at"):
        between = Q(**{f"{column}__gt": after, f"{column}__lte": until})
        yield from rows.filter(between).order_by().values_list(column, name)


def _of_others(agency: people.Agency, after: datetime, until: datetime) -> Iterator[Change]:
    """What touches posts of the agency through any record whose training was ever said to count for their holders.

    A record joined, and what was put into the ledger. That somebody joined their record here to a later one of theirs
    elsewhere touches nothing here, and is not told.
    """
    said = people.Sameness.objects.everywhere(reason=WHY).order_by()
    shared = people.Sharing.objects.everywhere(reason=WHY).order_by()
    pairs = {pk: (record, own) for pk, record, own in shared.values_list("pk", "record_id", "own_id")}
    heard = training_of(said.values_list("record_id", "same_as_id", "agency_id"), pairs.values())
    held = _held(agency)
    holders: dict[int, set[int]] = {}
    for holder, posts in held.items():
        for record in heard.get(holder, {holder}):
            holders.setdefault(record, set()).update(posts)
    for moment, record in _moments(said.exclude(agency=agency), "same_as_id", after, until):
        for post in sorted(holders.get(record, ())):
            yield Change(london_date(moment), RECORDS, post)
    for moment, pk in _moments(shared, "pk", after, until):
        record, own = pairs[pk]
        for post in sorted(holders.get(record, set()) - held.get(own, set())):
            yield Change(london_date(moment), RECORDS, post)
    rows = Entry.objects.everywhere(reason=WHY).filter(recorded_at__gt=after, recorded_at__lte=until).order_by()
    for person, kind, moment in rows.values_list("person_id", "kind", "recorded_at").iterator(chunk_size=2000):
        for post in sorted(holders.get(person, ())):
            yield Change(london_date(moment), ENTRIES[Entry.Kind(kind)], post)


def _held(agency: people.Agency) -> dict[int, set[int]]:
    """The agency's posts by the records that hold them, as entered and as merged."""
    found: dict[int, set[int]] = {}
    posts = people.Post.objects.within(agency).order_by()
    for post, *records in posts.values_list("pk", "employment__person", "employment__entered_as"):
        for record in {*records} - {None}:
            found.setdefault(record, set()).add(post)
    return found
