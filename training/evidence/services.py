"""Evidence: a learner gives it, the agency's HR decides. Everything is done once, however often it is pressed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.ledger.models import Method
from training.ledger.services import record_completion
from training.notices import services as notices
from training.pathways.models import Module
from training.people.models import Agency, Employment, Person

from .competence import key, parse
from .errors import EvidenceError, NotWaiting, TooManyOpen
from .models import Evidence, EvidenceQuerySet, SetAside
from .settle import close, new_completion, seen_in, settle, was_here
from .state import evidence_key, parts
from .uploads import Looked, delete_files, keep_file

MOST_OPEN = 20
DECIDED = "The training you gave in on {day} has been looked at. See what was decided on your learning page."
ASKED = "There is a question about the training you gave in on {day}. You can answer it on your learning page."


@dataclass(frozen=True, slots=True)
class Given:
    """What a learner says of training done elsewhere."""

    title: str
    provider: str
    completed_on: date
    reference: str = ""


@transaction.atomic
def give_evidence(
    person: Person, agency: Agency, given: Given, files: Sequence[Looked], *, by: Actor, at: datetime
) -> Evidence:
    """Ask the agency's HR to accept outside training. The same again, while it waits, is the same evidence."""
    Person.objects.everywhere(reason="one writer at a time").select_for_update(no_key=True).get(pk=person.pk)
    if given.completed_on > london_date(at):
        raise EvidenceError("The day you finished is yet to come.")
    values = {"external_title": given.title, "provider": given.provider, "completed_on": given.completed_on.isoformat()}
    mine = Evidence.objects.of(person).filter(agency=agency, origin=Evidence.Origin.LEARNER)
    before = mine.filter(title_key=key(given.title), completed_on=given.completed_on)
    declined = before.filter(state=Evidence.State.DECLINED).count()
    unique = evidence_key(agency, f"person:{person.uid}:{declined}", values)
    evidence = mine.filter(key=unique).exclude(state=Evidence.State.WITHDRAWN).first()
    if evidence is None:
        if mine.waiting().count() >= MOST_OPEN:
            raise TooManyOpen(f"{MOST_OPEN} things of yours wait for HR. Wait for a decision, or take one back.")
        evidence = Evidence.objects.create(
            agency=agency,
            person=person,
            employee_ref=_reference(person, agency),
            external_title=given.title,
            provider=given.provider,
            title_key=key(parse(given.title).title),
            provider_key=key(given.provider),
            completed_on=given.completed_on,
            reference=given.reference,
            origin=Evidence.Origin.LEARNER,
            key=unique,
            recorded_at=at,
            recorded_by=str(by),
        )
        audit.record("evidence given", by=by, at=at, kind="evidence", uid=evidence.uid, agency_code=agency.code)
    for looked in files:
        keep_file(evidence, looked, at=at)
    return evidence


@transaction.atomic
def answer_question(evidence: Evidence, files: Sequence[Looked], *, by: Actor, at: datetime) -> Evidence:
    """Hand in what HR asked for: it waits for HR again."""
    mine = _open(evidence)
    for looked in files:
        keep_file(mine, looked, at=at)
    mine.state = Evidence.State.WAITING
    mine.save(update_fields=["state"])
    audit.record("evidence added to", by=by, at=at, kind="evidence", uid=mine.uid, agency_code=mine.agency.code)
    return mine


@transaction.atomic
def withdraw(evidence: Evidence, *, by: Actor, at: datetime) -> Evidence:
    """Take it back before it is decided; its files go at once, and so does what it said."""
    mine = _locked(evidence)
    if mine.state == Evidence.State.WITHDRAWN:
        return mine
    mine = _open(evidence)
    delete_files(mine)
    mine.external_title = mine.provider = mine.reference = mine.title_key = mine.provider_key = mine.said = ""
    return _decided(mine, Evidence.State.WITHDRAWN, "evidence withdrawn", by=by, at=at)


@transaction.atomic
def accept_evidence(
    evidence: Evidence, *, module: Module, person: Person | None = None, by: Actor, at: datetime
) -> Evidence:
    """Accept it as a module and put it into the ledger: once, whoever presses how often.

    `person` is whose it is, where a file named nobody we knew.
    """
    waiting = _locked(evidence)
    if waiting.state == Evidence.State.ACCEPTED and waiting.module_id == module.pk:
        return waiting
    waiting = _open(evidence)
    holder = waiting.person or person
    if holder is None:
        raise EvidenceError("Say whose training it is: give their employee reference.")
    new = new_completion(
        waiting,
        person=holder,
        module=module,
        completed_on=waiting.completed_on,
        method=Method.EVIDENCE,
        source=seen_in(waiting),
        agency=waiting.agency if was_here(waiting.agency, holder, waiting.completed_on) else None,
    )
    close(waiting, person=holder, module=module, entry=record_completion(new, by=by, at=at), by=by, at=at)
    return _decided(waiting, Evidence.State.ACCEPTED, "evidence accepted", by=by, at=at, module=module.code)


@transaction.atomic
def decline_evidence(evidence: Evidence, *, said: str, by: Actor, at: datetime) -> Evidence:
    """Decline it, with a reason that the learner reads."""
    waiting = _locked(evidence)
    if waiting.state == Evidence.State.DECLINED:
        return waiting
    waiting = _open(evidence)
    waiting.said = _insisted(said)
    return _decided(waiting, Evidence.State.DECLINED, "evidence declined", by=by, at=at)


