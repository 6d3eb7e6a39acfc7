"""HR's roster pages: upload, look, have it approved, apply and undo. What HR is asked stands in `answers.py`."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from training.access.clock import today
from training.access.gates import requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.people.forms import ApplyForm, KindForm, RosterFileForm, ShownForm
from training.people.models import Designation, RoleGroup, RosterImport, RosterRow, Work
from training.people.models.roster import ImportState
from training.people.wait import wait_page
from training.ui.spreadsheet import csv_file

from .answers import agency_of, import_of, look_again_and_show
from .apply import apply_import
from .approve import approve_import, colleagues, is_own
from .discard import discard_import
from .errors import RosterError, RosterMoved
from .headers import TEMPLATE
from .keep import is_forgotten
from .limits import Refused
from .refusals import HEAD, headers_of, refused_by_reason, refused_lines
from .shown import FIELD_LABELS, Approval, senders_in_words, shown_rows, state_words
from .stage import receive
from .titles import titles_of, unmapped_titles
from .undo_guard import second_person_needed
from .work import hand_over, is_large, undo_or_hand_over

ROWS_A_PAGE = 50


@requires(Permission.MANAGE_ROSTER)
def rosters(request: HttpRequest, code: str) -> HttpResponse:
    """The files so far, and a form for the next one."""
    agency = agency_of(request, code)
    form = RosterFileForm(request.POST, request.FILES) if request.method == "POST" else RosterFileForm()
    if form.is_valid():
        try:
            staged = receive(
                agency,
                form.cleaned_data["file"],
                as_at=today(),
                is_full=form.cleaned_data["is_full"],
                by=request.access.actor,  # type: ignore[attr-defined]
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("roster-import", agency.code, staged.uid)
    page = Paginator(RosterImport.objects.filter(agency=agency), ROWS_A_PAGE).get_page(request.GET.get("page"))
    sent_by = senders_in_words(page.object_list, by=request.access.actor)  # type: ignore[attr-defined]
    files = [(each, state_words(each, at=timezone.now()), sent_by[each.staged_by]) for each in page.object_list]
    lists = {"role_groups": RoleGroup.objects.all(), "designations": Designation.objects.all()}
    unmapped = len(unmapped_titles(agency, on=today()))
    context = {"agency": agency, "form": form, "page": page, "files": files, "unmapped": unmapped, **lists}
    return render(request, "people/rosters.html", context)


@requires(Permission.MANAGE_ROSTER)
def roster_template(request: HttpRequest, code: str) -> HttpResponse:
    """The columns, as an empty file to fill in."""
    agency_of(request, code)
    response = HttpResponse(",".join(TEMPLATE) + "\r\n", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="roster-template.csv"'
    return response


@requires(Permission.MANAGE_ROSTER)
def roster_import(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """What a file would change, or what it has changed."""
    seen = import_of(request, code, uid)
    if seen.state == ImportState.ASKING and not is_forgotten(seen, at=timezone.now()):
        return redirect("roster-columns", seen.agency.code, seen.uid)
    if seen.work:
        back = reverse("rosters", args=[code]), "Back to the roster"
        return wait_page(request, seen, seen.agency, title="Roster", back=back, address=request.path)
    rows = RosterRow.objects.visible_to(request.access).filter(roster_import=seen)  # type: ignore[attr-defined]
    kinds = KindForm(request.GET or None)
    if kinds.is_valid() and kinds.cleaned_data["kind"]:
        rows = rows.filter(kind=kinds.cleaned_data["kind"])
    page = Paginator(rows.worst_first(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "agency": seen.agency,
        "seen": seen,
        "page": page,
        "rows": shown_rows(page.object_list, headers_of(seen)),
        "refusals": refused_by_reason(seen) if seen.counts.get("refused") else [],
        "kinds": kinds,
        "apply_form": ApplyForm(),
        "approval": _approval(request, seen),
        "titles": len(titles_of(seen)) if seen.state == ImportState.STAGED else 0,
        "columns": [(header, FIELD_LABELS.get(name, name)) for name, header in seen.columns],
        "spare": [(header, FIELD_LABELS.get(name, name), used) for header, name, used in seen.spare_columns],
        "is_forgotten": is_forgotten(seen, at=timezone.now()),
        "has_changes": seen.has_changes,
        "rows_in_file": sum(seen.counts.get(kind, 0) for kind in ("new", "changed", "unchanged", "refused")),
        "stats": [
            {"value": f"{seen.counts.get(kind, 0):,}", "label": kind.capitalize()}
            for kind in ("new", "changed", "left", "unchanged", "refused")
        ],
    }
    return render(request, "people/roster_import.html", context)


@requires(Permission.MANAGE_ROSTER)
def roster_refused(request: HttpRequest, code: str, uid: UUID) -> HttpResponseBase:
    """The refused rows of a file, to hand on to whoever makes it; put on record, since references leave with it."""
    seen = import_of(request, code, uid)
    by, at = request.access.actor, timezone.now()  # type: ignore[attr-defined]
    audit.record(
        "refused rows exported", by=by, at=at, kind="roster_import", uid=seen.uid, agency_code=seen.agency.code
    )
    response = StreamingHttpResponse(csv_file(HEAD, refused_lines(seen)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="roster-refused-rows.csv"'
    return response


def _approval(request: HttpRequest, seen: RosterImport) -> Approval | None:
    """How far the approval of a waiting file has come; None where it needs none."""
    if seen.state != ImportState.STAGED or not seen.needs_approval:
        return None
    own = is_own(seen, request.access, on=today())  # type: ignore[attr-defined]
    return Approval(
        is_given=seen.approved_at is not None,
        is_own=own,
        colleagues=tuple(user.email for user in colleagues(seen, on=today())) if own else (),
    )


def _shown(request: HttpRequest) -> str:
    """The digest of the preview that was on the page."""
    form = ShownForm(request.POST)
    return form.cleaned_data["shown"] if form.is_valid() else ""


@require_POST
@requires(Permission.MANAGE_ROSTER)
def roster_approve(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Approve a colleague's file."""
    seen = import_of(request, code, uid)
    access, at = request.access, timezone.now()  # type: ignore[attr-defined]
    try:
        approve_import(seen, access=access, on=today(), at=at, shown=_shown(request))
    except RosterError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "You have approved this file. It can now be applied, by you or by your colleague.")
    return redirect("roster-import", seen.agency.code, seen.uid)


