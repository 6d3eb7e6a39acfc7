"""Writing many entries at once, and reading what their people were on the day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from training.people.models import Agency, Term
from training.people.roster.bulk import collector_paused, insert, reserve_ids

from .models import Announcement, Entry

AT_ONCE = 500
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
    ordered = sorted(people)
    names = ("post__employment__person_id", "post__employment__agency_id", "starts_on", "ends_on")
    named = (*names, "role_group__code", "role_group__title")
    for start in range(0, len(ordered), AT_ONCE):
        terms = Term.objects.everywhere(reason="role group as it was then").known_now()
        mine = terms.filter(post__employment__person_id__in=ordered[start : start + AT_ONCE])
        rows = list(mine.order_by("starts_on", "id").values_list(*named))
        agencies |= Agency.objects.in_bulk({row[1] for row in rows} - agencies.keys())
        for person, agency, starts_on, ends_on, code, title in rows:
            job = JobThen(starts_on, ends_on, agencies[agency], code or "", title or "")
            found.setdefault(person, []).append(job)
    return found


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
