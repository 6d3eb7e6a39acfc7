"""The network's report for the board, to print and as a spreadsheet. Its coordinator reads it, and hands it on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from champions.selectors.report import HEAD, network_report
from champions.services.steps import refresh_a_few
from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.people.selectors import partnership_for
from training.ui.spreadsheet import xlsx_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@requires(Permission.COORDINATE_CHAMPIONS)
def network_report_page(request: Request, code: str) -> HttpResponse:
    """The report as a page to print."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    at = timezone.now()
    left = refresh_a_few(partnership, at=at)
    report = network_report(request.access, partnership, on=london_date(at))
    return render(
        request, "champions/network_report.html", {"partnership": partnership, "report": report, "left": left}
    )


@require_safe
@requires(Permission.COORDINATE_CHAMPIONS)
def network_report_file(request: Request, code: str) -> HttpResponse:
    """The same as a spreadsheet."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    at = timezone.now()
    report = network_report(request.access, partnership, on=london_date(at))
    answer = HttpResponse(xlsx_bytes("Report", HEAD, report.lines()), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="learning-report.xlsx"'
    audit.record(
        "network exported",
        by=request.access.actor,
        at=at,
        kind="partnership",
        uid=partnership.uid,
        partnership_code=partnership.code,
        part="report",
    )
    return answer
