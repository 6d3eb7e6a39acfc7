"""Writing the ledger: record, void, revoke. Nothing is ever updated or deleted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import structlog
from django.db import transaction

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.pathways.models import Module
from training.people.models import Agency, Partnership, Person, Post, Term
from training.people.services import mark_stale

from .chain import GENESIS, entry_hash
from .models import Announcement, ChainHead, Completion, Entry, Method
from .signals import completion_recorded

log = structlog.get_logger("ledger")


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
    """What is to be recorded. `agency` is where the person worked when they did it, if known."""

    person: Person
    module: Module
    completed_on: date
    method: Method
    idempotency_key: str
    source: str = ""
    evidence: str = ""
    edition: str = ""
    agency: Agency | None = None


def record_completion(new: NewCompletion, *, by: Actor, at: datetime) -> Completion:
    """Put one completion into the ledger; the same key again answers with what stands there already."""
    return record_completions([new], by=by, at=at)[0]


@transaction.atomic
def record_completions(news: Iterable[NewCompletion], *, by: Actor, at: datetime) -> list[Completion]:
    """Put many completions into the ledger in one transaction, in this order; all or none."""
    news = list(news)
    _refuse_the_future(news, at)
    heads = _locked_heads({new.module.pathway.partnership_id for new in news})
    standing = _already_recorded(news)
    fresh = [new for new in news if new.idempotency_key not in standing]
    posts = _posts_then(fresh)
    written = {}
    for new in fresh:
        if new.idempotency_key not in written:
            entry = _completion(new, posts.get((new.person.pk, new.agency.pk if new.agency else None)), by, at)
            written[new.idempotency_key] = _chained(entry, heads[entry.partnership_id])
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


def announce_leftovers(*, recorded_before: datetime) -> int:
    """Tell the news that a crash kept from being told; how many were told."""
    waiting = list(Announcement.objects.filter(recorded_at__lt=recorded_before).values_list("entry_id", flat=True))
    _announce(waiting)
    return len(waiting)


def _open_to_sequel(completion: Entry, reason: str) -> dict[int, ChainHead]:
    """The end of the chain, held, once it is sure that this is a completion that stands and that a reason is given."""
    if completion.kind != Entry.Kind.COMPLETION:
        raise LedgerError("Only a completion can be voided or revoked.")
    if not reason.strip():
        raise LedgerError("Say why: the reason stays in the ledger.")
    heads = _locked_heads({completion.partnership_id})
    if Entry.objects.everywhere(reason="one target").filter(target=completion, kind=Entry.Kind.VOID).exists():
        raise AlreadyVoided("This completion has already been voided.")
    return heads


def _refuse_the_future(news: list[NewCompletion], at: datetime) -> None:
    last = london_date(at)
    for new in news:
        if new.completed_on > last:
            raise LedgerError(f"A completion cannot be dated {new.completed_on:%d %B %Y}: that day is yet to come.")


def _locked_heads(partnerships: set[int]) -> dict[int, ChainHead]:
    """The chains' ends, held until the transaction is over; unique numbers stand behind the lock."""
    heads = {}
    for partnership_id in sorted(partnerships):
        ChainHead.objects.get_or_create(partnership_id=partnership_id, defaults={"number": 0, "hash": GENESIS})
        heads[partnership_id] = ChainHead.objects.select_for_update().get(partnership_id=partnership_id)
    return heads


def _already_recorded(news: list[NewCompletion]) -> dict[str, Completion]:
    keys = [new.idempotency_key for new in news]
    found: dict[str, Completion] = {}
    for start in range(0, len(keys), 500):
        rows = Completion.objects.everywhere(reason="idempotency").filter(idempotency_key__in=keys[start : start + 500])
        found |= {row.idempotency_key: row for row in rows}
    return found


def _posts_then(news: list[NewCompletion]) -> dict[tuple[int, int | None], list[Term]]:
    """The terms of these people as now known, by person and agency: the role group of the day is read from them."""
    found: dict[tuple[int, int | None], list[Term]] = {}
    people = sorted({new.person.pk for new in news})
    for start in range(0, len(people), 500):
        terms = (
            Term.objects.everywhere(reason="role group as it was then")
            .known_now()
            .filter(post__employment__person_id__in=people[start : start + 500])
            .select_related("role_group", "post__employment__agency")
            .order_by("starts_on", "id")
        )
        for term in terms:
            employment = term.post.employment
            found.setdefault((employment.person_id, employment.agency_id), []).append(term)
            found.setdefault((employment.person_id, None), []).append(term)
    return found


def _completion(new: NewCompletion, terms: list[Term] | None, by: Actor, at: datetime) -> Entry:
    running = [
        term
        for term in terms or []
        if term.starts_on <= new.completed_on and (term.ends_on is None or term.ends_on >= new.completed_on)
    ]
    term = running[0] if running else None
    agency = new.agency or (term.post.employment.agency if term else None)
    group = term.role_group if term else None
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
        agency=agency,
        agency_title=agency.title if agency else "",
        role_group_code=group.code if group else "",
        role_group_title=group.title if group else "",
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
    Entry.objects.bulk_create(entries, batch_size=500)
    for head in heads.values():
        head.save(update_fields=["number", "hash"])
    completions = [entry for entry in entries if entry.kind == Entry.Kind.COMPLETION]
    Announcement.objects.bulk_create([Announcement(entry=entry, recorded_at=at) for entry in completions])
    mark_stale(_posts_of({entry.person_id for entry in entries}), at=at)
    partnerships = Partnership.objects.in_bulk({entry.partnership_id for entry in entries})
    for pk, partnership in partnerships.items():
        numbers = [entry.number for entry in entries if entry.partnership_id == pk]
        audit.record(
            verb,
            by=by,
            at=at,
            kind="entry",
            uid=entries[0].uid if len(entries) == 1 else "",
            partnership_code=partnership.code,
            first=numbers[0],
            last=numbers[-1],
        )
    told = [entry.pk for entry in completions]
    transaction.on_commit(lambda: _announce(told), robust=True)


def _posts_of(person_ids: set[int]) -> list[int]:
    """Every post of these people: what they learnt counts wherever a post of theirs asks for it."""
    people = sorted(person_ids)
    found: list[int] = []
    for start in range(0, len(people), 500):
        posts = Post.objects.everywhere(reason="their standings change")
        found += posts.filter(employment__person__in=people[start : start + 500]).values_list("pk", flat=True)
    return found


def _announce(entry_ids: list[int]) -> None:
    """Tell other rooms, many completions to a commit, and forget that they had to be told."""
    for start in range(0, len(entry_ids), 200):
        with transaction.atomic():
            for entry_id in entry_ids[start : start + 200]:
                _tell(entry_id)


def _tell(entry_id: int) -> None:
    """Tell of one completion; where a room fails, the announcement stays for another try and the next is told."""
    completion = Completion.objects.everywhere(reason="telling other rooms").get(pk=entry_id)
    try:
        with transaction.atomic():
            completion_recorded.send(sender=Completion, completion=completion)
            Announcement.objects.filter(entry_id=entry_id).delete()
    except Exception:
        log.exception("news of a completion could not be told", job="announce")


def _as_completion(entry: Entry) -> Completion:
    entry.__class__ = Completion
    return entry  # type: ignore[return-value]


def _same_content(completion: Completion, new: NewCompletion) -> Completion:
    """The same key must mean the same fact."""
    same = (
        completion.person_id == new.person.pk
        and completion.module_id == new.module.pk
        and completion.completed_on == new.completed_on
        and completion.method == new.method
    )
    if not same:
        raise OtherContent("This reference has already been used for another completion.")
    return completion
