"""Training that somebody shows by their passport, accepted by an agency's HR without typing it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.ledger.models import Entry
from training.people.models import Agency, Employment, Person

from .competence import key, parse
from .errors import EvidenceError
from .models import Evidence
from .settle import settle
from .state import evidence_key

NOBODY = "Nobody on your roster has this employee reference."
ONESELF = "That is your own reference. Another person with the HR role decides about you."
TAKEN = "You have accepted this for somebody else. Have that withdrawn first: one certificate is one person's."
COUNTS = "Their training counts here already: it is one record."


@dataclass(frozen=True, slots=True)
class Shown:
    """One certificate as a passport shows it; `reference` is its code."""

    title: str
    provider: str
    completed_on: date
    expires_on: date | None
    reference: str


@dataclass(frozen=True, slots=True)
class Taken:
    """How many stand in the record now, and how many wait for a decision in the queue."""

    recorded: int
    waiting: int


def whose(agency: Agency, reference: str, *, own: Sequence[int]) -> Person:
    """Whom the agency's own reference names. Raises EvidenceError for nobody, and for oneself: `own` are the records of
    the one who decides.
    """
    found = Employment.objects.within(agency).filter(employee_ref=reference.strip()).select_related("person").first()
    if found is None:
        raise EvidenceError(NOBODY)
    if found.person_id in own:
        raise EvidenceError(ONESELF)
    return found.person


@transaction.atomic
def take_passport(
    agency: Agency, person: Person, shown: Sequence[Shown], *, shown_of: Person, by: Actor, at: datetime
) -> Taken:
    """Make evidence of what a passport shows. What the register or the pathway knows is recorded; the rest waits for
    HR's decision, filled in. The same passport again makes nothing anew. Raises EvidenceError where it was taken for
    somebody else, and where it is one record with that of the passport.
    """
    if _taken_for_others(agency, person, shown):
        raise EvidenceError(TAKEN)
    if shown_of.pk == person.pk or shown_of.pk in person.earlier_records():
        raise EvidenceError(COUNTS)
    Person.objects.everywhere(reason="one writer at a time").select_for_update(no_key=True).get(pk=person.pk)
    made = [found for each in shown if (found := _made(agency, person, each, by=by, at=at)) is not None]
    recorded = settle({agency: made}, on=london_date(at), by=by, at=at)
    audit.record(
        "passport accepted", by=by, at=at, kind="person", uid=person.uid, agency_code=agency.code, rows=len(made)
    )
    return Taken(recorded, len(made) - recorded)


def _taken_for_others(agency: Agency, person: Person, shown: Sequence[Shown]) -> bool:
    """Whether one of these certificates counts, or waits, in somebody else's record at this agency."""
    theirs = Evidence.objects.within(agency).filter(origin=Evidence.Origin.PASSPORT).exclude(person=person)
    theirs = theirs.exclude(state__in=[Evidence.State.WITHDRAWN, Evidence.State.DECLINED])
    theirs = theirs.exclude(entry__sequels__kind=Entry.Kind.VOID)
    return theirs.filter(reference__in=[each.reference for each in shown]).exists()


def _made(agency: Agency, person: Person, shown: Shown, *, by: Actor, at: datetime) -> Evidence | None:
    """The evidence, unless it is there already."""
    unique = evidence_key(agency, f"passport:{person.uid}:{shown.reference}", {"external_title": shown.title})
    if Evidence.objects.within(agency).filter(key=unique).exclude(state=Evidence.State.WITHDRAWN).exists():
        return None
    employment = Employment.objects.within(agency).filter(person=person).order_by("pk").first()
    return Evidence.objects.create(
        agency=agency,
        person=person,
        employee_ref=employment.employee_ref if employment else "",
        external_title=shown.title[:200],
        provider=shown.provider[:160],
        title_key=key(parse(shown.title).title)[:200],
        provider_key=key(shown.provider)[:200],
        completed_on=shown.completed_on,
        expires_on=shown.expires_on,
        reference=shown.reference,
        origin=Evidence.Origin.PASSPORT,
        key=unique,
        recorded_at=at,
        recorded_by=str(by),
    )
