"""The holder's own pages, and the page on which anyone can check a certificate."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.http import FileResponse, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_http_methods

from certificates import limits, printing, selectors
from certificates.code import NotACode, normalised
from certificates.forms import CodeForm
from certificates.models import Certificate
from training.access.clock import today
from training.access.gates import Request, public, requires
from training.access.permissions import Permission

View = Callable[..., HttpResponse]
NOT_OURS = "We did not issue a certificate with this code."
TOO_MANY = "Too many checks from one place. Wait a minute, then try again."


@require_GET
@requires(Permission.LEARN)
def certificates(request: Request) -> HttpResponse:
    """One's own certificates."""
    own = selectors.own_certificates(request.access, on=today())
    return render(request, "certificates/certificates.html", {"certificates": own})


@require_GET
@requires(Permission.LEARN)
def certificate(request: Request, uid: UUID) -> HttpResponse:
    """One certificate: what it says, its code, and the ways to carry it."""
    own = selectors.own_certificate(request.access, uid, on=today())
    return render(request, "certificates/certificate.html", {"certificate": own})


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
    try:
        path = printing.printed(own)
    except printing.CannotPrint as reason:
        status = 409 if isinstance(reason, printing.NeedsAnotherFont) else 503
        return render(
            request, "certificates/cannot_print.html", {"certificate": own, "reason": str(reason)}, status=status
        )
    name = f"learning-record-{own.code[-4:]}.pdf"
    return FileResponse(path.open("rb"), content_type="application/pdf", as_attachment=as_attachment, filename=name)


def unlisted(view: View) -> View:
    """Kept out of search engines, and out of caches: what a certificate is worth changes from day to day."""

    @wraps(view)
    def marked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["Accept"])
        return response

    return marked


@require_http_methods(["GET", "HEAD", "POST"])
@public
@unlisted
def verify(request: Request) -> HttpResponse:
    """Where a code is typed."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        return redirect("verify-code", form.cleaned_data["code"])
    return render(request, "certificates/verify.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD"])
@public
@unlisted
def verify_code(request: Request, code: str) -> HttpResponse:
    """What a certificate is worth today; as a page, or as JSON for those who ask for that."""
    if limits.is_too_many(get_adapter(request).get_client_ip(request), at=timezone.now()):
        response = _refusal(request, TOO_MANY, "certificates/too_many.html", 429)
        response["Retry-After"] = "60"
        return response
    try:
        found = selectors.checked(normalised(code), on=today())
    except NotACode:
        found = None
    if found is None:
        return _refusal(request, NOT_OURS, "certificates/not_ours.html", 404)
    if _wants_json(request):
        return JsonResponse(found.as_json())
    return render(request, "certificates/verified.html", {"checked": found})


def _refusal(request: Request, reason: str, template: str, status: int) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"is_ours": False if status == 404 else None, "reason": reason}, status=status)
    return render(request, template, {"form": CodeForm()}, status=status)


def _wants_json(request: Request) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
