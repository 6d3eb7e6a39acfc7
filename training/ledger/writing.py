"""Writing many entries at once, and reading what their people were on the day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from training.access.prepared import Given, PreparedRead, among
from training.people.models import Agency, Term
from training.people.roster.bulk import collector_paused, insert, reserve_ids

from .models import Announcement, Entry

AGENCY = tuple(field.attname for field in Agency._meta.concrete_fields)
COLUMNS = tuple(field.attname for field in Entry._meta.concrete_fields)


@dataclass(frozen=True, slots=True)
class JobThen:
    """A post's job from a day, perhaps until a day, as an entry copies it."""

    starts_on: date
    ends_on: date | None
    agency: Agency
    role_group_code: str
    role_group_title: str

    def runs(self, on: date) -> bool:
        """Whether it was held on this day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


def jobs_then(people: Collection[int]) -> dict[int, list[JobThen]]:
    """The jobs of these people as now known, by person, the earliest first."""
    found: dict[int, list[JobThen]] = {}
    agencies: dict[int, Agency] = {}
    for person, starts_on, ends_on, code, title, *agency in _terms(sorted(people)):
        if agency[0] not in agencies:
            agencies[agency[0]] = Agency.from_db(None, AGENCY, agency)
        job = JobThen(starts_on, ends_on, agencies[agency[0]], code or "", title or "")
        found.setdefault(person, []).append(job)
    return found


@PreparedRead
def _terms(people: Given) -> QuerySet[Term, Any]:
    terms = Term.objects.everywhere(reason="role group as it was then").known_now()
    mine = terms.filter(among("post__employment__person_id", people)).order_by("starts_on", "id")
    job = ("post__employment__person_id", "starts_on", "ends_on", "role_group__code", "role_group__title")
    return mine.values_list(*job, *(f"post__employment__agency__{name}" for name in AGENCY))


def write_entries(entries: Sequence[Entry]) -> None:
    """Put chained entries into the table, and beside each completion the news that has still to be told."""
    for entry, pk in zip(entries, reserve_ids(Entry, len(entries)), strict=True):
        entry.pk = pk
        entry.kind, entry.method = str(entry.kind), str(entry.method)
        entry._state.adding = False
    with collector_paused():
        insert(Entry, COLUMNS, ([getattr(entry, name) for name in COLUMNS] for entry in entries))
    news = [(entry.pk, entry.recorded_at) for entry in entries if entry.kind == Entry.Kind.COMPLETION]
    insert(Announcement, ("entry_id", "recorded_at"), news)
