"""From tables to the frozen rows that standing is worked out from, in a fixed number of queries for each chunk."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from training.access.clock import london_date
from training.access.prepared import Given, PreparedRead, Row, among
from training.audit.former import former_values
from training.audit.versioned import VersionedQuerySet
from training.ledger.assemble import Known, PostRows, histories_of
from training.ledger.attempts import OpenAttempts, open_attempts
from training.ledger.expiry import Fact
from training.ledger.history import Duty, Exemption, Extension, History, Term, Trigger
from training.ledger.joined import Heard, shared_attempts, shared_done
from training.ledger.models import Entry, Method
from training.pathways import models as pathways
from training.pathways.models import Module
from training.pathways.rulebook import Audience, Rulebook, read_rulebook, rulebook_now
from training.people import models as people
from training.people.identity.selectors import whose_runs, whose_training
from training.people.kinds import PostStatus

CHUNK = 500
WHY = "working out standings"

Rows = TypeVar("Rows", bound=VersionedQuerySet)
Ids = Sequence[int] | Given
Values = QuerySet[Any, Row]


@dataclass(frozen=True, slots=True)
class PostHistory:
    """What is known of one post and one module."""

    post: int
    person: int
    module: int
    history: History


def histories(
    post_ids: Iterable[int],
    *,
    known_at: datetime | None = None,
    attempts: OpenAttempts | None = None,
    book: Rulebook | None = None,
) -> Iterator[PostHistory]:
    """A history for each of these posts and each module that some rule asked, asks or will ask of it.

    As known at a moment, or as known now. `attempts` are looked up in the rooms above unless they are given; `book`
    spares reading the rules of that moment again.
    """
    for chunk in in_chunks(post_ids):
        posts, heard = _posts(chunk, known_at)
        rules = book or _rules(posts, known_at)
        facts = _facts(posts, heard, rules, known_at, attempts)
        for post in posts:
            for module, history in histories_of(post, rules, facts):
                yield PostHistory(post.pk, post.person, module, history)


def histories_under(
    post_ids: Iterable[int], books: Sequence[Rulebook]
) -> Iterator[tuple[int, list[dict[int, History]]]]:
    """Each post with its histories by module under each of several rulebooks, as known now. What is known is read once.

    For rulebooks that differ in what a rule asks, and not in members, links or refreshers.
    """
    widest = max(books, key=lambda book: len(book.triggered))
    for chunk in in_chunks(post_ids):
        posts, heard = _posts(chunk, None)
        facts = _facts(posts, heard, widest, None, None)
        for post in posts:
            yield post.pk, [dict(histories_of(post, book, facts)) for book in books]


def _rules(posts: Sequence[PostRows], known_at: datetime | None) -> Rulebook:
    """The rules as now known; or, as known at a moment, those that can fall on what these posts are or were."""
    if known_at is None:
        return rulebook_now()
    audience = Audience(
        agencies=frozenset(post.agency for post in posts),
        role_groups=frozenset(int(term.role_group) for post in posts for term in post.terms if term.role_group),
        designations=frozenset(int(duty.designation) for post in posts for duty in post.duties),
    )
    return read_rulebook(known_at=known_at, audience=audience)


def in_chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    """The ids, so many at a time."""
    left = iter(ids)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def known(rows: Rows, known_at: datetime | None) -> Rows:
    """The rows as known at a moment, or as known now."""
    return rows.known_now() if known_at is None else rows.known_at(known_at)


def _posts(ids: Sequence[int], known_at: datetime | None) -> tuple[list[PostRows], Heard]:
    """The posts; and for those holders who have several records, the records whose training counts for them."""
    posts = _read(_post_rows, ids, known_at)
    kinds = former_values(people.Agency, "kind", known_at)
    terms = _terms(ids, known_at)
    duties = _duties(ids, known_at)
    rows = [
        PostRows(
            pk,
            person,
            agency,
            str(kinds.get(agency, kind)),
            tuple(replace(term, agency=agency, agency_kind=kinds.get(agency, kind)) for term in terms.get(pk, ())),
            tuple(duties.get(pk, ())),
        )
        for pk, person, agency, kind, _ in posts
    ]
    return rows, _heard({row.person for row in rows}, any(row[-1] for row in posts), known_at)


def _heard(holders: set[int], is_joined: bool, known_at: datetime | None) -> Heard:
    """Whose training counts for those holders who have several records, now if `is_joined`, or as known then."""
    found = whose_training(known_at) if is_joined or known_at is not None else {}
    return {holder: found[holder] for holder in holders if holder in found}


def _read(query: PreparedRead, ids: Sequence[int], known_at: datetime | None) -> Iterable[Row]:
    """What a query finds now, or as known at a moment; by far the most ask for now."""
    rows: Iterable[Row] = query(ids) if known_at is None else query.build(ids, known_at)
    return rows


@PreparedRead
def _post_rows(posts: Ids, known_at: datetime | None = None) -> Values:
    found = people.Post.objects.everywhere(reason=WHY).filter(among("pk", posts)).order_by("pk")
    # As known at a moment: the record it was entered as, whatever has been merged since
    record = "employment__person_id" if known_at is None else Coalesce("employment__entered_as", "employment__person")
    names = ("employment__agency_id", "employment__agency__kind", "employment__person__same_as_id")
    return found.values_list("pk", record, *names)


def _terms(ids: Sequence[int], known_at: datetime | None) -> dict[int, list[Term]]:
    on_leave = PostStatus.on_leave()
    found: dict[int, list[Term]] = {}
    for post, starts_on, ends_on, role_group, status in _read(_term_rows, ids, known_at):
        term = Term(starts_on=starts_on, ends_on=ends_on, role_group=role_group, is_on_leave=status in on_leave)
        found.setdefault(post, []).append(term)
    return found


@PreparedRead
def _term_rows(posts: Ids, known_at: datetime | None = None) -> Values:
    rows = known(people.Term.objects.everywhere(reason=WHY).filter(among("post_id", posts)), known_at)
    return rows.order_by("starts_on", "id").values_list("post_id", "starts_on", "ends_on", "role_group_id", "status")


def _duties(ids: Sequence[int], known_at: datetime | None) -> dict[int, list[Duty]]:
    found: dict[int, list[Duty]] = {}
    for post, designation, starts_on, ends_on in _read(_duty_rows, ids, known_at):
        duty = Duty(designation=designation, starts_on=starts_on, ends_on=ends_on)
        found.setdefault(post, []).append(duty)
    return found


@PreparedRead
def _duty_rows(posts: Ids, known_at: datetime | None = None) -> Values:
    rows = known(people.Duty.objects.everywhere(reason=WHY).filter(among("post_id", posts)), known_at)
    return rows.order_by("starts_on", "id").values_list("post_id", "designation_id", "starts_on", "ends_on")


def _facts(
    posts: Sequence[PostRows],
    heard: Heard,
    book: Rulebook,
    known_at: datetime | None,
    attempts: OpenAttempts | None,
) -> Known:
    ids = [post.pk for post in posts]
    records = sorted({post.person for post in posts}.union(*heard.values()))
    done = facts_of(records, book, known_at=known_at)
    attempts = open_attempts(records) if attempts is None else attempts
    return Known(
        done=shared_done(done, heard),
        exemptions=_exemptions(ids, known_at),
        extensions=_extensions(ids, known_at),
        triggers=_triggers(ids, book, known_at),
        attempts=shared_attempts(attempts, _runs(heard) if attempts else {}),
    )


def _runs(heard: Heard) -> Heard:
    """Whose runs through courses count for these holders: fewer records than those whose training does."""
    found = whose_runs() if heard else {}
    return {holder: found[holder] for holder in heard if holder in found}


def facts_of(
    person_ids: Sequence[int], book: Rulebook, *, known_at: datetime | None = None
) -> dict[int, dict[int, tuple[Fact, ...]]]:
    """What these people completed, by person and module: nothing voided, revocations marked, as known at a moment."""
    entries = list(_read(_entry_rows, person_ids, known_at))
    void = {target for _, kind, target, *_ in entries if kind == Entry.Kind.VOID}
    revoked: dict[int, date] = {}
    for _, kind, target, _, _, _, effective_on, *_ in entries:
        if kind == Entry.Kind.REVOCATION:
            revoked[target] = min(effective_on, revoked.get(target, effective_on))
    found: dict[int, dict[int, list[Fact]]] = {}
    former: Any = former_values(Module, "minutes", known_at)
    for pk, kind, _, person, module, completed_on, _, method, source, minutes, usual_minutes in entries:
        if kind != Entry.Kind.COMPLETION or pk in void:
            continue
        months = book.maximum_ages.get(source) if method == Method.EQUIVALENCE else None
        fact = Fact(
            uid=pk,
            module=module,
            completed_on=completed_on,
            revoked_on=revoked.get(pk),
            maximum_age_months=months,
            minutes=former.get(module, usual_minutes) if minutes is None else minutes,
        )
        found.setdefault(person, {}).setdefault(module, []).append(fact)
    return {person: {module: tuple(facts) for module, facts in modules.items()} for person, modules in found.items()}


@PreparedRead
def _entry_rows(people: Ids, known_at: datetime | None = None) -> Values:
    rows = Entry.objects.everywhere(reason=WHY).filter(among("person_id", people))
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    said = ("pk", "kind", "target_id", "person_id", "module_id", "completed_on", "effective_on", "method", "source")
    return rows.order_by("completed_on", "pk").values_list(*said, "minutes", "module__minutes")


def _exemptions(ids: Sequence[int], known_at: datetime | None) -> dict[tuple[int, int], tuple[Exemption, ...]]:
    found: dict[tuple[int, int], tuple[Exemption, ...]] = {}
    for post, module, starts_on, ends_on in _read(_exemption_rows, ids, known_at):
        exemption = Exemption(starts_on=starts_on, ends_on=ends_on)
        found[post, module] = (*found.get((post, module), ()), exemption)
    return found


@PreparedRead
def _exemption_rows(posts: Ids, known_at: datetime | None = None) -> Values:
    rows = known(pathways.Exemption.objects.everywhere(reason=WHY).filter(among("post_id", posts)), known_at)
    return rows.order_by("starts_on", "id").values_list("post_id", "module_id", "starts_on", "ends_on")


def _extensions(ids: Sequence[int], known_at: datetime | None) -> dict[tuple[int, int], tuple[Extension, ...]]:
    found: dict[tuple[int, int], tuple[Extension, ...]] = {}
    for post, module, recorded_at, due_on in _read(_extension_rows, ids, known_at):
        extension = Extension(granted_on=london_date(recorded_at), due_on=due_on)
        found[post, module] = (*found.get((post, module), ()), extension)
    return found


@PreparedRead
def _extension_rows(posts: Ids, known_at: datetime | None = None) -> Values:
    rows = known(pathways.Extension.objects.everywhere(reason=WHY).filter(among("post_id", posts)), known_at)
    return rows.order_by("recorded_at", "id").values_list("post_id", "module_id", "recorded_at", "due_on")


def _triggers(ids: Sequence[int], book: Rulebook, known_at: datetime | None) -> dict[int | None, tuple[Trigger, ...]]:
    """Events that concern these posts, by post; those that concern every post stand under None."""
    if not book.triggered:
        return {}
    found: dict[int | None, tuple[Trigger, ...]] = {}
    for post, requirement, happened_on, days in _read(_trigger_rows, ids, known_at):
        trigger = Trigger(requirement=requirement, happened_on=happened_on, days_to_complete=days)
        found[post] = (*found.get(post, ()), trigger)
    return found


@PreparedRead
def _trigger_rows(posts: Ids, known_at: datetime | None = None) -> Values:
    whose = Q(among("post_id", posts)) | Q(post__isnull=True)
    rows = known(pathways.Trigger.objects.everywhere(reason=WHY).filter(whose), known_at)
    names = ("post_id", "requirement_id", "happened_on", "days_to_complete")
    return rows.order_by("happened_on", "id").values_list(*names)
