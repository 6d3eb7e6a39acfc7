"""The coverage explorer: one thing asked, divided in one way, as at a day, beside a quarter and a year before."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.people.models import Partnership
from training.people.selectors import partnership_for
from training.strategy.explorer import Explored, Line, file_head, file_rows
from training.strategy.export import csv_file, xlsx_bytes
from training.strategy.forms import ExplorerForm
from training.strategy.selectors.explorer import explore, things_asked
from training.strategy.selectors.reports import kept_days
from training.strategy.suppress import HIDDEN, NOT_REQUIRED
from training.ui.charts import funnel, spread
from training.ui.templatetags.ui import uk_date

LINES = 50  # on a page
BARS = 25  # at most: of more the dots say more
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.SEE_COVERAGE)
def explorer(request: Request, code: str) -> HttpResponse:
    """The table, how far groups lie apart, and who of a roster is counted."""
    partnership = partnership_for(request.access, Permission.SEE_COVERAGE, code)
    at = timezone.now()
    form = _form(request, partnership, at)
    context: dict[str, Any] = {"partnership": partnership, "form": form}
    if form.is_valid():
        found = explore(partnership, form.question, today=london_date(at), at=at)
        page = Paginator(form.narrowed(found.lines, LINES), LINES).get_page(request.GET.get("page"))
        lines = [*page.object_list, found.whole]
        group = dict(form.fields["by"].choices)[found.question.by]  # type: ignore[attr-defined]
        context |= {"found": found, "page": page, "group": group, "asked_for": form.asked_for}
        context |= _table(group, found, lines)
        context |= {
            "bars": _bars(lines) if len(lines) <= BARS else [],
            "spread": _spread(found),
            "funnel": _funnel(found.whole),
        }
        context |= {"spread_head": [group, "In date"], "funnel_head": ["Step", "People"]}
    return render(request, "strategy/explorer.html", context, status=200 if form.is_valid() else 400)


def _form(request: Request, partnership: Partnership, at: datetime) -> ExplorerForm:
    asked, kept = things_asked(partnership), kept_days(partnership)
    return ExplorerForm(request.GET.dict(), asked=asked, today=london_date(at), kept=kept)


def _table(group: str, found: Explored, lines: list[Line]) -> dict[str, Any]:
    """The head and the rows of the page's table; its first column is the kind of group."""
    then = [text for each in found.earlier for text in (uk_date(each.on), "Points since")]
    head = ["Share in date", "In date", "Asked", "Left out", *then]
    return {
        "head": [group, *({"text": text, "numeric": True} for text in head)],
        "rows": [[line.title, *({"text": text, "numeric": True} for text in _texts(line))] for line in lines],
    }


def _texts(line: Line) -> list[str]:
    then = [
        text
        for before, change in zip(line.before, line.changes, strict=True)
        for text in (before.percent_text, "" if change is None else f"{change:+d}")
    ]
    return [
        line.now.percent_text,
        line.now.numerator_text,
        line.now.denominator_text,
        line.excluded.numerator_text,
        *then,
    ]


def _bars(lines: list[Line]) -> list[dict[str, Any]]:
    """Bars with a mark for the earliest day compared with."""
    found = []
    for line in lines:
        bar = {"label": line.title, "percent": line.now.percent, "text": line.now.percent_text}
        if line.before:
            bar |= {"before": line.before[-1].percent, "before_text": line.before[-1].percent_text}
        found.append(bar)
    return found


def _spread(found: Explored) -> Any:
    return spread([(line.title, line.now.percent_text, line.now.percent) for line in found.lines])


def _funnel(whole: Line) -> Any:
    """From all of whom it is asked in their role to those in date; nothing is added up of what is hidden."""
    now, left_out = whole.now, whole.excluded.numerator
    counted = 0 if now.mark == NOT_REQUIRED else now.denominator
    everybody = None if counted is None or left_out is None else counted + left_out
    text = HIDDEN if everybody is None else str(everybody or NOT_REQUIRED)
    return funnel(
        [
            ("Asked in their role", text, everybody),
            ("Of them, counted on the day", now.denominator_text, now.denominator),
            ("Of them, in date", now.numerator_text, now.numerator),
        ]
    )


@requires(Permission.SEE_COVERAGE)
def explorer_export(request: Request, code: str, kind: str) -> HttpResponse:
    """The whole table as a file, with the same counts hidden."""
    partnership = partnership_for(request.access, Permission.SEE_COVERAGE, code)
    at = timezone.now()
    form = _form(request, partnership, at)
    if not form.is_valid():
        said = next(iter(form.errors.values()))[0]
        return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
    found = explore(partnership, form.question, today=london_date(at), at=at)
    audit.record(
        "coverage explored",
        by=request.access.actor,
        at=at,
        kind="partnership",
        uid=partnership.uid,
        partnership_code=partnership.code,
        as_at=found.report.on.isoformat(),
        by_dimensions=[found.question.by, form.cleaned_data["asked"]],
        file_kind=kind,
    )
    head, rows = file_head(found), file_rows(found, form.asked_for)
    if kind == "csv":
        answer = HttpResponse(csv_file(head, rows), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(xlsx_bytes("Coverage", head, rows), content_type=XLSX)
    name = f"coverage-{partnership.code}-{found.report.on}-{found.question.by}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
