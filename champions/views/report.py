"""The network's report for the board: as a page, as a PDF and as a spreadsheet. Its coordinator hands it on."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from champions.report_paper import paper_of
from champions.selectors.report import HEAD, network_report
from champions.services.steps import refresh_a_few
from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.people.models import Partnership
from training.people.selectors import partnership_for
from training.press import paper, press
from training.ui.spreadsheet import xlsx_bytes

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@requires(Permission.COORDINATE_CHAMPIONS)
def network_report_page(request: Request, code: str) -> HttpResponse:
    """The report as a page."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    at = timezone.now()
    left = refresh_a_few(partnership, at=at)
    report = network_report(partnership, on=london_date(at))
    return render(
        request, "champions/network_report.html", {"partnership": partnership, "report": report, "left": left}
    )


@require_safe
@requires(Permission.COORDINATE_CHAMPIONS)
def network_report_paper(request: Request, code: str) -> HttpResponse:
    """The same as a PDF, with charts. Where it cannot be made, the page says why."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    at = timezone.now()
    left = refresh_a_few(partnership, at=at)
    report = network_report(partnership, on=london_date(at))
    try:
        made = paper.as_pdf(paper_of(report, partnership, is_complete=not left))
    except press.CannotPrint as reason:
        messages.error(request, str(reason))
        return redirect("network-report", code)
    return _file(request, partnership, made, PDF, "pdf", at=at)


@require_safe
@requires(Permission.COORDINATE_CHAMPIONS)
def network_report_file(request: Request, code: str) -> HttpResponse:
    """The same as a spreadsheet."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    at = timezone.now()
    report = network_report(partnership, on=london_date(at))
    return _file(request, partnership, xlsx_bytes("Report", HEAD, report.lines()), XLSX, "xlsx", at=at)


def _file(
    request: Request, partnership: Partnership, content: bytes, kind: str, ending: str, *, at: datetime
) -> HttpResponse:
    """To keep, under a name that says nothing, and on record."""
    audit.record(
        "network exported",
        by=request.access.actor,
        at=at,
        kind="partnership",
        uid=partnership.uid,
        partnership_code=partnership.code,
        part="report",
    )
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="learning-report.{ending}"'
    return answer
