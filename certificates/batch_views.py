"""HR's page on which certificates are printed together, and the files made of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from certificates import bulk, signing
from certificates.forms import BatchForm
from certificates.models import Batch
from certificates.tasks import print_batch
from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.people.models import Agency
from training.people.selectors import agency_for
from training.ui.templatetags.ui import uk_moment

RECORD = Permission.RECORD_COMPLETIONS
SECONDS_TO_WAIT = 5
HEADS = ["What", "How far", "How", "Asked for"]


@never_cache
@require_http_methods(["GET", "POST"])
@requires(RECORD)
def batches(request: Request, code: str) -> HttpResponse:
    """What has been printed this week, and more of it to be asked for."""
    agency = agency_for(request.access, RECORD, code)
    at = timezone.now()
    modules = bulk.modules_of(agency, on=london_date(at))
    form = BatchForm(request.POST or None, initial={"source": request.GET.get("source", "")}, modules=modules)
    if form.is_valid() and _is_asked(request, agency, form):
        return redirect("certificate-batches", agency.code)
    rows = list(Batch.objects.visible_to(request.access, agency))
    # A page that looks again by itself has no form on it, since what was chosen there would be lost.
    is_watching = any(each.ended_at is None for each in rows) and not form.errors and not request.GET
    context = {"agency": agency, "form": form, "has_modules": modules, "is_watching": is_watching}
    context["holders_get_signed"] = signing.is_on()
    context |= {"heads": HEADS, "rows": [_row(each, dict(modules), at) for each in rows]}
    response = render(request, "certificates/batches.html", context)
    if is_watching:
        response["Refresh"] = str(SECONDS_TO_WAIT)
    return response


@never_cache
@require_GET
@requires(RECORD)
def batch_file(request: Request, code: str, uid: UUID) -> HttpResponseBase:
    """What was made, to be saved; who fetched it is on record."""
    agency = agency_for(request.access, RECORD, code)
    batch = get_object_or_404(Batch.objects.visible_to(request.access, agency), uid=uid)
    path = bulk.file_of(batch)
    by, at = request.access.actor, timezone.now()
    if not batch.is_ready or not path.is_file() or bulk.is_stale(batch, at=at):
        raise Http404
    audit.record("certificates fetched", by=by, at=at, kind="batch", uid=batch.uid, agency_code=agency.code)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"learning-records{path.suffix}")


def _is_asked(request: Request, agency: Agency, form: BatchForm) -> bool:
    """Ask for it; that there is nothing goes back onto the form."""
    said, by, at = dict(form.cleaned_data), request.access.actor, timezone.now()
    try:
        batch = bulk.ask(agency, module_code=said.pop("module"), by=by, at=at, **said)
    except bulk.NothingToPrint as reason:
        form.add_error("module", str(reason))
        return False
    print_batch.enqueue(str(batch.uid))
    return True


def _row(batch: Batch, titles: dict[str, str], at: datetime) -> list[Any]:
    what = titles.get(batch.module_code, batch.module_code) or "A file of completions"
    how = f"{batch.get_form_display()}; {batch.get_shape_display()}"
    return [what, _how_far(batch, at), how, uk_moment(batch.asked_at)]


def _how_far(batch: Batch, at: datetime) -> Any:
    if batch.problem:
        return batch.problem
    if batch.ended_at is None:
        return f"{batch.done:,} of {batch.count:,} so far"
    if bulk.is_stale(batch, at=at):
        return "Out of date: people or records have changed. Make the file again."
    left_out = f", without {batch.left_out:,} that have letters we cannot print" if batch.left_out else ""
    several = ", several files in a ZIP" if batch.is_zip and batch.form == Batch.Form.PRINT else ""
    words = f"Save {batch.count - batch.left_out:,} certificates{left_out}{several}"
    return {"text": words, "url": _address(batch)}


def _address(batch: Batch) -> str:
    return reverse("certificate-batch", args=[batch.agency.code, batch.uid])
