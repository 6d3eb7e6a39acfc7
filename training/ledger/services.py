"""Writing the ledger: record, void, revoke. Nothing is ever updated or deleted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic, sleep
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from training.access.actor import Actor
from training.access.clock import london_date
from training.access.prepared import Given, PreparedRead, PreparedUpdate, among
from training.audit import services as audit
from training.pathways.models import Module
from training.people.models import Agency, Partnership, Person, Sameness
from training.people.services import mark_people_stale

from .chain import GENESIS, entry_hash
from .models import Announcement, ChainHead, Completion, Entry, Method
from .signals import completion_recorded
from .writing import JobThen, jobs_then, write_entries

log = structlog.get_logger("ledger")

TOLD_A_TICK = 1000
TICK_SECONDS = 10  # then the worker's other jobs have their turn, however slow the machine
TOLD_TOGETHER = 200
HELD_SECONDS = 0.5
PAUSE_SECONDS = 0.15  # whoever waits for SQLite's one writer asks again about ten times a second


class LedgerError(Exception):
    """Something the ledger will not write; the text can be shown to a person."""


class OtherContent(LedgerError):
    """The same idempotency key came with another content."""


class AlreadyVoided(LedgerError):
    """The completion had been voided before."""


class AlreadyRevoked(LedgerError):
    """The completion had been revoked from that day before."""


@dataclass(frozen=True, slots=True)
class NewCompletion:
    """What is to be recorded. `agency` is where the person worked when they did it, if known.

    `minutes`: how long it took; the module's usual time, unless said.
    """

    person: Person
    module: Module
    completed_on: date
    method: Method
    idempotency_key: str
    source: str = ""
    evidence: str = ""
    edition: str = ""
    agency: Agency | None = None
    minutes: int | None = None


def record_completion(new: NewCompletion, *, by: Actor, at: datetime) -> Completion:
    """Put one completion into the ledger; the same key again answers with what stands there already."""
    return record_completions([new], by=by, at=at)[0]


@transaction.atomic
def record_completions(news: Iterable[NewCompletion], *, by: Actor, at: datetime) -> list[Completion]:
    """Put many completions into the ledger in one transaction, in this order; all or none.

    Thousands a second: the caller says how many make one transaction. Standings follow through marks on the posts.
    """
    news = list(news)
    _refuse_the_future(news, at)
    heads = _locked_heads({new.module.pathway.partnership.pk: new.module.pathway.partnership for new in news})
    standing = _already_recorded(news)
    fresh = {new.idempotency_key: new for new in reversed(news) if new.idempotency_key not in standing}
    ordered = [new for new in news if fresh.get(new.idempotency_key) is new]
    jobs = jobs_then({new.person.pk for new in ordered})
    written = {}
    for new in ordered:
        job = _job_then(jobs.get(new.person.pk, ()), new)
        written[new.idempotency_key] = _chained(_completion(new, job, by, at), heads[new.module.pathway.partnership_id])
    _write(list(written.values()), heads, by=by, at=at, verb="completions recorded")
    answers = standing | {key: _as_completion(entry) for key, entry in written.items()}
    return [_same_content(answers[new.idempotency_key], new) for new in news]


@transaction.atomic
def void_completion(completion: Entry, *, reason: str, by: Actor, at: datetime) -> Entry:
    """Say, by a further entry, that a completion never happened."""
    heads = _open_to_sequel(completion, reason)
    entry = _sequel(completion, Entry.Kind.VOID, reason, by, at, key=f"void:{completion.uid}")
    _write([_chained(entry, heads[entry.partnership_id])], heads, by=by, at=at, verb="completion voided")
    return entry


@transaction.atomic
def void_completions(completions: Sequence[Entry], *, reason: str, by: Actor, at: datetime) -> list[Entry]:
    """Say of many that they never happened, in this order. Those voided before stay as they are."""
    if not reason.strip():
        raise LedgerError("Say why: the reason stays in the ledger.")
    heads = _locked_heads({each.partnership_id: each.partnership for each in completions})
    voids = Entry.objects.everywhere(reason="what has been voided").filter(kind=Entry.Kind.VOID)
    gone: set[int | None] = set()
    for start in range(0, len(completions), 500):
        part = [each.pk for each in completions[start : start + 500]]
        gone |= set(voids.filter(target__in=part).values_list("target_id", flat=True))
    entries = []
    for each in completions:
        if each.kind == Entry.Kind.COMPLETION and each.pk not in gone:
            entry = _sequel(each, Entry.Kind.VOID, reason, by, at, key=f"void:{each.uid}")
            entries.append(_chained(entry, heads[each.partnership_id]))
    _write(entries, heads, by=by, at=at, verb="completions voided")
    return entries


@transaction.atomic
def revoke_completion(completion: Entry, *, effective_on: date, reason: str, by: Actor, at: datetime) -> Entry:
    """Say that a completion stops counting from a day; the days before stay as they were."""
    heads = _open_to_sequel(completion, reason)
    key = f"revocation:{completion.uid}:{effective_on}"
    if Entry.objects.everywhere(reason="one key").filter(idempotency_key=key).exists():
        raise AlreadyRevoked("This completion has already been revoked from that day.")
    entry = _sequel(completion, Entry.Kind.REVOCATION, reason, by, at, key=key)
    entry.effective_on = effective_on
    _write([_chained(entry, heads[entry.partnership_id])], heads, by=by, at=at, verb="completion revoked")
    return entry


def announce(*, most: int = TOLD_A_TICK) -> int:
    """Tell the rooms above what has been recorded; how many were told, about `most` at a time.

    The earliest first, but before all of them what was learnt online: a file of thousands keeps no learner waiting.
    The worker's: a certificate takes longer than recording. News that a room cannot take does not count: it is tried
    again next time and holds up no other.
    """
    waiting = Announcement.objects.order_by("entry_id")
    until = monotonic() + TICK_SECONDS
    told = _announce_all(waiting.filter(entry__method=Method.ONLINE), most, until)
    return told + _announce_all(waiting.exclude(entry__method=Method.ONLINE), most - told, until)


def _open_to_sequel(completion: Entry, reason: str) -> dict[int, ChainHead]:
    """The end of the chain, held, once it is sure that this is a completion that stands and that a reason is given."""
    if completion.kind != Entry.Kind.COMPLETION:
        raise LedgerError("Only a completion can be voided or revoked.")
    if not reason.strip():
        raise LedgerError("Say why: the reason stays in the ledger.")
    heads = _locked_heads({completion.partnership_id: completion.partnership})
    if Entry.objects.everywhere(reason="one target").filter(target=completion, kind=Entry.Kind.VOID).exists():
        raise AlreadyVoided("This completion has already been voided.")
    return heads


def _refuse_the_future(news: list[NewCompletion], at: datetime) -> None:
    last = london_date(at)
    for new in news:
        if new.completed_on > last:
            raise LedgerError(f"A completion cannot be dated {new.completed_on:%d %B %Y}: that day is yet to come.")


def _locked_heads(partnerships: dict[int, Partnership]) -> dict[int, ChainHead]:
    """The chains' ends, held until the transaction is over; unique numbers stand behind the lock."""
    heads = {}
    for pk in sorted(partnerships):
        if not (row := _end(pk)):
            ChainHead.objects.get_or_create(partnership_id=pk, defaults={"number": 0, "hash": GENESIS})
            row = _end(pk)
        head_id, number, last_hash = row[0]
        heads[pk] = ChainHead(pk=head_id, partnership=partnerships[pk], number=number, hash=last_hash)
    return heads


