"""Completions that an agency's own program sends: all of a request or none, and the same request once."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from training.access.actor import Actor
from training.audit import services as audit
from training.pathways.models import Module
from training.people.models import AgencyToken, Employment, Membership, Term
from training.people.tokens import answered, keep_answer

from . import services as ledger
from .models import Completion, Entry, Method

Fact = tuple[int, int, date]  # person, module, day


class Refused(Exception):
    """A request of which nothing was recorded; `problems` names rows and reasons that the sender may read."""

    def __init__(self, problems: dict[int, str]) -> None:
        self.problems = problems
        super().__init__("Nothing was recorded.")


class OutOfReach(Refused):
    """Some row names somebody who is not on the agency's roster, or was not on the day."""


@dataclass(frozen=True, slots=True)
class SentRow:
    """One completion as it was sent."""

    employee_ref: str
    module: str
    completed_on: date
    evidence: str = ""
    reference: str = ""


def submit_completions(
    token: AgencyToken, rows: Sequence[SentRow], *, key: str, body: bytes, on: date, at: datetime
) -> dict[str, Any]:
    """Record every row and remember the answer under the key; raises OtherBody, OutOfReach, Refused or LedgerError."""
    before = answered(token, key, body)
    if before is not None:
        return before
    try:
        with transaction.atomic():
            answer = _recorded(token, rows, key, on, at)
            keep_answer(token, key, body, answer, at=at)
    except IntegrityError:
        # The same request came twice at once: the other one was first.
        before = answered(token, key, body)
        if before is None:
            raise
        return before
    return answer


def _recorded(token: AgencyToken, rows: Sequence[SentRow], key: str, on: date, at: datetime) -> dict[str, Any]:
    _refuse_repeated(rows)
    people = _people(token, rows)
    modules = _modules(token, rows, on)
    news = [
        ledger.NewCompletion(
            person=people[row.employee_ref].person,
            module=modules[row.module],
            completed_on=row.completed_on,
            method=Method.IMPORT,
            idempotency_key=_row_key(token, row, key, number),
            source=row.reference,
            evidence=row.evidence,
            agency=token.agency,
        )
        for number, row in enumerate(rows)
    ]
    is_new, completions = _written(news, by=token.actor, at=at)
    audit.record(
        "completions sent",
        by=token.actor,
        at=at,
        kind="token",
        uid=token.uid,
        agency_code=token.agency.code,
        rows=len(rows),
    )
    states = ["recorded" if new else "already recorded" for new in is_new]
    answers = [
        {"row": number, "state": state, "completion": str(completion.uid)}
        for number, (state, completion) in enumerate(zip(states, completions, strict=True), 1)
    ]
    return {"recorded": sum(is_new), "rows": answers}


def _refuse_repeated(rows: Sequence[SentRow]) -> None:
    """A reference names one completion, so that no request can say it twice."""
    times = Counter(row.reference for row in rows if row.reference)
    problems = {
        number: "Another row of this request has the same reference."
        for number, row in enumerate(rows, 1)
        if times[row.reference] > 1
    }
    if problems:
        raise Refused(problems)


def _written(news: Sequence[ledger.NewCompletion], *, by: Actor, at: datetime) -> tuple[list[bool], list[Completion]]:
    """Record each fact once: whether it is new, and the completion that stands for it, for each in its place."""
    known, stands = _known_keys([new.idempotency_key for new in news]), _facts_standing(news)
    first = {_fact(new): new for new in reversed(news)}
    is_new = [
        new.idempotency_key not in known and _fact(new) not in stands and first[_fact(new)] is new for new in news
    ]
    writes = [new for new, fresh in zip(news, is_new, strict=True) if fresh or new.idempotency_key in known]
    completions = ledger.record_completions(writes, by=by, at=at)
    by_key = {new.idempotency_key: done for new, done in zip(writes, completions, strict=True)}
    stands = {_fact(new): by_key[new.idempotency_key] for new in reversed(writes)} | stands
    return is_new, [by_key.get(new.idempotency_key) or stands[_fact(new)] for new in news]


def _fact(new: ledger.NewCompletion) -> Fact:
    return new.person.pk, new.module.pk, new.completed_on


def _facts_standing(news: Sequence[ledger.NewCompletion]) -> dict[Fact, Completion]:
    """What stands of these already, under whatever reference: one person, one module, one day are recorded once."""
    people = {new.person.pk for new in news}
    found = Completion.objects.everywhere(reason="has this been recorded before").standing().filter(person__in=people)
    return {(each.person_id, each.module_id, each.completed_on): each for each in found.order_by("-id")}


def _known_keys(keys: Sequence[str]) -> set[str]:
    entries = Entry.objects.everywhere(reason="has this been sent before")
    return set(entries.filter(idempotency_key__in=keys).values_list("idempotency_key", flat=True))


def _people(token: AgencyToken, rows: Sequence[SentRow]) -> dict[str, Employment]:
    refs = {row.employee_ref for row in rows}
    found = Employment.objects.within(token.agency).filter(employee_ref__in=refs).select_related("person")
    people = {employment.employee_ref: employment for employment in found}
    problems = {
        number: "Nobody on your roster has this employee reference."
        for number, row in enumerate(rows, 1)
        if row.employee_ref not in people
    }
    terms = _terms(token, people)
    for number, row in enumerate(rows, 1):
        if row.employee_ref in people and not any(_runs(term, row.completed_on) for term in terms[row.employee_ref]):
            problems[number] = "They had no post with you on the day of completion, by your roster."
    if problems:
        raise OutOfReach(dict(sorted(problems.items())))
    return people


def _terms(token: AgencyToken, people: dict[str, Employment]) -> dict[str, list[Term]]:
    """What these people's posts at the agency were and are, as known now, by employee reference."""
    found: dict[str, list[Term]] = {ref: [] for ref in people}
    terms = Term.objects.within(token.agency).known_now().filter(post__employment__in=people.values())
    for term in terms.select_related("post__employment"):
        found[term.post.employment.employee_ref].append(term)
    return found


def _runs(term: Term, on: date) -> bool:
    return term.starts_on <= on and (term.ends_on is None or on <= term.ends_on)


def _modules(token: AgencyToken, rows: Sequence[SentRow], on: date) -> dict[str, Module]:
    """The modules of the pathways of the partnerships that the agency is in."""
    memberships = Membership.objects.known_now().filter(agency=token.agency).current_on(on)
    modules = Module.objects.filter(
        pathway__partnership__in=memberships.values("partnership"), code__in={row.module for row in rows}
    ).select_related("pathway__partnership")
    by_code: dict[str, list[Module]] = {}
    for module in modules:
        by_code.setdefault(module.code, []).append(module)
    problems = {}
    for number, row in enumerate(rows, 1):
        found = by_code.get(row.module, [])
        if not found:
            problems[number] = "There is no such module in your pathway."
        elif len(found) > 1:
            problems[number] = "Two of your partnerships have a module with this code."
    if problems:
        raise Refused(problems)
    return {code: found[0] for code, found in by_code.items()}


def _row_key(token: AgencyToken, row: SentRow, key: str, number: int) -> str:
    """By the agency's own reference where there is one, so that it means one completion whoever sends it again."""
    what = (
        ("reference", str(token.agency.uid), row.reference) if row.reference else ("row", str(token.uid), key, number)
    )
    return "api:" + hashlib.sha256(repr(what).encode()).hexdigest()
