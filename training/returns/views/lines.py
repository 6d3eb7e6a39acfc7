"""Lines of a return: one by one, or all of them from a file."""

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.returns import services as returns
from training.returns.errors import BadFile, ReturnError
from training.returns.filled import lines_in, modules_of, template_rows
from training.returns.forms import LineForm, SheetForm
from training.returns.models import AgencyReturn, ReturnLine
from training.returns.sheets import LINES_HEAD
from training.ui.spreadsheet import csv_file

from .agency import done, return_of

DECLARE = Permission.DECLARE


def _page(of: AgencyReturn) -> HttpResponse:
    return redirect("agency-return", of.agency.code, of.partnership.code, of.quarter.code)


@requires(DECLARE)
def return_line_new(request: Request, code: str, partnership: str, quarter: str) -> HttpResponse:
    """Add a line."""
    return _edit(request, return_of(request, code, partnership, quarter), None)


@requires(DECLARE)
def return_line(request: Request, code: str, partnership: str, quarter: str, number: int) -> HttpResponse:
    """Change a line."""
    of = return_of(request, code, partnership, quarter)
    return _edit(request, of, _line(of, number))


def _line(of: AgencyReturn, number: int) -> ReturnLine:
    rows = ReturnLine.objects.filter(version__in=of.versions.being_made())
    return get_object_or_404(rows.select_related("role_group", "module"), pk=number)


def _edit(request: Request, of: AgencyReturn, line: ReturnLine | None) -> HttpResponse:
    names = ("role_group", "module", "trained", "how", "evidence")
    initial = {name: getattr(line, name) for name in names} if line else {}
    form = LineForm(request.POST or None, modules=modules_of(of.partnership), initial=initial)
    if form.is_valid():
        try:
            returns.set_line(of=of, line=form.line, instead_of=line, by=request.access.actor, at=timezone.now())
        except ReturnError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return _page(of)
    return render(request, "returns/line.html", {"of": of, "form": form, "line": line})


@require_POST
@requires(DECLARE)
def return_line_remove(request: Request, code: str, partnership: str, quarter: str, number: int) -> HttpResponse:
    """Take a line out."""
    of = return_of(request, code, partnership, quarter)
    line, by, at = _line(of, number), request.access.actor, timezone.now()
    return done(request, of, lambda row: returns.remove_line(of=row, line=line, by=by, at=at), "Taken out.")


@requires(DECLARE)
def return_file(request: Request, code: str, partnership: str, quarter: str) -> HttpResponse:
    """Take all lines from a filled-in template."""
    of = return_of(request, code, partnership, quarter)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if form.is_valid():
        try:
            lines = lines_in(form.cleaned_data["file"], of)
            changed = returns.set_lines(of=of, lines=lines, by=request.access.actor, at=timezone.now())
        except BadFile as wrong:
            form.refused(wrong)
        except ReturnError as refusal:
            form.add_error(None, str(refusal))
        else:
            said = (
                f"Saved. The return has {len(lines)} lines now." if changed else "This is what the return says already."
            )
            messages.success(request, said)
            return _page(of)
    return render(request, "returns/file.html", {"of": of, "form": form})


@requires(DECLARE)
def return_template(request: Request, code: str, partnership: str, quarter: str) -> HttpResponseBase:
    """The agency's own template, with what the return says so far."""
    of = return_of(request, code, partnership, quarter)
    version = of.versions.known_now().order_by("-recorded_at").first()
    rows = template_rows(of, version) if version else []
    answer = StreamingHttpResponse(csv_file(LINES_HEAD, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="return-{of.agency.code}-{of.quarter.code}.csv"'
    return answer
