"""Training that somebody shows by their passport, accepted by an agency's HR without typing it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.ledger.models import Entry
from training.ledger.wrong import tell
from training.people.models import Agency, Employment, Person

from .competence import key, parse
from .errors import EvidenceError
from .models import Evidence
from .settle import settle
from .state import evidence_key

NOBODY = "Nobody on your roster has this employee reference."
ONESELF = "That is your own reference. Another person with the HR role decides about you."
TAKEN = "You have accepted this for somebody else. Have that withdrawn first: one certificate is one person's."


@dataclass(frozen=True, slots=True)
class Shown:
    """One certificate as a passport shows it. `entry` is the completion that it is of: issued anew under another name
    it is still one. Its code is kept nowhere: it would go on answering when the link is over.
    """

    title: str
    provider: str
    completed_on: date
    expires_on: date | None
    entry: int


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


def is_of_passport(entry: Entry) -> bool:
    """Whether it was accepted from a passport. Its day is that of the certificate shown: recorded anew under another
    day it would rest on nothing, and stay when that is withdrawn.
    """
    rows = Evidence.objects.everywhere(reason="what it rests on").filter(entry=entry.pk)
    return rows.filter(rests_on__isnull=False).exists()


@transaction.atomic
def take_passport(
    agency: Agency,
    person: Person,
    shown: Sequence[Shown],
    *,
    shown_of: Person,
    as_other: bool,
    by: Actor,
    at: datetime,
) -> Taken:
    """Make evidence of what a passport shows. What the register or the pathway knows is recorded; the rest waits for
    HR's decision, filled in. The same passport again makes nothing anew, nor does one that is of this very record.
    `as_other`: HR has said that it is theirs, though the roster has another name. Whose record grows is told by mail.
    Raises EvidenceError where it was taken for somebody else.
    """
    # One at a time at this agency: else two of its HR take one certificate for two people
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    if _taken_for_others(agency, person, shown):
        raise EvidenceError(TAKEN)
    is_one_record = shown_of.pk == person.pk or shown_of.pk in person.earlier_records()
    fresh = [] if is_one_record else _not_there_yet(agency, person, shown, by=by, at=at)
    made = [_made(agency, person, each, key, by=by, at=at) for key, each in fresh]
    recorded = settle({agency: made}, on=london_date(at), by=by, at=at)
    audit.record(
        "passport accepted",
        by=by,
        at=at,
        kind="person",
        uid=person.uid,
        agency_code=agency.code,
        rows=len(made),
        as_other=as_other,
    )
    if made:
        tell(person, at)
    return Taken(recorded, len(made) - recorded)


def _taken_for_others(agency: Agency, person: Person, shown: Sequence[Shown]) -> bool:
    """Whether one of these certificates counts, or waits, in somebody else's record at this agency."""
    theirs = Evidence.objects.within(agency).filter(origin=Evidence.Origin.PASSPORT).exclude(person=person)
    theirs = theirs.exclude(state__in=[Evidence.State.WITHDRAWN, Evidence.State.DECLINED])
    theirs = theirs.exclude(entry__sequels__kind=Entry.Kind.VOID)
    return theirs.filter(rests_on__in=_roots({each.entry for each in shown})).exists()


def _roots(entries: set[int]) -> set[int]:
    """These entries and all that they rest on: what was accepted bears a certificate, which may be shown in turn."""
    found: set[int] = set()
    while entries:
        found |= entries
        accepted = Evidence.objects.everywhere(reason="what it rests on").filter(entry__in=entries)
        entries = set(accepted.filter(rests_on__isnull=False).values_list("rests_on", flat=True)) - found
    return found


def _not_there_yet(
    agency: Agency, person: Person, shown: Sequence[Shown], *, by: Actor, at: datetime
) -> list[tuple[str, Shown]]:
    """What has not been taken, by the key that keeps it from being taken twice. What was, and whose entry has been
    withdrawn since, is out of the way: it may be taken again.
    """
    keyed = {evidence_key(agency, f"passport:{person.uid}:{each.entry}", {}): each for each in shown}
    there = Evidence.objects.within(agency).filter(key__in=keyed).exclude(state=Evidence.State.WITHDRAWN)
    voided = there.filter(entry__sequels__kind=Entry.Kind.VOID).values_list("pk", flat=True)
    said = {"state": Evidence.State.WITHDRAWN, "decided_at": at, "decided_by": str(by)}
    Evidence.objects.within(agency).filter(pk__in=list(voided)).update(**said)
    left = set(there.values_list("key", flat=True))
    return [(key, each) for key, each in keyed.items() if key not in left]


def _made(agency: Agency, person: Person, shown: Shown, unique: str, *, by: Actor, at: datetime) -> Evidence:
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
        rests_on_id=shown.entry,
        origin=Evidence.Origin.PASSPORT,
        key=unique,
        recorded_at=at,
        recorded_by=str(by),
    )