@PreparedRead
def _end(partnership: Given) -> QuerySet[ChainHead, Any]:
    heads = ChainHead.objects.select_for_update(no_key=True).filter(partnership_id=partnership)
    return heads.values_list("pk", "number", "hash")


@PreparedUpdate
def _move_end(head: Given, number: Given, last_hash: Given) -> tuple[QuerySet[ChainHead], dict[str, Any]]:
    return ChainHead.objects.filter(pk=head), {"number": number, "hash": last_hash}


def _already_recorded(news: list[NewCompletion]) -> dict[str, Completion]:
    ids = [pk for (pk,) in _recorded([new.idempotency_key for new in news])]
    found: dict[str, Completion] = {}
    for start in range(0, len(ids), 500):
        rows = Completion.objects.everywhere(reason="idempotency").filter(pk__in=ids[start : start + 500])
        found |= {row.idempotency_key: row for row in rows}
    return found


@PreparedRead
def _recorded(keys: Given) -> QuerySet[Completion, Any]:
    found = Completion.objects.everywhere(reason="idempotency").filter(among("idempotency_key", keys))
    return found.order_by().values_list("pk")


def _job_then(jobs: Sequence[JobThen], new: NewCompletion) -> JobThen | None:
    """What the person was on the day, at the agency of the completion or, where none is named, anywhere."""
    return next((job for job in jobs if job.runs(new.completed_on) and new.agency in (None, job.agency)), None)


