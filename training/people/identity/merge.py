"""Saying that two records are of one person, and taking it back.

Nothing that was recorded is changed: not the ledger, not a post, not a login. A sameness is one dated row, and readers
count by it. See docs/decisions/0013-one-person-several-records.md.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models.functions import Coalesce

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.models import Agency, Employment, Person, Sameness, Term
from training.people.services import mark_people_stale

from .errors import IdentityError
from .groups import first_records
from .locks import one_at_a_time
from .sharing import end_of_records, end_unjoined

WHY = "records of one person"
NOT_YOURS = (
    "These two cannot be merged by HR. If they are one person, they can join them: "
    "on their Learning page, under 'Bring your earlier training with you'."
)


class OwnRecord(IdentityError):
    """HR would decide about their own record."""


class NotForHr(IdentityError):
    """Not HR's to join: a record is not on the roster, or hidden, or both sign in, here or by one joined elsewhere.

    One answer for all of it, so that a refusal tells of no join and of no hidden record.
    """


class AlreadyOne(IdentityError):
    """The two are one already, or the sameness has been taken back already."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records of one agency, in the order in which HR would merge them: `kept` is shown for both afterwards."""

    kept: Person
    merged: Person


def ordered(agency: Agency, one: Person, other: Person, *, on: date) -> Pair:
    """Which of two is kept: the one that signs in, else the one whose posts run longest, else the older record."""

    def weight(person: Person) -> tuple[bool, date, int]:
        terms = Term.objects.within(agency).known_now().filter(post__employment__person=person)
        ends = [each or date.max for each in terms.values_list("ends_on", flat=True)]
        return person.user_id is not None, max(ends, default=date.min), -person.pk

    kept, merged = sorted((one, other), key=weight, reverse=True)
    return Pair(kept, merged)


@transaction.atomic
def merge_records(
    agency: Agency, one: Person, other: Person, *, evidence: list[str], own: tuple[int, ...], by: Actor, at: datetime
) -> Sameness:
    """HR says that two records of its roster are of one person; from now on the roster shows one of them for both.

    `own` are the records of whoever decides. Refused, with nothing written: NotForHr, AlreadyOne, OwnRecord.
    """
    one_at_a_time()
    one, other = _on_roster(agency, one), _on_roster(agency, other)
    if one == other:
        raise AlreadyOne("These records are one already. Look at the list again.")
    pair = ordered(agency, one, other, on=london_date(at))
    groups = [_group(pair.kept), _group(pair.merged)]
    if {one.pk, other.pk} & set(own) or any(group & set(own) for group in groups):
        raise OwnRecord("One of these records is your own. Somebody else in your HR team has to decide.")
    are_one = groups[0] == groups[1]
    if pair.merged.user_id is not None or (not are_one and all(_signs_in(group) for group in groups)):
        raise NotForHr(NOT_YOURS)
    said = _say(pair.merged, pair.kept, agency=agency, proof=Sameness.Proof.HR, evidence=evidence, by=by, at=at)
    _tell(said, "records merged", groups[0] | groups[1], by=by, at=at)
    return said


@transaction.atomic
def join_records(
    own: Person, earlier: Person, *, proof: Sameness.Proof, by: Actor, at: datetime, confirmed_at: Agency | None = None
) -> Sameness:
    """A person has shown that an earlier record is theirs too. No agency's roster changes and none is told.

    What either side hides from shared views is hidden on both. `confirmed_at` is the agency whose HR confirmed it.
    """
    one_at_a_time()
    records = Person.objects.everywhere(reason=WHY)
    own, earlier = records.get(pk=own.pk), records.get(pk=earlier.pk)
    if (earlier_group := _group(earlier)) & (group := _group(own)):
        raise AlreadyOne("These records are joined already.")
    group |= earlier_group
    said = _say(earlier, own, agency=None, proof=proof, evidence=[], by=by, at=at)
    if own.is_protected or earlier.is_protected:
        records.filter(pk__in=group, is_protected=False).update(is_protected=True, is_protected_elsewhere=True)
        end_of_records(group, by=by, at=at)
    _tell(said, "records joined", group, by=by, at=at)
    if confirmed_at is not None:
        audit.record("join confirmed", by=by, at=at, kind="person", uid=own.uid, agency_code=confirmed_at.code)
    return said


