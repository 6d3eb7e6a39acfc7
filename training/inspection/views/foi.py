"""A partnership's freedom-of-information pack: what is in it, asking for it, and its file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.inspection.errors import InspectionRefused
from training.inspection.foi import Told
from training.inspection.method import parts_of
from training.inspection.models import FoiPack
from training.inspection.services import foi as services
from training.people.selectors import partnership_for

SEE, KEEP = Permission.SEE_COVERAGE, Permission.MANAGE_PATHWAY


@require_safe
@requires(SEE)
def foi_pack(request: Request, code: str) -> HttpResponse:
    """The pack as it stands: none, being made, ready, or why it could not be made."""
    partnership = partnership_for(request.access, SEE, code)
    pack = FoiPack.objects.filter(partnership=partnership).defer("content").first()
    context = {
        "partnership": partnership,
        "pack": pack,
        "parts": parts_of(Told.read(pack.told)) if pack and pack.made_at else [],
        "kept_until": pack.asked_at + services.KEPT if pack else None,
        "keeps": request.access.may(KEEP, partnership_id=partnership.pk),
    }
    return render(request, "inspection/foi.html", context)


@require_POST
@requires(KEEP)
def foi_pack_ask(request: Request, code: str) -> HttpResponse:
    """Have it made; what is refused is said on its page."""
    partnership = partnership_for(request.access, KEEP, code)
    try:
        services.ask_for_pack(partnership=partnership, by=request.access.actor, at=timezone.now())
    except InspectionRefused as reason:
        messages.error(request, str(reason))
    return redirect("foi-pack", partnership.code)


@require_safe
@requires(SEE)
def foi_pack_file(request: Request, code: str) -> HttpResponse:
    """All of it in one file, under a name that says nothing, and on record."""
    partnership = partnership_for(request.access, SEE, code)
    pack = FoiPack.objects.filter(partnership=partnership, made_at__isnull=False).first()
    if pack is None or pack.content is None:
        raise Http404
    by, at = request.access.actor, timezone.now()
    audit.record(
        "freedom-of-information pack exported", by=by, at=at, kind="foi pack", partnership_code=partnership.code
    )
    answer = HttpResponse(bytes(pack.content), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="learning-figures-{pack.asked_at:%Y-%m-%d}.zip"'
    return answer
