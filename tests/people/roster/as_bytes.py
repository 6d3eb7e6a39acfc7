"""The roster of an agency as it stands, as bytes: the same roster gives the same bytes, whatever rows it is kept in."""

from collections.abc import Iterator

from training.people.models import Agency, Duty, Term
from training.people.roster.apply import GROWN
from training.people.roster.bulk import take_stock
from training.ui.spreadsheet import csv_text

TERM = (
    *("post__employment__employee_ref", "post__assignment_ref", "starts_on", "ends_on", "role_group__code"),
    *("post_title", "team__title", "workplace__code", "locality__code", "manager__employment__employee_ref"),
    *("manager__assignment_ref", "employment_type", "status", "fte", "post__employment__person__uid"),
    *("post__employment__work_email", "post__employment__person__first_name"),
    *("post__employment__person__last_name", "post__employment__person__preferred_name"),
)
DUTY = ("post__employment__employee_ref", "post__assignment_ref", "starts_on", "ends_on", "designation__code")
HEAD = tuple(name.replace("post__employment__", "").replace("person__", "").replace("post__", "") for name in TERM)


def roster_bytes(agency: Agency) -> bytes:
    """Every term and every duty that is known now, with those who hold them, in a fixed order."""
    take_stock(*GROWN)  # of the tests before, PostgreSQL knows other numbers, and may take minutes
    return csv_text(
        ("what", *HEAD), sorted([*_rows("term", Term, TERM, agency), *_rows("duty", Duty, DUTY, agency)])
    ).encode()


def _rows(what: str, model: type[Term] | type[Duty], columns: tuple[str, ...], agency: Agency) -> Iterator[list[str]]:
    rows = model.objects.within(agency).known_now().values_list(*columns)
    for values in rows.iterator(chunk_size=5000):
        yield [what, *("" if value is None else str(value) for value in values)]
