"""'Share my training with my other employers': off until the person says so, for each employer, and taken back at will.

Joined training flows one way, to the record that claimed the others (decision 0013). Here the person lets one of the
other employers count it too, from that moment until they stop, leave it, protect their record or take the records
apart. Told to that employer: module, days, and until when it is in date. Never where it was learnt.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.models import Agency, Employment, Person, Sharing, Term
from training.people.models.posts import EmploymentQuerySet
from training.people.services import mark_people_stale

from .errors import IdentityError
from .locks import one_at_a_time

WHY = "what somebody shares of their own training"


class CannotShare(IdentityError):
    """There is no such employer to share with, or the record is protected."""


@dataclass(frozen=True, slots=True)
class Employer:
    """An agency where a further record of the person has a post that runs or is to come, and whether it is shown."""

    agency: Agency
    records: frozenset[int]
    since: datetime | None

    @property
    def is_shown(self) -> bool:
        """Whether the person shares their training with it."""
        return self.since is not None


def employers(own: Person, *, on: date) -> list[Employer]:
    """The agencies of the records that a person has joined to their own, in order of their titles."""
    shared = Sharing.objects.everywhere(reason=WHY).known_now().filter(own=own)
    since = dict(shared.order_by("-recorded_at").values_list("record_id", "recorded_at"))
    found: dict[Agency, set[int]] = {}
    mine = Q(person=own) | Q(entered_as=own)
    there = _running(own.earlier_records(), on).exclude(mine).select_related("agency")
    for employment in there.order_by("agency__title", "pk"):
        found.setdefault(employment.agency, set()).add(employment.entered_as_id or employment.person_id)
    return [
        Employer(agency, frozenset(records), min((since[each] for each in records & since.keys()), default=None))
        for agency, records in found.items()
    ]


@transaction.atomic
def share(own: Person, agency: Agency, *, by: Actor, at: datetime) -> None:
    """From now on the agency counts what is learnt elsewhere. Saying it twice changes nothing. Raises CannotShare."""
    one_at_a_time()
    own = Person.objects.everywhere(reason=WHY).get(pk=own.pk)
    if own.is_protected:
        raise CannotShare("Your record is protected. Nothing of it is shared while it is.")
    employer = next((each for each in employers(own, on=london_date(at)) if each.agency == agency), None)
    if employer is None:
        raise CannotShare("You can share with organisations where you work now, under a record that you have joined.")
    if employer.is_shown:
        return
    said = [Sharing(record_id=pk, own=own, recorded_at=at, recorded_by=str(by)) for pk in sorted(employer.records)]
    for each in Sharing.objects.bulk_create(said):
        _on_record("training shared", each, by=by, at=at)
    mark_people_stale(employer.records, at=at)


@transaction.atomic
def stop(own: Person, agency: Agency, *, by: Actor, at: datetime) -> None:
    """From now on the agency no longer counts it. What was known before stays known for figures of then."""
    one_at_a_time()
    there = Employment.objects.within(agency)
    theirs = Q(record__in=there.values("person")) | Q(record__in=there.exclude(entered_as=None).values("entered_as"))
    ended = _end(Sharing.objects.everywhere(reason=WHY).known_now().filter(theirs, own=own), by=by, at=at)
    mark_people_stale(ended, at=at)


def end_of_records(records: Iterable[int], *, by: Actor, at: datetime) -> set[int]:
    """Nothing of these records is shared any more: one of them is protected. The records to mark, last of all."""
    of = Q(record__in=list(records)) | Q(own__in=list(records))
    return _end(Sharing.objects.everywhere(reason=WHY).known_now().filter(of), by=by, at=at)


def end_unjoined(records: Iterable[int], *, by: Actor, at: datetime) -> None:
    """Nothing is shared with a record that the person's own no longer brings. Whoever parts them marks them, last."""
    shared = Sharing.objects.everywhere(reason=WHY).known_now().filter(own__in=list(records)).select_related("own")
    _end([each for each in shared if each.record_id not in each.own.earlier_records()], by=by, at=at)


@transaction.atomic
def end_where_left(*, at: datetime) -> int:
    """For the worker: what was shared with an employer ends with the last post there; how many."""
    shared = list(Sharing.objects.everywhere(reason=WHY).known_now())
    running = _running([each.record_id for each in shared], london_date(at))
    there = {pk for pair in running.values_list("person_id", "entered_as_id") for pk in pair}
    left = [each for each in shared if each.record_id not in there]
    if not left:
        return 0
    one_at_a_time()  # what the person has ended meanwhile stays as they ended it
    ended = _end(left, by=Actor.system("worker"), at=at)
    mark_people_stale(ended, at=at)
    return len(ended)


def _running(records: Iterable[int], on: date) -> EmploymentQuerySet:
    """Employments of these records, as entered or as merged, with a post that runs or is to come."""
    ids = list(records)
    terms = Term.objects.everywhere(reason=WHY).known_now().not_ended_on(on)
    rows = Employment.objects.everywhere(reason=WHY).filter(pk__in=terms.values("post__employment"))
    return rows.filter(Q(person__in=ids) | Q(entered_as__in=ids))


def _end(shared: Iterable[Sharing], *, by: Actor, at: datetime) -> set[int]:
    """End those that still run; the records that were shown them, for the caller to mark last."""
    rows = Sharing.objects.everywhere(reason=WHY).known_now().filter(pk__in=[each.pk for each in shared])
    ended = list(rows)
    rows.update(replaced_at=at, replaced_by=str(by))
    for each in ended:
        _on_record("training shared no longer", each, by=by, at=at)
    return {each.record_id for each in ended}


def _on_record(verb: str, said: Sharing, *, by: Actor, at: datetime) -> None:
    """On record for the site alone: no agency is named."""
    audit.record(verb, by=by, at=at, kind="sharing", uid=said.uid)
