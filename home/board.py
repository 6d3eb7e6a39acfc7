"""The board's page: how far the strategy's outcomes are met, as counts with small numbers hidden."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.people.models import Partnership
from training.people.selectors import partnership_for
from training.strategy import export
from training.strategy.forms import BoardForm, DayForm
from training.strategy.report import Report
from training.strategy.selectors import board as reads
from training.strategy.selectors.declared import shown_staff
from training.strategy.selectors.reports import kept_days
from training.strategy.suppress import Audience
from training.strategy.table import BadTable, Dimensions, dimensions, table

AGENCIES = 50  # on a page: a region has hundreds, and each is a line of figures and a bar
BARS = 25  # at most: of more the table says more
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.SEE_COVERAGE)
def board(request: Request, code: str) -> HttpResponse:
    """Headline figures, agencies by tier, and the strategy's outcomes with their targets."""
    partnership = partnership_for(request.access, Permission.SEE_COVERAGE, code)
    at = timezone.now()
    today = london_date(at)
    form = BoardForm(
        {"as_at": request.GET.get("as_at") or today.isoformat(), "named": request.GET.get("named", "")},
        today=today,
        kept=kept_days(partnership),
    )
    on = form.cleaned_data["as_at"] if form.is_valid() else today
    report = reads.report_for(partnership, on=on, today=today, at=at, audience=Audience.PARTNERSHIP)
    found = reads.board(partnership, report)
    *agencies, whole = found.lines
    page = Paginator(form.narrowed(agencies, AGENCIES), AGENCIES).get_page(request.GET.get("page"))
    lines = [*page.object_list, whole]
    bars = _bars(lines) if len(lines) <= BARS else []
    context = {"board": found, "form": form, "today": today, "page": page, "lines": lines, "bars": bars}
    context["keeps"] = request.access.may(Permission.MANAGE_PATHWAY, partnership_id=partnership.pk)
    return render(request, "home/board.html", context, status=200 if form.is_valid() else 400)


def _bars(lines: Iterable[reads.AgencyLine]) -> list[dict[str, object]]:
    return [{"label": line.title, "percent": line.whole.percent, "text": line.whole.percent_text} for line in lines]


@requires(Permission.SEE_COVERAGE)
def board_export(request: Request, code: str, kind: str) -> HttpResponse:
    """Coverage as a file: the board's own view of it, with the same counts hidden."""
    partnership = partnership_for(request.access, Permission.SEE_COVERAGE, code)
    at = timezone.now()
    today = london_date(at)
    form = DayForm({"as_at": request.GET.get("as_at", "")}, today=today, kept=kept_days(partnership))
    try:
        by = dimensions(request.GET.get("by", "agency,tier"))
    except BadTable as refusal:
        return HttpResponse(str(refusal), status=400, content_type="text/plain; charset=utf-8")
    if not form.is_valid():
        return HttpResponse(form.errors["as_at"][0], status=400, content_type="text/plain; charset=utf-8")
    on = form.cleaned_data["as_at"]
    only = Q(group_kind__in=["", by.group], scope_kind__in=["", by.scope])
    report = reads.report_for(partnership, on=on, today=today, at=at, audience=Audience.PARTNERSHIP, only=only)
    audit.record(
        "board exported",
        by=request.access.actor,
        at=at,
        kind="partnership",
        uid=partnership.uid,
        partnership_code=partnership.code,
        as_at=report.on.isoformat(),
        by_dimensions=list(by.names),
        file_kind=kind,
    )
    return _file(partnership, report, by, kind)


def _file(partnership: Partnership, report: Report, by: Dimensions, kind: str) -> HttpResponse:
    staff = shown_staff(partnership, report) if by.group == "agency" else None
    head = export.coverage_head(by, has_staff=staff is not None)
    rows = export.coverage_rows(table(report, by), reads.titles_of(partnership, report, by), staff)
    if kind == "csv":
        answer = HttpResponse(export.csv_file(head, rows), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(export.xlsx_bytes("Coverage", head, rows), content_type=XLSX)
    name = f"coverage-{partnership.code}-{report.on.isoformat()}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
