"""What stands before a file is laid over it: people, what they have done, what is open, what waits. In few queries."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from training.ledger.models import Completion, Entry, StandingStep
from training.ledger.rebuild import refresh_stale
from training.ledger.standing import State
from training.pathways.models import Module, Satisfies
from training.people.identity.selectors import whose_training
from training.people.models import Agency, Employment, Term

from .competence import key
from .models import Evidence, Mode
from .recognise import Lookups, lookups_of
from .understand import Row

OPEN = (State.NOT_STARTED, State.IN_PROGRESS, State.DUE_SOON, State.OVERDUE)
BATCH = 500
WHY = "what stands before a file of completions"
Fact = tuple[int, int, date]  # person, module, day


@dataclass(slots=True)
class Stand:
    """Everything that a file is compared with."""

    agency: Agency
    lookups: Lookups
    people: dict[str, int] = field(default_factory=dict)
    spans: dict[int, list[tuple[date, date | None]]] = field(default_factory=dict)
    done: dict[tuple[int, int], set[date]] = field(default_factory=dict)
    voids: Counter[Fact] = field(default_factory=Counter)
    is_open: set[tuple[int, int]] = field(default_factory=set)
    evidence: dict[str, str] = field(default_factory=dict)

    def was_here(self, person: int, on: date) -> bool:
        """Whether they had a post at the agency on that day, as now known."""
        return any(first <= on and (last is None or on <= last) for first, last in self.spans.get(person, ()))

    def had_left(self, person: int, on: date) -> bool:
        """Whether their last post at the agency had ended before that day."""
        spans = self.spans.get(person, ())
        return bool(spans) and all(last is not None and last < on for _, last in spans)

    def entry_key(self, fact: Fact) -> str:
        """The ledger's key of a fact that this agency's files bring: one and the same, whichever file it is in.

        How often it has been voided is part of it, so that what was taken back can be recorded again.
        """
        person, module, day = fact
        what = (str(self.agency.uid), person, module, day.isoformat(), self.voids[fact])
        return "file:" + hashlib.sha256(repr(what).encode()).hexdigest()

    def evidence_key(self, row: Row) -> str:
        """What keeps the same row of any file from waiting twice."""
        return evidence_key(self.agency, row.employee_ref, row.values)


def evidence_key(agency: Agency, who: str, values: dict[str, Any]) -> str:
    """The key of evidence: whose, of what, on which day."""
    names = ("course_code", "external_title", "provider")
    what = (str(agency.uid), who, *(key(values.get(name, "")) for name in names), values.get("completed_on", ""))
    return hashlib.sha256(repr(what).encode()).hexdigest()


def bring_up_to_date(agency: Agency, *, mode: Mode, at: datetime) -> None:
    """Work out what is open, where it will be asked: before the transaction that compares and records."""
    while mode == Mode.OPEN and refresh_stale(at=at, agency=agency):
        pass


def stand_of(agency: Agency, rows: Iterable[Row], *, mode: Mode, on: date) -> Stand:
    """What stands on a day for an agency, of those whom the rows name; what is open, as last worked out."""
    rows = list(rows)
    stand = Stand(agency, lookups_of(agency, on=on))
    stand.people = _people(agency, {row.employee_ref for row in rows})
    holders = sorted(set(stand.people.values()))
    modules = {module.pk for found in stand.lookups.codes.values() for module in found}
    _read_spans(stand, holders)
    _read_done(stand, holders, modules)
    if mode == Mode.OPEN:
        _read_open(stand, holders, on)
    _read_evidence(stand, rows)
    return stand


def _read_evidence(stand: Stand, rows: list[Row]) -> None:
    """What came to these rows before, where anything ever did."""
    before = Evidence.objects.within(stand.agency).exclude(state=Evidence.State.WITHDRAWN)
    if not before.exists():
        return
    for part in parts(sorted({stand.evidence_key(row) for row in rows})):
        stand.evidence |= dict(before.filter(key__in=part).values_list("key", "state"))


def _people(agency: Agency, refs: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in parts(sorted(refs)):
        rows = Employment.objects.within(agency).filter(employee_ref__in=part)
        found |= dict(rows.values_list("employee_ref", "person_id"))
    return found


def _read_spans(stand: Stand, holders: list[int]) -> None:
    for part in parts(holders):
        terms = Term.objects.within(stand.agency).known_now().filter(post__employment__person__in=part)
        for person, first, last in terms.values_list("post__employment__person_id", "starts_on", "ends_on"):
            stand.spans.setdefault(person, []).append((first, last))


def _read_done(stand: Stand, holders: list[int], modules: set[int]) -> None:
    """What they have done, under whichever of their records it stands."""
    void = Entry.objects.everywhere(reason=WHY).filter(kind=Entry.Kind.VOID)
    known_as = _records(holders)
    for part in parts(sorted(known_as)):
        gone = set(void.filter(person__in=part).values_list("target_id", flat=True))
        rows = Completion.objects.everywhere(reason=WHY).filter(person__in=part).order_by()
        for pk, person, module, day in rows.values_list("pk", "person_id", "module_id", "completed_on"):
            if module not in modules:
                continue
            if pk in gone:
                stand.voids[person, module, day] += 1
                continue
            for holder in known_as[person]:
                stand.done.setdefault((holder, module), set()).add(day)


def _records(holders: list[int]) -> dict[int, set[int]]:
    """Each record that counts for one of these people, and for whom: itself, and those for whom its training counts."""
    found = {holder: {holder} for holder in holders}
    heard = whose_training()
    for holder in heard.keys() & found.keys():
        for record in heard[holder]:
            found.setdefault(record, set()).add(holder)
    return found


def _read_open(stand: Stand, holders: list[int], on: date) -> None:
    """What is asked of these people by this agency and is not in date; what renews or lends it is open as well."""
    helps = _helps()
    for part in parts(holders):
        steps = StandingStep.objects.within(stand.agency).current_on(on).filter(is_required=True, state__in=OPEN)
        rows = steps.filter(post__employment__person__in=part)
        for person, module in rows.values_list("post__employment__person_id", "module_id"):
            stand.is_open |= {(person, each) for each in (module, *helps.get(module, ()))}


def _helps() -> dict[int, set[int]]:
    """For each module, those whose completion bears on it: its refreshers, and those that satisfy it."""
    found: dict[int, set[int]] = {}
    for pk, refreshed in Module.objects.exclude(refreshes=None).values_list("pk", "refreshes_id"):
        found.setdefault(refreshed, set()).add(pk)
    for lender, borrower in Satisfies.objects.known_now().values_list("lender_id", "borrower_id"):
        found.setdefault(borrower, set()).add(lender)
    return found


def parts(values: list[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """The values, so many at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
