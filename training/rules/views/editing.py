"""What every editor of a rule does: type, look at what it would do, then save."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from training.access.gates import Request
from training.audit import services as audit
from training.pathways import services as pathways
from training.pathways.models import Module, Requirement
from training.pathways.rules import RuleVersion, problems
from training.rules.forms import EndForm, RuleForm
from training.rules.preview import Preview, preview_change, preview_end
from training.rules.selectors import state_of_rule
from training.rules.wording import WAYS, Way, said_rows, way_of

UNTOUCHED = ("csrfmiddlewaretoken", "confirm", "edit", "seen")
CHANGED_SINCE = "The rules of this module have been changed since you looked. This is what it would do now."


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a rule is edited: by whom, what the page is called, the way back, and to another way of meeting it."""

    owner: str
    title: str
    back_url: str
    way_url: str = ""


def chosen_way(request: Request, running: RuleVersion | None) -> Way:
    """The way named in the address, else the one that runs, else the first."""
    named = request.GET.get("way", "")
    standing = way_of(running) if running else WAYS[0]
    return next((way for way in WAYS if way.code == named), standing)


def change_page(
    request: Request,
    desk: Desk,
    requirement: Requirement,
    base: RuleVersion | None,
    *,
    on: date,
    save: Callable[[RuleForm, bool], HttpResponse],
) -> HttpResponse:
    """The form, then the preview, then `save(form, is_proposal)`. An agency's version that asks less is a proposal."""
    way = chosen_way(request, base)
    form = RuleForm(request.POST or None, way=way, base=base, initial={"from_on": on})
    context = {"desk": desk, "rule": requirement, "way": way, "form": form, "on": on}
    if not form.is_valid() or "edit" in request.POST:
        return render(request, "rules/edit.html", context)
    new = pathways.proposed(requirement, on=form.from_day, **form.said)
    if reasons := problems(new):
        for reason in reasons:
            form.add_error(None, reason)
        return render(request, "rules/edit.html", context)
    less = pathways.asks_less(requirement, new) if requirement.agency_id else []
    seen = state_of_rule(requirement)
    if "confirm" in request.POST and request.POST.get("seen") == seen:
        try:
            return save(form, bool(less))
        except pathways.PathwayError as refusal:
            form.add_error(None, str(refusal))
            return render(request, "rules/edit.html", context)
    preview = preview_change(requirement, new, access=request.access, on=on)
    context |= {"said": said_rows(new), "less": less, "from_on": new.starts_on, "ends_on": new.ends_on}
    return _preview_page(request, context, preview, seen)


def end_page(
    request: Request, desk: Desk, requirement: Requirement, *, on: date, save: Callable[[date], HttpResponse]
) -> HttpResponse:
    """The last day, then the preview, then `save(last_on)`."""
    form = EndForm(request.POST or None, initial={"last_on": on})
    context: dict[str, Any] = {"desk": desk, "rule": requirement, "form": form, "on": on, "is_end": True}
    if not form.is_valid() or "edit" in request.POST:
        return render(request, "rules/end.html", context)
    last_on, seen = form.cleaned_data["last_on"], state_of_rule(requirement)
    if "confirm" in request.POST and request.POST.get("seen") == seen:
        try:
            return save(last_on)
        except pathways.PathwayError as refusal:
            form.add_error("last_on", str(refusal))
            return render(request, "rules/end.html", context)
    context |= {"last_on": last_on}
    return _preview_page(request, context, preview_end(requirement, last_on, access=request.access, on=on), seen)


def _preview_page(request: Request, context: dict[str, Any], preview: Preview, seen: str) -> HttpResponse:
    previewed(request, context["rule"])
    typed = [(name, value) for name, value in request.POST.items() if name not in UNTOUCHED]
    stale = CHANGED_SINCE if "confirm" in request.POST else ""
    return render(
        request, "rules/preview.html", context | {"preview": preview, "seen": seen, "typed": typed, "stale": stale}
    )


def previewed(request: Request, requirement: Requirement) -> None:
    """Who looked what a change of which module's rules would do."""
    module, agency = requirement.module, requirement.agency
    audit.record(
        "rule previewed",
        by=request.access.actor,
        at=timezone.now(),
        kind="module",
        uid=module.code,
        agency_code=agency.code if agency else "",
        partnership_code=module.pathway.partnership.code,
    )


def uids(ticked: list[str]) -> set[UUID]:
    """The posts that were ticked; 404 for what is no identifier."""
    try:
        return {UUID(each) for each in ticked}
    except ValueError as wrong:
        raise Http404 from wrong


def unsaved(*, module: Module, **more: Any) -> Requirement:
    """The rule for an audience and a module: the one there is, or one that has no row yet."""
    named = {"module": module, "role_group_id": None, "designation_id": None, "agency_kind": "", "agency": None}
    named |= more
    return Requirement.objects.filter(**named).first() or Requirement(**named)
