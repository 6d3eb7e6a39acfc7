"""An auditor's pages of one partnership. Reading them is on record (`middleware.py`)."""

import secrets
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.inspection.errors import InspectionRefused
from training.inspection.forms import SampleForm
from training.inspection.models import Sample
from training.inspection.selectors import look
from training.inspection.selectors.trace import traced
from training.inspection.services.samples import draw_sample
from training.inspection.trace import HEAD, rows_of
from training.people.models import Partnership, RoleGrant
from training.people.selectors import partnership_for
from training.strategy.forms import DayForm
from training.ui.spreadsheet import csv_file, xlsx_bytes

INSPECT = Permission.INSPECT
A_PAGE = 50
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _mine(request: Request, code: str) -> Partnership:
    return partnership_for(request.access, INSPECT, code)


@require_safe
@requires(INSPECT)
def audit(request: Request, code: str) -> HttpResponse:
    """What there is to read, and until when."""
    partnership = _mine(request, code)
    today = london_date(timezone.now())
    grants = RoleGrant.objects.filter(user=request.access.user_id, partnership=partnership, role_code="auditor")
    grant = grants.current_on(today).order_by("-ends_on").first()
    return render(request, "inspection/audit.html", {"partnership": partnership, "grant": grant})


@require_safe
@requires(INSPECT)
def audit_rules(request: Request, code: str) -> HttpResponse:
    """Every rule as it ran on a day, as known now."""
    partnership = _mine(request, code)
    at = timezone.now()
    today = london_date(at)
    form = DayForm({"as_at": request.GET.get("as_at") or today.isoformat()}, today=today)
    on = form.cleaned_data["as_at"] if form.is_valid() else today
    page = Paginator(look.rules_on(partnership, on=on, known_at=at), A_PAGE).get_page(request.GET.get("page"))
    context = {"partnership": partnership, "form": form, "on": on, "at": at, "page": page}
    return render(request, "inspection/rules.html", context, status=200 if form.is_valid() else 400)


@require_safe
@requires(INSPECT)
def audit_files(request: Request, code: str) -> HttpResponse:
    """Rosters and files of completions that its agencies sent."""
    partnership = _mine(request, code)
    is_of_completions = request.GET.get("of") == "completions"
    found = look.completion_files_of(partnership) if is_of_completions else look.rosters_of(partnership)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    files = look.loaded(list(page.object_list))
    context = {"partnership": partnership, "page": page, "files": files, "is_of_completions": is_of_completions}
    return render(request, "inspection/files.html", context)


@require_safe
@requires(INSPECT)
def audit_changes(request: Request, code: str) -> HttpResponse:
    """What was changed, when, and by which role."""
    partnership = _mine(request, code)
    changes = look.changes_of(partnership, at=timezone.now())
    page = Paginator(changes, A_PAGE).get_page(request.GET.get("page"))
    context = {"partnership": partnership, "page": page, "changes": look.changed(list(page.object_list))}
    return render(request, "inspection/changes.html", context)


@requires(INSPECT)
def audit_samples(request: Request, code: str) -> HttpResponse:
    """Samples drawn so far, and drawing one more."""
    partnership = _mine(request, code)
    at = timezone.now()
    form = SampleForm(request.POST or None, today=london_date(at), seed=secrets.token_hex(4))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            sample = draw_sample(partnership=partnership, **given, by=request.access.actor, at=at)
        except InspectionRefused as reason:
            form.add_error("seed", str(reason))
        else:
            return redirect("audit-sample", partnership.code, sample.uid)
    samples = Sample.objects.filter(partnership=partnership)
    context = {"partnership": partnership, "form": form, "samples": samples}
    return render(request, "inspection/samples.html", context, status=400 if form.errors else 200)


def _sample(request: Request, code: str, uid: UUID) -> Sample:
    found = Sample.objects.filter(partnership=_mine(request, code), uid=uid).select_related("partnership").first()
    if found is None:
        raise Http404
    return found


@require_safe
@requires(INSPECT)
def audit_sample(request: Request, code: str, uid: UUID) -> HttpResponse:
    """The posts of a sample."""
    sample = _sample(request, code, uid)
    return render(request, "inspection/sample.html", {"sample": sample, "posts": traced(sample)})


@require_safe
@requires(INSPECT)
def audit_trace(request: Request, code: str, uid: UUID, number: int) -> HttpResponse:
    """One post of a sample, from roster to evidence."""
    sample = _sample(request, code, uid)
    post = next(iter(traced(sample, number)), None)
    if post is None:
        raise Http404
    return render(request, "inspection/trace.html", {"sample": sample, "post": post})


@require_safe
@requires(INSPECT)
def audit_sample_file(request: Request, code: str, uid: UUID, kind: str) -> HttpResponse:
    """All of a sample as a file."""
    sample = _sample(request, code, uid)
    if kind not in TYPES:
        raise Http404
    rows = list(rows_of(traced(sample)))
    content = xlsx_bytes("Sample", HEAD, rows) if kind == "xlsx" else "".join(csv_file(HEAD, rows)).encode()
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="learning-sample-{sample.number}.{kind}"'
    return answer
