"""HR's completion files: upload, look, apply, undo; and the file for HR's own systems."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.evidence.apply import apply_import
from training.evidence.columns import TEMPLATE
from training.evidence.errors import EvidenceError
from training.evidence.export import HEAD, exported, prefix_of
from training.evidence.forms import CompletionFileForm, ExportForm, KindForm
from training.evidence.keep import is_forgotten
from training.evidence.models import CompletionImport, CompletionRow, ImportState, Mode, RowKind
from training.evidence.selectors import shown_rows, waiting
from training.evidence.stage import receive
from training.evidence.undo import undo_import
from training.evidence.work import is_large
from training.ledger.freshness import brought_up_to_date
from training.ledger.services import LedgerError
from training.people.models import Agency, Work
from training.people.roster.limits import Refused
from training.people.selectors import agency_for
from training.people.wait import wait_page
from training.ui.spreadsheet import csv_file, xlsx_bytes

ROWS_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def agency_of(request: Request, code: str) -> Agency:
    """The agency whose completions one records."""
    return agency_for(request.access, Permission.RECORD_COMPLETIONS, code)


def _import(request: Request, code: str, uid: UUID) -> CompletionImport:
    mine = agency_of(request, code)
    return get_object_or_404(CompletionImport.objects.select_related("agency"), agency=mine, uid=uid)


@requires(Permission.RECORD_COMPLETIONS)
def completions(request: Request, code: str) -> HttpResponse:
    """The files so far, a form for the next one, and the file to take away."""
    agency = agency_of(request, code)
    form = CompletionFileForm(request.POST, request.FILES) if request.method == "POST" else CompletionFileForm()
    if form.is_valid():
        at = timezone.now()
        try:
            staged = receive(
                agency,
                form.cleaned_data["file"],
                mode=Mode(form.cleaned_data["mode"]),
                person=form.cleaned_data["person"].strip(),
                on=london_date(at),
                by=request.access.actor,
                at=at,
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("completions-import", agency.code, staged.uid)
    page = Paginator(CompletionImport.objects.filter(agency=agency), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "agency": agency,
        "form": form,
        "page": page,
        "waiting": waiting(agency, request.access),
        "export_form": ExportForm(initial={"competence": prefix_of(agency)}),
    }
    return render(request, "evidence/completions.html", context)


@requires(Permission.RECORD_COMPLETIONS)
def completions_template(request: Request, code: str) -> HttpResponse:
    """The columns, as an empty file to fill in."""
    agency_of(request, code)
    response = HttpResponse(",".join(TEMPLATE) + "\r\n", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="completions-template.csv"'
    return response


@requires(Permission.RECORD_COMPLETIONS)
def completions_export(request: Request, code: str, kind: str) -> HttpResponseBase:
    """What the agency's staff have completed, with competence text; put on record, since names leave with it."""
    agency = agency_of(request, code)
    at = timezone.now()
    on = london_date(at)
    form = ExportForm(request.GET)
    if not form.is_valid():
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        messages.error(request, f"Nothing was downloaded. {said}.")
        return redirect("completions", agency.code)
    waiting = brought_up_to_date(at=at, agency=agency).posts
    if waiting:  # the file has no place to say that an end in it may be an old one
        messages.error(request, f"Nothing was downloaded: {waiting} of your posts are being worked out. Try again.")
        return redirect("completions", agency.code)
    asked = form.cleaned_data
    prefix = asked["competence"] or prefix_of(agency)
    audit.record(
        "completions exported", by=request.access.actor, at=at, kind="agency", uid=agency.uid, agency_code=agency.code
    )
    rows = exported(agency, prefix=prefix, on=on, since=asked["since"], until=asked["until"])
    response: HttpResponseBase
    if kind == "xlsx":
        response = HttpResponse(xlsx_bytes("Completions", HEAD, rows), content_type=XLSX)
    else:
        response = StreamingHttpResponse(csv_file(HEAD, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(on)}.{kind}"'
    return response


def _file_name(on: date) -> str:
    return f"completions-{on}"


@requires(Permission.RECORD_COMPLETIONS)
def completions_import(request: Request, code: str, uid: UUID) -> HttpResponse:
    """What a file would record, or what it has recorded."""
    seen = _import(request, code, uid)
    if seen.work:
        back = reverse("completions", args=[code]), "Back to completion files"
        return wait_page(request, seen, seen.agency, title="Completions", back=back, address=request.path)
    rows = CompletionRow.objects.visible_to(request.access).filter(completion_import=seen).select_related("person")
    kinds = KindForm(request.GET or None)
    if kinds.is_valid() and kinds.cleaned_data["kind"]:
        rows = rows.filter(kind=kinds.cleaned_data["kind"])
    page = Paginator(rows.worst_first(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "agency": seen.agency,
        "seen": seen,
        "page": page,
        "rows": shown_rows(page.object_list),
        "kinds": kinds,
        "is_forgotten": is_forgotten(seen, at=timezone.now()),
        "has_changes": bool(seen.counts[RowKind.NEW] or seen.counts[RowKind.WAITING]),
        "stats": [{"value": f"{seen.counts[kind]:,}", "label": kind.label} for kind in RowKind],
    }
    return render(request, "evidence/completions_import.html", context)


@require_POST
@requires(Permission.RECORD_COMPLETIONS)
def completions_apply(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Apply a file; pressed twice, it is applied once."""
    seen = _import(request, code, uid)
    if is_large(seen) and seen.state == ImportState.STAGED:
        seen.wish(Work.APPLY, by=request.access.actor)
        return redirect("completions-import", seen.agency.code, seen.uid)
    try:
        apply_import(seen, by=request.access.actor, at=timezone.now())
    except (EvidenceError, LedgerError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The file has been applied.")
    return redirect("completions-import", seen.agency.code, seen.uid)


@require_POST
@requires(Permission.RECORD_COMPLETIONS)
def completions_undo(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Take an applied file back."""
    seen = _import(request, code, uid)
    if is_large(seen) and seen.state == ImportState.APPLIED:
        seen.wish(Work.UNDO, by=request.access.actor)
        return redirect("completions-import", seen.agency.code, seen.uid)
    try:
        undo_import(seen, by=request.access.actor, at=timezone.now())
    except EvidenceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "What this file recorded is void now.")
    return redirect("completions-import", seen.agency.code, seen.uid)
