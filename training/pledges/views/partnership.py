"""The coordinator's pages: agencies down and commitments across, what waits to be confirmed, and one agency."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.pathways.models import PathwayVersion
from training.people.models import Agency, Partnership
from training.people.selectors import partnership_for
from training.pledges.forms import CharterForm, ShowForm
from training.pledges.models import Charter, Kind, Pledge
from training.pledges.selectors import Line, is_to_live_version, kept, lines, members, narrowed, waiting
from training.pledges.services import name_charter
from training.pledges.wording import in_brief, rows, title_of

from .desk import Desk, changing, naming, reporting

AGENCIES = 50  # on a page: a region has hundreds


@requires(Permission.MANAGE_PATHWAY)
def commitments(request: Request, code: str) -> HttpResponse:
    """Every agency with what it holds; first what waits to be confirmed."""
    partnership = partnership_for(request.access, Permission.MANAGE_PATHWAY, code)
    charter = Charter.objects.filter(partnership=partnership).first()
    live = PathwayVersion.objects.filter(pathway__partnership=partnership, status=PathwayVersion.Status.LIVE).exists()
    kinds = [kind for kind in Kind if kind != Kind.CHARTER or charter]
    form = ShowForm(request.GET)
    show = form.cleaned_data["show"] if form.is_valid() else ""
    every = lines(partnership, on=today())
    shown = narrowed(every, show, kinds=kinds, has_live_version=live)
    page = Paginator(shown, AGENCIES).get_page(request.GET.get("page"))
    titles = [title_of(kind, charter) for kind in kinds]
    context = {
        "partnership": partnership,
        "charter": charter,
        "form": form,
        "page": page,
        "head": ["Agency", "Pathway", *titles],
        "rows": [_row(partnership, line, kinds) for line in page.object_list],
        "waiting": [(each, title_of(Kind(each.kind), charter), rows(each)) for each in waiting(partnership, every)],
    }
    return render(request, "pledges/commitments.html", context)


def _row(partnership: Partnership, line: Line, kinds: list[Kind]) -> list[Any]:
    url = reverse("commitments-agency", args=[partnership.code, line.agency.code])
    signed = "Not signed up"
    if line.sign_up:
        signed = f"Version {line.sign_up.version.number}"
        signed += "" if is_to_live_version(line.sign_up) else ", not the live one"
    return [{"text": line.agency.title, "url": url}, signed, *(in_brief(kind, line.of_kind[kind]) for kind in kinds)]


@requires(Permission.MANAGE_PATHWAY)
def charter(request: Request, code: str) -> HttpResponse:
    """Say what agencies are asked to sign."""
    partnership = partnership_for(request.access, Permission.MANAGE_PATHWAY, code)
    standing = Charter.objects.filter(partnership=partnership).first()
    said = (
        {"title": standing.title, "address": standing.address, "tiers": "\n".join(standing.tiers)} if standing else {}
    )
    form = CharterForm(request.POST or None, initial=said)
    if form.is_valid():
        name_charter(partnership=partnership, by=request.access.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("commitments", partnership.code)
    return render(request, "pledges/charter.html", {"partnership": partnership, "form": form})


@requires(Permission.MANAGE_PATHWAY)
def commitments_agency(request: Request, code: str, agency: str) -> HttpResponse:
    """One agency: everything on record."""
    desk = _desk(request, code, agency)
    if request.method == "POST":
        return naming(desk)
    found = kept(desk.agency, desk.partnership, on=today())
    return render(request, "pledges/commitments_agency.html", {"agency": desk.agency, "kept": found})


@requires(Permission.MANAGE_PATHWAY)
def commitment_new(request: Request, code: str, agency: str, kind: str) -> HttpResponse:
    """Report a pledge for an agency, having seen it."""
    desk = _desk(request, code, agency)
    if kind not in Kind:
        raise Http404
    return reporting(desk, Kind(kind))


@requires(Permission.MANAGE_PATHWAY)
def commitment(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Confirm one, put it right, or withdraw it."""
    partnership = partnership_for(request.access, Permission.MANAGE_PATHWAY, code)
    standing = Pledge.objects.known_now().filter(partnership=partnership, uid=uid, withdrawn_on=None)
    pledge = standing.select_related("agency", "partnership").first()
    if pledge is None:
        raise Http404
    desk = _desk(request, code, pledge.agency.code)
    if request.POST.get("do") == "confirm":
        desk = replace(desk, back_url=reverse("commitments", args=[partnership.code]))
    return changing(desk, pledge)


def _desk(request: Request, code: str, agency: str) -> Desk:
    """One of the partnership's agencies; any other does not exist (404)."""
    partnership = partnership_for(request.access, Permission.MANAGE_PATHWAY, code)
    there = members(partnership, on=today())
    found: Agency | None = next((each for each in there if each.code.lower() == agency.lower()), None)
    if found is None:
        raise Http404
    back_url = reverse("commitments-agency", args=[partnership.code, found.code])
    return Desk(request, found, partnership, back_url, is_coordinator=True)
