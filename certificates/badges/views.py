"""A certificate as a badge for its holder; the site's keys and its lists of suspended badges for everybody."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from certificates import selectors
from certificates.badges import bake, site, status
from certificates.badges.keys import NoKey
from certificates.badges.proof import Document
from certificates.models import Certificate
from certificates.verify_views import is_too_many, too_many
from training.access.clock import london_date, today
from training.access.gates import Request, public, requires
from training.access.permissions import Permission

SHAPES: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "json": ("application/vc+ld+json", lambda document: bake.as_text(document).encode()),
    "png": ("image/png", bake.png),
    "svg": ("image/svg+xml", bake.svg),
}
NO_KEY = "This server has no key to sign badges with. Ask its administrator."


@require_GET
@requires(Permission.LEARN)
def badge(request: Request, uid: UUID, shape: str) -> HttpResponse:
    """One of one's own certificates as a badge: the credential, or a picture that holds it."""
    rows = Certificate.objects.visible_to(request.access).filter(superseded_by__isnull=True)
    own = get_object_or_404(rows.select_related("completion__person", "showing"), uid=uid)
    if not selectors.own_certificate(request.access, uid, on=today()).has_badge:
        raise Http404  # nothing is signed anew that was withdrawn, or that is recorded only
    try:
        document = site.badge(own, name=own.name_shown, at=timezone.now())
    except NoKey:
        return render(request, "certificates/cannot_print.html", {"certificate": own, "reason": NO_KEY}, status=503)
    kind, baked = SHAPES[shape]
    response = HttpResponse(baked(document), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="learning-record-{own.code[-4:]}.{shape}"'
    return response


@require_GET
@public
@cache_control(max_age=3600)
def did(request: Request) -> HttpResponse:
    """Who signs badges here, and with which keys."""
    return JsonResponse(site.did_document())


@require_GET
@public
@cache_control(max_age=300)
def badge_status(request: Request, which: int) -> HttpResponse:
    """The signed list that says which badges are suspended today."""
    if is_too_many(request):
        return too_many(request, is_json=True)
    at = timezone.now()
    if not status.exists(which):
        raise Http404
    places = status.suspended(which, on=london_date(at))
    document = status.status_list(site.list_address(which), places, issuer=site.issuer(), at=at)
    try:
        return JsonResponse(site.signed(document, at=at), content_type="application/vc+ld+json")
    except NoKey:
        raise Http404 from None
