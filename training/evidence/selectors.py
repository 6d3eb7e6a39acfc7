"""Reads for the pages of this room."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Min, Q

from training.access.access import Access
from training.ledger.models import Completion, Method
from training.pathways.models import Equivalence, Module
from training.people.models import Agency, Partnership, Person
from training.people.selectors import posts_held

from .apply import source_of
from .models import CompletionRow, Evidence, EvidenceFile, EvidenceQuerySet, RowKind
from .recognise import Recognised, lookups_of, partnerships_of
from .settle import recognised
from .shown import shown
from .touched import banded

COLOURS = {
    RowKind.NEW: "green",
    RowKind.WAITING: "yellow",
    RowKind.SKIPPED: "grey",
    RowKind.UNCHANGED: "grey",
    RowKind.REFUSED: "red",
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the preview or the receipt, in words."""

    number: int
    kind: str
    colour: str
    who: str
    reference: str
    what: str
    completed_on: date | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A title that waits, and how many rows of files have it."""

    external_title: str
    provider: str
    rows: int
    title_key: str
    provider_key: str

    @property
    def address(self) -> str:
        """What names it in an address, where its words must not stand."""
        return hashlib.sha256(repr((self.title_key, self.provider_key)).encode()).hexdigest()[:16]


def waiting(agency: Agency, access: Access) -> int:
    """How many things wait for this one of the agency's HR: what others gave, and each title that files brought."""
    given = _given(agency).of_others(access).filter(state=Evidence.State.WAITING).count()
    return given + len(title_groups(agency)) + int(_of_nobody(agency).exists())


def given_evidence(agency: Agency, access: Access) -> list[Evidence]:
    """What learners gave, the oldest first; without what the one who looks gave themselves."""
    rows = _given(agency).of_others(access).annotate(file_count=Count("files"))
    return list(rows.select_related("person").order_by("state", "recorded_at", "id"))


def gave_themselves(agency: Agency, access: Access) -> bool:
    """Whether something of the one who looks waits, for somebody else to decide."""
    return _given(agency).filter(person_id__in=access.records).exists()


def title_groups(agency: Agency) -> list[Group]:
    """Titles that files brought and nothing here knows, those with most rows first."""
    rows = _from_files(agency).filter(module=None).values("title_key", "provider_key")
    found = rows.annotate(title=Min("external_title"), given_by=Min("provider"), count=Count("pk"))
    names = ("title", "given_by", "count", "title_key", "provider_key")
    return [Group(*group) for group in found.order_by("-count", "title").values_list(*names)]


def title_group(agency: Agency, address: str) -> Group | None:
    """The title that an address names, if it still waits."""
    return next((group for group in title_groups(agency) if group.address == address), None)


def of_nobody(agency: Agency) -> list[Evidence]:
    """Rows of files whose module is known and whose person is not."""
    return list(_of_nobody(agency).select_related("module").order_by("employee_ref", "completed_on"))


def of_title(agency: Agency, group: Group) -> EvidenceQuerySet:
    """The rows of files that wait under one title: withheld ones first, so that no reference shows by its place."""
    rows = _from_files(agency).filter(title_key=group.title_key, provider_key=group.provider_key, module=None)
    withheld = F("person__is_protected").desc(nulls_last=True)
    return rows.select_related("person").order_by(withheld, "employee_ref", "completed_on", "id")


def suggestion(evidence: Evidence, *, on: date) -> Recognised:
    """What the register says that it is, if it knows it by now."""
    return recognised(evidence, lookups_of(evidence.agency, on=on))


def files_of(evidence: Evidence) -> list[EvidenceFile]:
    """What was handed in with it. The caller has checked who looks."""
    return list(EvidenceFile.objects.everywhere(reason="with evidence that may be seen").filter(evidence=evidence))


def modules_of(agency: Agency, *, on: date) -> list[Module]:
    """The modules of the pathways that the agency follows."""
    modules = Module.objects.filter(pathway__partnership__in=partnerships_of(agency, on=on))
    return list(modules.select_related("pathway__partnership").order_by("pathway__partnership__title", "position"))


def agencies_of(person: Person, *, on: date) -> list[Agency]:
    """Where somebody holds a post, their oldest first: whose HR may decide."""
    ids = posts_held(person.pk, on).order_by("starts_on", "id").values_list("post__employment__agency_id", flat=True)
    known = Agency.objects.in_bulk(set(ids))
    return [known[pk] for pk in dict.fromkeys(ids)]


def evidence_of(person: Person) -> list[Evidence]:
    """What somebody gave or showed themselves, the newest first."""
    mine = Evidence.objects.of(person).filter(origin__in=Evidence.GIVEN)
    rows = mine.exclude(state=Evidence.State.WITHDRAWN).select_related("agency", "module")
    return list(rows.order_by("-recorded_at", "-id"))


def shown_rows(rows: Iterable[CompletionRow]) -> list[ShownRow]:
    """These rows, in words. Their people must have been read with them."""
    return [
        ShownRow(
            number=row.number,
            kind=row.get_kind_display(),
            colour=COLOURS[RowKind(row.kind)],
            who=it.name,
            reference=it.reference,
            what=_what(row),
            completed_on=date.fromisoformat(row.values["completed_on"]) if row.values.get("completed_on") else None,
            reasons=tuple(row.reasons),
        )
        for row in rows
        for it in [shown(row.person, row.employee_ref)]
    ]


def register_of(partnership: Partnership) -> list[Equivalence]:
    """Every entry that nothing has replaced, those that run first."""
    entries = Equivalence.objects.known_now().filter(module__pathway__partnership=partnership)
    return list(entries.select_related("module").order_by("ends_on", "external_title", "provider", "pk"))


def recorded_by_entry(entry: Equivalence, *, own: Collection[int]) -> str:
    """For how many people of agencies other than one's `own` this version of an entry has recorded what stands.

    In the words of the preview, so that neither number gives away what the other hides.
    """
    entries = Completion.objects.everywhere(reason="a count over the register").standing()
    theirs = entries.filter(method=Method.EQUIVALENCE, source=source_of(entry)).exclude(agency__in=own)
    return banded(theirs.order_by().values("agency", "person").distinct().count())


def _what(row: CompletionRow) -> str:
    said = row.values.get("external_title") or row.values.get("course_code", "")
    if row.module_code and row.module_code.casefold() != said.casefold():
        return f"{row.module_code}: {said}"
    return row.module_code or said


def _given(agency: Agency) -> EvidenceQuerySet:
    return Evidence.objects.within(agency).waiting().filter(origin__in=Evidence.GIVEN)


def _from_files(agency: Agency) -> EvidenceQuerySet:
    return Evidence.objects.within(agency).waiting().filter(origin=Evidence.Origin.FILE)


def _of_nobody(agency: Agency) -> EvidenceQuerySet:
    return _from_files(agency).filter(~Q(module=None), person=None)
