"""HR's pages for what is agreed for single posts: requests for more time, exemptions, and several posts at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from training.access.clock import london_date, today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.ledger.freshness import brought_up_to_date
from training.pathways import services as pathways
from training.pathways.models import Exemption, ExtensionRequest, Module
from training.people.models import Agency
from training.people.selectors import agency_for
from training.rules.forms import AgreeForm, DecisionForm, EndExemptionForm, PeopleForm
from training.rules.posts import (
    asked_for,
    exemptions_now,
    is_of_somebody_else,
    modules_asked,
    name_of,
    requests_waiting,
)
from training.rules.services import decide

from .editing import uids

KEEP = Permission.KEEP_RULES
OWN = "One of these posts is your own, so nothing was changed. Another person with the HR role agrees that with you."


def _agency(request: Request, code: str) -> Agency:
    return agency_for(request.access, KEEP, code)


@requires(KEEP)
def agreements(request: Request, code: str) -> HttpResponse:
    """What waits for a decision, and who is excused from what."""
    agency = _agency(request, code)
    at = timezone.now()
    waiting, excused = (
        requests_waiting(agency, request.access),
        exemptions_now(agency, request.access, on=london_date(at)),
    )
    _looked(request, agency, at=at, rows=len(waiting) + len(excused))
    context = {
        "agency": agency,
        "waiting": [(row, name_of(row.post)) for row in waiting],
        "excused": [(row, name_of(row.post)) for row in excused],
    }
    return render(request, "rules/agreements.html", context)


@requires(KEEP)
def extension_request(request: Request, code: str, uid: UUID) -> HttpResponse:
    """One request: agree to its day or another, or decline."""
    agency = _agency(request, code)
    rows = ExtensionRequest.objects.within(agency).waiting().of_others(request.access)
    seen = get_object_or_404(
        rows.select_related("post__employment__person__user", "post__employment__agency", "module"), uid=uid
    )
    at = timezone.now()
    is_declined = request.POST.get("do") == "decline"
    form = DecisionForm(None if is_declined else request.POST or None, initial={"due_on": seen.wished_on})
    if is_declined or form.is_valid():
        try:
            due_on = None if is_declined else form.cleaned_data["due_on"]
            decide(request=seen, due_on=due_on, by=request.access.actor, at=at)
        except pathways.PathwayError as refusal:
            if is_declined:
                raise Http404 from refusal
            form.add_error("due_on", str(refusal))
        else:
            messages.success(request, "Declined." if is_declined else "The due date has been moved.")
            return redirect("agreements", agency.code)
    _looked(request, agency, at=at, rows=1)
    context = {"agency": agency, "seen": seen, "name": name_of(seen.post), "form": form}
    return render(request, "rules/request.html", context)


@requires(KEEP)
def exemption_end(request: Request, code: str, number: int) -> HttpResponse:
    """The last day on which somebody is excused."""
    agency = _agency(request, code)
    rows = (
        Exemption.objects.within(agency)
        .known_now()
        .of_others(request.access)
        .select_related("post__employment__person", "module")
    )
    seen = get_object_or_404(rows, pk=number)
    form = EndExemptionForm(request.POST or None, initial={"ends_on": today()})
    if form.is_valid():
        try:
            pathways.end_exemption(
                exemption=seen, ends_on=form.cleaned_data["ends_on"], by=request.access.actor, at=timezone.now()
            )
        except pathways.PathwayError as refusal:
            form.add_error("ends_on", str(refusal))
        else:
            messages.success(request, "The exemption ends on that day. The days of induction run afresh after it.")
            return redirect("agreements", agency.code)
    context = {"agency": agency, "seen": seen, "name": name_of(seen.post), "form": form}
    return render(request, "rules/exemption_end.html", context)


@requires(KEEP)
def agree(request: Request, code: str) -> HttpResponse:
    """Choose a module, tick people, say what was agreed. Refused whole if one of them is not the agency's."""
    agency = _agency(request, code)
    at = timezone.now()
    on = london_date(at)
    fresh = brought_up_to_date(at=at, agency=agency)
    modules = modules_asked(agency, on=on)
    people = PeopleForm(request.GET or None, modules=modules)
    wanted = people.cleaned_data if people.is_valid() else {}
    module = next((each for each in modules if each.pk == wanted.get("module")), None)
    form = AgreeForm(request.POST or None)
    ticked = request.POST.getlist("post")
    if module and form.is_valid():
        try:
            messages.success(request, _agreed(request, agency, module, uids(ticked), form.cleaned_data))
        except pathways.OutOfScope as strange:
            raise Http404 from strange
        except pathways.PathwayError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("agreements", agency.code)
    context: dict[str, Any] = {"agency": agency, "people": people, "module": module, "form": form, "ticked": ticked}
    context["fresh"] = fresh
    if module:
        context["rows"], context["left_off"] = asked_for(
            agency, request.access, module.pk, text=wanted.get("text", ""), on=on
        )
        _looked(request, agency, at=at, rows=len(context["rows"]))
    return render(request, "rules/agree.html", context)


def _agreed(request: Request, agency: Agency, module: Module, chosen: set[UUID], said: dict[str, Any]) -> str:
    if not is_of_somebody_else(request.access, chosen):
        raise pathways.PathwayError(OWN)
    at = timezone.now()
    named: dict[str, Any] = {"agency": agency, "uids": chosen, "module": module, "by": request.access.actor, "at": at}
    if said["do"] == AgreeForm.EXTEND:
        done = pathways.extend_posts(due_on=said["until"], **named)
        return _counted(done, len(chosen), "due date has been moved", "due dates have been moved")
    done = pathways.exempt_posts(
        starts_on=london_date(at), ends_on=said["until"], reason_code=said["reason_code"], **named
    )
    return _counted(done, len(chosen), "person is excused", "people are excused")


def _counted(done: int, of: int, one: str, many: str) -> str:
    rest = f" {of - done} had it already." if done < of else ""
    return f"{done} {one if done == 1 else many}.{rest}"


def _looked(request: Request, agency: Agency, *, at: Any, rows: int) -> None:
    """Who looked at names, and when."""
    audit.record("agreements read", by=request.access.actor, at=at, agency_code=agency.code, rows=rows)