@transaction.atomic
def ask_for_more(evidence: Evidence, *, said: str, by: Actor, at: datetime) -> Evidence:
    """Ask the learner for more before deciding."""
    waiting = _open(evidence)
    if waiting.origin != Evidence.Origin.LEARNER:
        raise EvidenceError("This came by a file, so there is nobody to ask. Look it up yourself, or decline it.")
    waiting.state, waiting.said = Evidence.State.ASKED, _insisted(said)
    waiting.save(update_fields=["state", "said"])
    audit.record(
        "evidence asked about", by=by, at=at, kind="evidence", uid=waiting.uid, agency_code=waiting.agency.code
    )
    _tell(waiting, ASKED, at)
    return waiting


@transaction.atomic
def set_aside(agency: Agency, *, title: str, provider: str, by: Actor, at: datetime) -> int:
    """Say that a title of the agency's files has nothing to do with the pathway; how many rows it frees of waiting.

    Later files' rows with this title are skipped.
    """
    title_key, provider_key = key(title), key(provider)
    if not title_key:
        raise EvidenceError("Say which title.")
    said = {"external_title": title[:200], "provider": provider[:160], "recorded_at": at, "recorded_by": str(by)}
    SetAside.objects.get_or_create(agency=agency, title_key=title_key, provider_key=provider_key, defaults=said)
    waiting = Evidence.objects.within(agency).waiting().filter(origin=Evidence.Origin.FILE)
    rows = waiting.filter(title_key=title_key, provider_key=provider_key, module=None)
    declined = {"state": Evidence.State.DECLINED, "said": "Set aside", "decided_at": at, "decided_by": str(by)}
    freed = _say_of_all(rows, **declined)
    audit.record("title set aside", by=by, at=at, kind="agency", uid=agency.uid, agency_code=agency.code, rows=freed)
    return freed


@transaction.atomic
def bring_back(aside: SetAside, *, by: Actor, at: datetime) -> int:
    """Take a title back from those set aside: its rows wait for a decision again; how many."""
    agency = aside.agency
    declined = Evidence.objects.within(agency).filter(
        origin=Evidence.Origin.FILE,
        state=Evidence.State.DECLINED,
        said="Set aside",
        title_key=aside.title_key,
        provider_key=aside.provider_key,
    )
    rows = _say_of_all(declined, state=Evidence.State.WAITING, said="", decided_at=None, decided_by="")
    aside.delete()
    audit.record("title brought back", by=by, at=at, kind="agency", uid=agency.uid, agency_code=agency.code, rows=rows)
    return rows


@transaction.atomic
def look_again(agency: Agency, *, on: date, by: Actor, at: datetime) -> int:
    """Look again for what files left waiting: people may have come onto the roster since. How many were recorded."""
    waiting = Evidence.objects.within(agency).waiting().filter(origin=Evidence.Origin.FILE)
    recorded = settle({agency: list(waiting.held())}, on=on, by=by, at=at)
    audit.record(
        "evidence settled", by=by, at=at, kind="agency", uid=agency.uid, agency_code=agency.code, rows=recorded
    )
    return recorded


def _locked(evidence: Evidence) -> Evidence:
    rows = Evidence.objects.everywhere(reason="decided by one at a time").held()
    return rows.select_related("agency", "person__user").get(pk=evidence.pk)


def _say_of_all(rows: EvidenceQuerySet, **said: object) -> int:
    """Write the same on many rows, locked in order first; how many."""
    held = [row.pk for row in rows.held()]
    everywhere = Evidence.objects.everywhere(reason="rows of one agency, held before")
    return sum(everywhere.filter(pk__in=part).update(**said) for part in parts(held))


def _open(evidence: Evidence) -> Evidence:
    waiting = _locked(evidence)
    if waiting.state not in Evidence.OPEN:
        raise NotWaiting(f"This waits no longer. It is: {waiting.get_state_display().lower()}.")
    return waiting


def _insisted(said: str) -> str:
    if not said.strip():
        raise EvidenceError("Say why: the learner reads it.")
    return said.strip()[:300]


def _decided(
    evidence: Evidence, state: Evidence.State, verb: str, *, by: Actor, at: datetime, **detail: str
) -> Evidence:
    evidence.state, evidence.decided_at, evidence.decided_by = state, at, str(by)
    evidence.save()
    audit.record(verb, by=by, at=at, kind="evidence", uid=evidence.uid, agency_code=evidence.agency.code, **detail)
    if state in (Evidence.State.ACCEPTED, Evidence.State.DECLINED):
        _tell(evidence, DECIDED, at)
    return evidence


def _tell(evidence: Evidence, words: str, at: datetime) -> None:
    """A mail to whom gave it, that says nothing of what it is about."""
    user = evidence.person.user if evidence.person else None
    if user is None or evidence.origin != Evidence.Origin.LEARNER:
        return
    given = london_date(evidence.recorded_at)
    notices.send(to=user, kind="mail", subject="Learning", body=words.format(day=f"{given.day} {given:%B %Y}"), at=at)


def _reference(person: Person, agency: Agency) -> str:
    employment = Employment.objects.within(agency).filter(person=person).order_by("pk").first()
    return employment.employee_ref if employment else ""