def _completion(new: NewCompletion, job: JobThen | None, by: Actor, at: datetime) -> Entry:
    agency = new.agency or (job.agency if job else None)
    return Entry(
        partnership=new.module.pathway.partnership,
        kind=Entry.Kind.COMPLETION,
        person=new.person,
        module=new.module,
        module_code=new.module.code,
        module_title=new.module.title,
        edition=new.edition,
        completed_on=new.completed_on,
        recorded_at=at,
        recorded_by=str(by),
        method=new.method,
        source=new.source,
        evidence=new.evidence,
        minutes=new.module.minutes if new.minutes is None else new.minutes,
        agency=agency,
        agency_title=agency.title if agency else "",
        role_group_code=job.role_group_code if job else "",
        role_group_title=job.role_group_title if job else "",
        idempotency_key=new.idempotency_key,
    )


def _sequel(target: Entry, kind: Entry.Kind, reason: str, by: Actor, at: datetime, *, key: str) -> Entry:
    copied: dict[str, Any] = {
        name: getattr(target, name)
        for name in ("partnership", "person", "module", "module_code", "module_title", "agency", "agency_title")
    }
    return Entry(
        **copied,
        kind=kind,
        target=Entry(**{f.attname: getattr(target, f.attname) for f in Entry._meta.concrete_fields}),
        recorded_at=at,
        recorded_by=str(by),
        reason=reason.strip(),
        idempotency_key=key,
    )


def _chained(entry: Entry, head: ChainHead) -> Entry:
    entry.number = head.number + 1
    entry.previous_hash = head.hash
    entry.hash = entry_hash(entry)
    head.number, head.hash = entry.number, entry.hash
    return entry


def _write(entries: list[Entry], heads: dict[int, ChainHead], *, by: Actor, at: datetime, verb: str) -> None:
    if not entries:
        return
    write_entries(entries)
    for head in heads.values():
        _move_end(head.pk, head.number, head.hash)
    mark_people_stale({entry.person_id for entry in entries}, at=at)
    for pk, head in heads.items():
        numbers = [entry.number for entry in entries if entry.partnership_id == pk]
        if numbers:
            audit.record(
                verb,
                by=by,
                at=at,
                kind="entry",
                uid=entries[0].uid if len(entries) == 1 else "",
                partnership_code=head.partnership.code,
                first=numbers[0],
                last=numbers[-1],
            )


def _announce_all(waiting: QuerySet[Announcement], most: int, until: float) -> int:
    told = last = 0
    while told < most and monotonic() < until:
        ids = list(waiting.filter(entry_id__gt=last).values_list("entry_id", flat=True)[:TOLD_TOGETHER])
        if not ids:
            break
        if last and connection.vendor == "sqlite":
            sleep(PAUSE_SECONDS)
        new, last = _announce(ids)
        told += new
    return told


def _announce(entry_ids: list[int]) -> tuple[int, int]:
    """Tell other rooms, many completions to a commit, and forget that they had to be told.

    How many were told, and the last that was tried: on SQLite nobody else can write meanwhile, so it is never for long.
    """
    told, until = 0, monotonic() + HELD_SECONDS
    with transaction.atomic():
        for entry_id in entry_ids:
            told += _tell(entry_id)
            if monotonic() > until:
                break
    return told, entry_id


def _tell(entry_id: int) -> bool:
    """Tell of one completion; where a room fails, the announcement stays for another try and the next is told."""
    try:
        completion = Completion.objects.everywhere(reason="telling other rooms").get(pk=entry_id)
        with transaction.atomic():
            completion_recorded.send(sender=Completion, completion=completion)
            Announcement.objects.filter(entry_id=entry_id).delete()
    except Exception:
        log.exception("news of a completion could not be told", job="announce")
        return False
    return True


def _as_completion(entry: Entry) -> Completion:
    entry.__class__ = Completion
    return entry  # type: ignore[return-value]


def _same_content(completion: Completion, new: NewCompletion) -> Completion:
    """The same key must mean the same fact."""
    same = (
        _is_same_person(completion.person_id, new.person)
        and completion.module_id == new.module.pk
        and completion.completed_on == new.completed_on
        and completion.method == new.method
    )
    if not same:
        raise OtherContent("This reference has already been used for another completion.")
    return completion


def _is_same_person(record: int, person: Person) -> bool:
    """Whether a record is a person's own, or was ever said to be: merging and parting change no fact sent."""
    if record == person.pk:
        return True
    said = Sameness.objects.everywhere(reason="whose key it is")
    return said.filter(Q(record=record, same_as=person) | Q(record=person, same_as=record)).exists()
