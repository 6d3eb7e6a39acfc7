"""What stands in the ledger of one person: their completions, and from which day any of them no longer counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from training.access.prepared import Given, PreparedRead, among
from training.ledger.models import Entry
from training.people.models import Person


@dataclass(frozen=True, slots=True)
class Record:
    """The completions that nothing has voided, the latest first.

    `revoked_on`: by the id of a completion, the first day on which it no longer counts.
    """

    completions: tuple[Entry, ...]
    revoked_on: Mapping[int, date]


def record_of(person: Person) -> Record:
    """A person's record, in one plain query: entries that void or revoke are theirs as well."""
    entries = _entries((person.pk, *person.earlier_records()))
    voided = {it.target_id for it in entries if it.kind == Entry.Kind.VOID}
    revoked_on: dict[int, date] = {}
    for it in entries:
        if it.target_id and it.effective_on and it.kind == Entry.Kind.REVOCATION:
            revoked_on[it.target_id] = min(it.effective_on, revoked_on.get(it.target_id, it.effective_on))
    standing = (it for it in entries if it.kind == Entry.Kind.COMPLETION and it.pk not in voided)
    return Record(tuple(standing), revoked_on)


@PreparedRead
def _entries(records: Given) -> QuerySet[Entry]:
    rows = Entry.objects.everywhere(reason="one person's own record").filter(among("person_id", records))
    return rows.order_by("-completed_on", "-number")