@require_POST
@requires(Permission.MANAGE_ROSTER)
def roster_apply(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Apply a file; pressed twice, it is applied once."""
    seen = import_of(request, code, uid)
    form = ApplyForm(request.POST)
    form.full_clean()
    by, is_confirmed = request.access.actor, form.cleaned_data["leavers_are_right"]  # type: ignore[attr-defined]
    try:
        if is_large(seen) and seen.state == ImportState.STAGED:
            hand_over(seen, Work.APPLY, by=by, is_confirmed=is_confirmed, shown=_shown(request))
        else:
            apply_import(seen, by=by, at=timezone.now(), allow_leavers=is_confirmed, shown=_shown(request))
            messages.success(request, "The roster has been applied.")
    except RosterMoved as moved:
        messages.error(request, str(moved))
        if not is_large(seen):
            return look_again_and_show(request, seen)
    except (RosterError, Refused) as error:
        messages.error(request, str(error))
    return redirect("roster-import", seen.agency.code, seen.uid)


@require_POST
@requires(Permission.MANAGE_ROSTER)
def roster_discard(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Discard a file that is not to be applied."""
    seen = import_of(request, code, uid)
    try:
        discard_import(seen, by=request.access.actor, at=timezone.now())  # type: ignore[attr-defined]
    except RosterError as error:
        messages.error(request, str(error))
        return redirect("roster-import", seen.agency.code, seen.uid)
    messages.success(request, "The file is discarded. It has changed nothing on the roster.")
    return redirect("rosters", seen.agency.code)


@require_POST
@requires(Permission.MANAGE_ROSTER)
def roster_undo(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Take an applied file back."""
    seen = import_of(request, code, uid)
    by = request.access.actor  # type: ignore[attr-defined]
    try:
        needed = second_person_needed(seen, by=by, at=timezone.now()) if seen.state == ImportState.APPLIED else ""
        if needed:
            messages.warning(request, needed)
        else:
            undo_or_hand_over(seen, by=by, at=timezone.now())
            if not is_large(seen):
                messages.success(request, "The roster is as it was before this file.")
    except RosterError as error:
        messages.error(request, str(error))
    return redirect("roster-import", seen.agency.code, seen.uid)
