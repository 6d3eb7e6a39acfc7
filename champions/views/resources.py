"""The champions' shelf: what they read, print and show, for champions and who looks after them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from champions.selectors.packs import may_read_area, resources_on_shelf
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Partnership


def _reader_or_404(request: Request) -> None:
    if not may_read_area(request.access, on=today()):
        raise Http404


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def resources(request: Request) -> HttpResponse:
    """All of them, by what they are for."""
    _reader_or_404(request)
    coordinated = request.access.partnerships(Permission.COORDINATE_CHAMPIONS)
    network = Partnership.objects.filter(pk__in=coordinated).first()
    return render(request, "champions/resources.html", {"resources": resources_on_shelf(), "network": network})


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def resource(request: Request, slug: str) -> HttpResponse:
    """One of them."""
    _reader_or_404(request)
    return render(request, "champions/resource.html", {"resource": get_object_or_404(resources_on_shelf(), slug=slug)})
