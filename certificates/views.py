"""The holder's own pages."""

import io
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from certificates import chain, choices, printing, selectors, signing
from certificates.forms import ShowingForm
from certificates.looks import Shape
from certificates.models import Certificate
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.press import press


@require_GET
@requires(Permission.LEARN)
def certificates(request: Request) -> HttpResponse:
    """One's own certificates."""
    own = selectors.own_certificates(request.access, on=today())
    return render(request, "certificates/certificates.html", {"certificates": own})


@require_GET
@requires(Permission.LEARN)
def certificate(request: Request, uid: UUID) -> HttpResponse:
    """One certificate: what it says, its code, the ways to carry it, and what came before and after it."""
    own = selectors.own_certificate(request.access, uid, on=today())
    rows = Certificate.objects.visible_to(request.access)
    row = rows.select_related("completion__module", "completion__person", "showing").get(uid=uid)
    others = [each for each in chain.own_chain(request.access, row) if each.uid != uid]
    press.warm()  # what is looked at is fetched soon after
    context = {"certificate": own, "others": others, "shown": choices.chosen(row), "name_shown": row.name_shown}
    return render(request, "certificates/certificate.html", context)


@require_GET
@requires(Permission.LEARN)
def certificate_of(request: Request, uid: UUID) -> HttpResponse:
    """From one's own completion to its certificate."""
    return redirect(selectors.certificate_of_own(request.access, uid, at=timezone.now()))


@require_GET
@requires(Permission.LEARN)
def certificate_download(request: Request, uid: UUID) -> HttpResponseBase:
    """The PDF, to keep."""
    return _pdf(request, uid, as_attachment=True)


@require_GET
@requires(Permission.LEARN)
def certificate_print(request: Request, uid: UUID) -> HttpResponseBase:
    """The PDF, opened in the browser to be printed."""
    return _pdf(request, uid, as_attachment=False)


def _pdf(request: Request, uid: UUID, *, as_attachment: bool) -> HttpResponseBase:
    own = get_object_or_404(Certificate.objects.visible_to(request.access), uid=uid)
    wished = request.GET.get("shape", "")
    try:
        path = printing.printed(own, Shape(wished) if wished in Shape.values else None)
        file = io.BytesIO(signing.signed(path.read_bytes())) if signing.is_on() else path.open("rb")
    except press.CannotPrint as reason:
        status = 409 if isinstance(reason, press.NeedsAnotherFont) else 503
        return render(
            request, "certificates/cannot_print.html", {"certificate": own, "reason": str(reason)}, status=status
        )
    name = f"learning-record-{own.code[-4:]}.pdf"
    return FileResponse(file, content_type="application/pdf", as_attachment=as_attachment, filename=name)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def certificate_showing(request: Request, uid: UUID) -> HttpResponse:
    """What a check of one's own certificate shows, and how often it was checked."""
    own = get_object_or_404(Certificate.objects.visible_to(request.access).select_related("showing"), uid=uid)
    form = ShowingForm(request.POST if request.method == "POST" else None, initial=choices.chosen(own))
    if form.is_valid():
        choices.choose(own, form.cleaned_data, by=request.access.actor, at=timezone.now())
        messages.success(request, "Saved. A check shows this from now on.")
        return redirect(own)
    looks = own.showing_or_none.looks if own.showing_or_none else 0
    return render(request, "certificates/showing.html", {"certificate": own, "form": form, "looks": looks})
