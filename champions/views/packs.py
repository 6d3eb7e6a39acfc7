"""Briefing packs, for champions and who looks after them."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model

from champions.models import BriefingPack
from champions.selectors.meeting_pages import member
from champions.selectors.packs import is_offered, may_read_area, packs
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission

PLAIN = "application/octet-stream"


def _pack_or_404(request: Request, slug: str) -> BriefingPack:
    if not may_read_area(request.access, on=today()):
        raise Http404
    return get_object_or_404(packs(), slug=slug)


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def briefing_packs(request: Request) -> HttpResponse:
    """All of them."""
    if not may_read_area(request.access, on=today()):
        raise Http404
    return render(request, "champions/briefing_packs.html", {"packs": packs()})


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def briefing_pack(request: Request, slug: str) -> HttpResponse:
    """One pack: what to say, what to ask, what to leave behind."""
    context = {"pack": _pack_or_404(request, slug), "logs": member(request.access, on=today()) is not None}
    return render(request, "champions/briefing_pack.html", context)


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def briefing_handout(request: Request, slug: str) -> HttpResponse:
    """A page to print and leave behind."""
    return render(request, "champions/briefing_handout.html", {"pack": _pack_or_404(request, slug)})


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def area_file(request: Request, pk: int) -> HttpResponseBase:
    """A file that a page of the area offers, to keep; never shown in the browser, whatever it holds."""
    if not may_read_area(request.access, on=today()) or not is_offered(pk):
        raise Http404
    found = get_object_or_404(get_document_model(), pk=pk)
    if hasattr(default_storage, "signed_url"):
        address = default_storage.signed_url(found.file.name, kind=PLAIN, disposition="attachment")
        return HttpResponseRedirect(address)
    answer = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.filename, content_type=PLAIN)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
