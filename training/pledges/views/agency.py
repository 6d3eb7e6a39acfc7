"""HR's pages: what their agency has committed itself to."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Agency, Membership, Partnership
from training.people.selectors import agency_for
from training.pledges.models import Kind, Pledge
from training.pledges.selectors import kept

from .desk import Desk, changing, naming, reporting


@requires(Permission.PLEDGE)
def agency_commitments(request: Request, code: str) -> HttpResponse:
    """Everything on record, in each partnership that the agency is in."""
    agency, on = agency_for(request.access, Permission.PLEDGE, code), today()
    desks = [_desk(request, agency, each) for each in _partnerships(agency)]
    if request.method == "POST" and desks:
        return naming(desks[0])
    context = {"agency": agency, "on": on, "all_kept": [kept(agency, each.partnership, on=on) for each in desks]}
    return render(request, "pledges/agency_commitments.html", context)


@requires(Permission.PLEDGE)
def agency_commitment_new(request: Request, code: str, partnership: str, kind: str) -> HttpResponse:
    """Report one pledge to one partnership."""
    agency = agency_for(request.access, Permission.PLEDGE, code)
    found = next((each for each in _partnerships(agency) if each.code == partnership), None)
    if found is None or kind not in Kind:
        raise Http404
    return reporting(_desk(request, agency, found), Kind(kind))


@requires(Permission.PLEDGE)
def agency_commitment(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Put one right, or withdraw it."""
    agency = agency_for(request.access, Permission.PLEDGE, code)
    standing = Pledge.objects.known_now().filter(agency=agency, uid=uid, withdrawn_on=None)
    pledge = standing.select_related("agency", "partnership").first()
    if pledge is None:
        raise Http404
    return changing(_desk(request, agency, pledge.partnership), pledge)


def _partnerships(agency: Agency) -> list[Partnership]:
    """Those it is in today."""
    running = Membership.objects.known_now().current_on(today()).filter(agency=agency)
    return list(Partnership.objects.filter(pk__in=running.values("partnership")))


def _desk(request: Request, agency: Agency, partnership: Partnership) -> Desk:
    return Desk(request, agency, partnership, reverse("agency-commitments", args=[agency.code]), is_coordinator=False)
