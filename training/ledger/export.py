"""The ledger as lines of CSV, however long it is: rows leave as they are read, and nothing is held."""

from collections.abc import Iterator

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from training.ui.spreadsheet import csv_pieces

from .models import Entry

HEADS = (
    "Number",
    "Kind",
    "Person",
    "Code",
    "Module",
    "Completed on",
    "Recorded at",
    "Method",
    "Agency",
    "Role group",
    "Evidence",
    "Hash",
)
PLAIN = ("module_code", "module_title")
AT_ONCE = 5000


def ledger_csv(entries: QuerySet[Entry]) -> Iterator[str]:
    """These entries in pieces of CSV, in the order of the chain; people by their ids, never by name."""
    rows = entries.order_by("partnership_id", "number").values_list(
        "number",
        "kind",
        _text("person__uid"),
        *PLAIN,
        _text("completed_on"),
        _text("recorded_at"),
        "method",
        "agency_title",
        "role_group_title",
        "evidence",
        "hash",
    )
    return csv_pieces(HEADS, rows.iterator(chunk_size=AT_ONCE))


def _text(field: str) -> Coalesce:
    """Written by the database: a value made into an object and back takes longer than all the rest."""
    return Coalesce(Cast(field, TextField()), Value(""), output_field=TextField())
