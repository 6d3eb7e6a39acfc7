"""The mark-up of what a page has many of, written by Python: a template takes ten times as long over each cell."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from .charts import Dot


@lru_cache(maxsize=32)
def standing_tag(state: str) -> SafeString:
    """The tag of a standing: a shape and a word."""
    return render_to_string("ui/standing_tag.html", {"state": state})


def table_rows(rows: Iterable[Iterable[Any]], header_at: int | None) -> SafeString:
    """The rows of a table as `ui/table.html` takes them, of each the cell with this number its header."""
    return mark_safe("".join(_row(row, header_at) for row in rows))  # noqa: S308 - each cell is escaped


def dots(those: Iterable[Dot], radius: int) -> SafeString:
    """The circles of a spread."""
    return mark_safe("".join(_dot(each, radius) for each in those))  # noqa: S308 - labels and texts are escaped


def _row(row: Iterable[Any], header_at: int | None) -> str:
    cells = (_cell(cell, is_header=number == header_at) for number, cell in enumerate(row, start=1))
    return f'<tr class="govuk-table__row">{"".join(cells)}</tr>'


def _cell(cell: Any, *, is_header: bool) -> str:
    if not isinstance(cell, dict):
        cell = {"text": cell}
    if is_header:
        return f'<th scope="row" class="govuk-table__header">{_inside(cell)}</th>'
    numeric = " govuk-table__cell--numeric" if cell.get("numeric") else ""
    return f'<td class="govuk-table__cell{numeric}">{_inside(cell)}</td>'


def _inside(cell: dict[str, Any]) -> str:
    if cell.get("state"):
        return standing_tag(str(cell["state"]))
    text = conditional_escape(localize(cell.get("text", "")))
    url = cell.get("url")
    return f'<a class="govuk-link" href="{conditional_escape(url)}">{text}</a>' if url else text


def _dot(dot: Dot, radius: int) -> str:
    said = f"{conditional_escape(dot.label)}: {conditional_escape(dot.text)}"
    return f'<circle class="ui-chart__dot" cx="{dot.x}%" cy="{dot.y}" r="{radius}"><title>{said}</title></circle>'