@transaction.atomic
def part_records(sameness: Sameness, *, by: Actor, at: datetime) -> Sameness:
    """Take it back: both stand as they stood. What was learnt since stays with the record it was written to.

    What is hidden stays hidden, by its own wish or, until it says otherwise, by that of the record it is parted from.
    Raises AlreadyOne where it has been taken back before.
    """
    one_at_a_time()
    rows = Sameness.objects.everywhere(reason=WHY)
    said = rows.select_related("record", "same_as", "agency").get(pk=sameness.pk)
    if said.replaced_at is not None:
        raise AlreadyOne("This has been taken back already.")
    group = _group(said.record)
    rows.filter(pk=said.pk).update(replaced_at=at, replaced_by=str(by))
    _regroup(group)
    end_unjoined(group, by=by, at=at)
    if said.agency is not None:
        _show_again(said.agency, group)
    _tell(said, "records parted", group, by=by, at=at)
    return rows.get(pk=said.pk)


def _on_roster(agency: Agency, person: Person) -> Person:
    """The record as it stands now, if the agency may look at it by name."""
    found = Person.objects.within(agency).filter(pk=person.pk, is_protected=False).first()
    if found is None:
        raise NotForHr(NOT_YOURS)
    return found


def _group(person: Person) -> set[int]:
    """The records known to be of this person, its own among them."""
    if person.same_as_id is None:
        return {person.pk}
    records = Person.objects.everywhere(reason=WHY).filter(same_as=person.same_as_id)
    return set(records.values_list("pk", flat=True))


def _signs_in(records: set[int]) -> bool:
    return Person.objects.everywhere(reason=WHY).filter(pk__in=records, user__isnull=False).exists()


def _say(record: Person, same_as: Person, *, by: Actor, at: datetime, **said: object) -> Sameness:
    group = _group(record) | _group(same_as)
    row = Sameness.objects.create(record=record, same_as=same_as, recorded_at=at, recorded_by=str(by), **said)
    _regroup(group)
    if row.agency is not None:
        moved = Employment.objects.within(row.agency).filter(person=record)
        moved.update(entered_as=Coalesce("entered_as_id", "person_id"), person=same_as)
    return row


def _regroup(records: set[int]) -> None:
    """Write on each record the first of its group, from what is said now."""
    said = Sameness.objects.everywhere(reason=WHY).known_now().filter(record__in=records)
    first = first_records(said.values_list("record_id", "same_as_id"))
    people = Person.objects.everywhere(reason=WHY)
    people.filter(pk__in=records - first.keys()).update(same_as=None)
    for each in set(first.values()):
        people.filter(pk__in=[record for record in first if first[record] == each]).update(same_as=each)


def _show_again(agency: Agency, records: set[int]) -> None:
    """Show each employment of the agency under the record that what HR still says leads to."""
    said = Sameness.objects.within(agency).known_now().filter(record__in=records)
    shown = dict(said.values_list("record_id", "same_as_id"))
    for employment in Employment.objects.within(agency).filter(entered_as__in=records):
        record = employment.entered_as_id
        while record in shown:
            record = shown[record]
        entered_as = None if record == employment.entered_as_id else employment.entered_as_id
        mine = Employment.objects.within(agency).filter(pk=employment.pk)
        mine.update(person=record, entered_as=entered_as)


def _tell(said: Sameness, verb: str, group: set[int], *, by: Actor, at: datetime) -> None:
    """Put it on record, at an agency only what its HR said; and mark the posts of everybody concerned, last of all."""
    code = said.agency.code if said.agency else ""
    uids = {"record": str(said.record.uid), "same_as": str(said.same_as.uid)}
    audit.record(verb, by=by, at=at, kind="sameness", uid=said.uid, agency_code=code, proof=said.proof, **uids)
    mark_people_stale(group, at=at)
