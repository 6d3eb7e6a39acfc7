"""Evidence that nobody need look at any more, because the register or the roster now says what it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from training.access.actor import Actor
from training.ledger import accepted
from training.ledger.models import Completion, Method
from training.ledger.services import NewCompletion, record_completions
from training.pathways.models import Equivalence, Module
from training.people.models import Agency, Employment, Person, Term

from .apply import outside, source_of
from .models import Evidence
from .recognise import Lookups, Recognised, lookups_of
from .state import parts

WHY = "settling evidence"
METHODS = dict.fromkeys(Evidence.GIVEN, Method.EVIDENCE) | {Evidence.Origin.FILE: Method.IMPORT}


@dataclass(frozen=True, slots=True)
class Settled:
    """What one piece of evidence turned out to be."""

    evidence: Evidence
    agency: Agency
    person: Person
    found: Recognised

    @property
    def module(self) -> Module:
        """The module it counts for."""
        assert self.found.module is not None
        return self.found.module


def settle(waiting: Mapping[Agency, list[Evidence]], *, on: date, by: Actor, at: datetime) -> int:
    """Record what is known of by now, and leave the rest waiting; how many were settled.

    Inside a transaction that holds these rows, by the agency that decides on them.
    """
    settled: list[Settled] = []
    here: set[int] = set()
    for agency, rows in waiting.items():
        known = _known(agency, rows, on)
        settled += known
        here |= _here(agency, known)
    news = [_new(each, was_here=each.evidence.pk in here) for each in settled]
    for each, entry in zip(settled, record_completions(news, by=by, at=at), strict=True):
        close(each.evidence, person=each.person, module=each.module, entry=entry, by=by, at=at)
    columns = ["state", "entry", "module", "person", "decided_at", "decided_by"]
    everywhere = Evidence.objects.everywhere(reason=WHY)
    everywhere.bulk_update([each.evidence for each in settled], columns, batch_size=200)
    return len(settled)


def _known(agency: Agency, rows: list[Evidence], on: date) -> list[Settled]:
    """Those of an agency's rows whose person and module are known by now."""
    lookups = lookups_of(agency, on=on)
    people = holders(agency, rows)
    return [
        Settled(row, agency, people[row.pk], found)
        for row in rows
        if row.pk in people and (found := recognised(row, lookups)).module is not None
    ]


def recognised(row: Evidence, lookups: Lookups) -> Recognised:
    """What a piece of evidence is. A learner's own words are taken by the register alone, never by a module's name."""
    title = {"external_title": row.external_title, "provider": row.provider}
    found = lookups.recognise(title)
    if row.origin == Evidence.Origin.LEARNER:
        return found if found.equivalence else Recognised()
    return found if found.module else lookups.recognise({"course_code": row.external_title})


def holders(agency: Agency, rows: Iterable[Evidence]) -> dict[int, Person]:
    """Whose it is, by the evidence's id: who is named, else who has the employee reference by now."""
    rows = list(rows)
    known = {row.person_id for row in rows if row.person_id}
    refs = {row.employee_ref for row in rows if not row.person_id}
    named: dict[int, Person] = {}
    for part in parts(sorted(known)):
        named |= Person.objects.everywhere(reason=WHY).in_bulk(part)
    by_ref: dict[str, Person] = {}
    for part in parts(sorted(refs)):
        found = Employment.objects.within(agency).filter(employee_ref__in=part).select_related("person")
        by_ref |= {employment.employee_ref: employment.person for employment in found}
    people = {row.pk: named.get(row.person_id) if row.person_id else by_ref.get(row.employee_ref) for row in rows}
    return {pk: person for pk, person in people.items() if person is not None}


def was_here(agency: Agency, person: Person, on: date) -> bool:
    """Whether somebody had a post at the agency on a day."""
    terms = Term.objects.within(agency).known_now().current_on(on)
    return terms.filter(post__employment__person=person).exists()


def _new(each: Settled, *, was_here: bool) -> NewCompletion:
    entry = each.found.equivalence
    return new_completion(
        each.evidence,
        person=each.person,
        module=each.module,
        completed_on=each.evidence.completed_on,
        method=Method.EQUIVALENCE if entry else METHODS[Evidence.Origin(each.evidence.origin)],
        source=_source(each.evidence, entry),
        agency=each.agency if was_here else None,
    )


def new_completion(
    evidence: Evidence,
    *,
    person: Person,
    module: Module,
    completed_on: date,
    method: Method,
    source: str,
    agency: Agency | None,
) -> NewCompletion:
    """What a piece of evidence puts into the ledger: once, whoever presses how often."""
    said = "; ".join(filter(None, (outside(evidence.external_title, evidence.provider), evidence.reference)))
    return NewCompletion(
        person=person,
        module=module,
        completed_on=completed_on,
        method=method,
        idempotency_key=f"evidence:{evidence.uid}",
        source=source,
        evidence=said[:300],
        agency=agency,
    )


def close(evidence: Evidence, *, person: Person, module: Module, entry: Completion, by: Actor, at: datetime) -> None:
    """Say on the evidence what it became. The caller saves it."""
    evidence.state, evidence.entry, evidence.module, evidence.person = Evidence.State.ACCEPTED, entry, module, person
    evidence.decided_at, evidence.decided_by = at, str(by)


def _source(evidence: Evidence, entry: Equivalence | None) -> str:
    return source_of(entry) if entry else seen_in(evidence)


def seen_in(evidence: Evidence) -> str:
    """How the ledger names what was seen: the entry of this site that it rests on, else what was handed in."""
    return accepted.named(evidence.rests_on) if evidence.rests_on else f"evidence:{evidence.uid}"


def _here(agency: Agency, settled: list[Settled]) -> set[int]:
    """Of which evidence the holder had a post at the agency on the day of completion."""
    spans: dict[int, list[tuple[date, date | None]]] = {}
    for part in parts(sorted({each.person.pk for each in settled})):
        terms = Term.objects.within(agency).known_now().filter(post__employment__person__in=part)
        for person, first, last in terms.values_list("post__employment__person_id", "starts_on", "ends_on"):
            spans.setdefault(person, []).append((first, last))
    return {
        each.evidence.pk
        for each in settled
        for first, last in spans.get(each.person.pk, ())
        if first <= each.evidence.completed_on and (last is None or each.evidence.completed_on <= last)
    }
