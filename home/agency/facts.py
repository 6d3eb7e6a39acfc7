"""What figures are made of: the facts behind one, and how they moved since they were first given."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.ledger.report import Division, Figure, Figured, Restatement, facts_behind, restatements
from training.ledger.report.figures import Numbers
from training.pathways.models import Module
from training.people.models import RoleGroup, Team
from training.ui.templatetags.ui import uk_date

from .filters import PeopleFilters, choices_of
from .known import TooManyPosts, refuse_too_many
from .links import address, days_chosen
from .listing import PER_PAGE, Wanted
from .overview import percent
from .visit import looked, visit

FACT_HEADS = ["Name", "Module", "Standing", "Because of", "Made from"]
RESTATED_HEADS = ["Became known on", "Team or role group", "Module", "Before", "After", "What became known"]


@requires(Permission.SEE_STAFF)
def facts(request: Request, code: str) -> HttpResponse:
    """By name, the posts of one figure of the matrix, each with the facts that its standing was worked out from."""
    seen = visit(request, code)
    back = reverse("agency-matrix", args=[seen.agency.code])
    form = PeopleFilters(request.GET, choices=choices_of(seen.agency, on=seen.on))
    try:
        refuse_too_many(seen.agency, on=seen.on, known_at=seen.known_at or seen.at)
    except TooManyPosts as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    number = _page_number(request)
    found = facts_behind(
        request.access,
        seen.agency,
        _figure(form.wanted),
        on=seen.on,
        known_at=seen.known_at or seen.at,
        page=number,
        per_page=PER_PAGE,
    )
    looked(request, seen, "facts read", rows=len(found))
    context = {
        "agency": seen.agency,
        "seen": seen,
        "heads": FACT_HEADS,
        "rows": [_line(each) for each in found],
        "narrowed": [words for words in form.small_print if words[1] != "None"],
        "previous": _turned(request, number - 1) if number > 1 else "",
        "next": _turned(request, number + 1) if len(found) == PER_PAGE else "",
        "back": address(back, days_chosen(request)),
    }
    return render(request, "home/agency/facts.html", context)


@requires(Permission.SEE_STAFF)
def restated(request: Request, code: str) -> HttpResponse:
    """How the figures as at a day, first given as known on another, have moved since: when, from what, and why."""
    seen = visit(request, code)
    back = address(reverse("agency-matrix", args=[seen.agency.code]), days_chosen(request))
    if seen.known_at is None:
        messages.error(request, "Say on which day the figures were first given, under 'As known on'.")
        return redirect(back)
    try:
        refuse_too_many(seen.agency, on=seen.on, known_at=seen.at)
    except TooManyPosts as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    found = restatements(seen.agency, on=seen.on, first_at=seen.known_at, known_at=seen.at)
    looked(request, seen, "restatements read")
    groups = dict(RoleGroup.objects.values_list("code", "title"))
    context = {
        "agency": seen.agency,
        "seen": seen,
        "heads": RESTATED_HEADS,
        "rows": [_restated(each, groups) for each in found],
        "back": back,
    }
    return render(request, "home/agency/restated.html", context)


def _figure(wanted: Wanted) -> Figure:
    """The figure that the filters name: of a team or else of a role group, and of one module or of all."""
    division, part = Division.NONE, ""
    if wanted.team:
        division, part = Division.TEAM, Team.objects.get(pk=wanted.team).title
    elif wanted.role_group:
        division, part = Division.ROLE_GROUP, RoleGroup.objects.get(pk=wanted.role_group).code
    if not wanted.module:
        return Figure(division, part)
    module = Module.objects.select_related("pathway__partnership").get(pk=wanted.module)
    return Figure(division, part, module.pathway.partnership.code, module.code)


def _line(each: Figured) -> list[Any]:
    facts = "; ".join(
        f"{fact.what}, {uk_date(fact.starts_on)}"
        f"{f' to {uk_date(fact.ends_on)}' if fact.ends_on else ''}"
        f"{f' (entry {fact.entry})' if fact.entry else ''}"
        for fact in each.facts
    )
    return [each.name, each.line.module, {"state": each.line.state}, "; ".join(each.reasons), facts]


def _restated(each: Restatement, groups: dict[str, str]) -> list[Any]:
    figure = each.figure
    part = groups.get(figure.part, figure.part) if figure.divided_by is Division.ROLE_GROUP else figure.part
    words = "; ".join(f"{what}: {count}" for what, count in each.because)
    whole = "All" if figure.divided_by is Division.NONE else "None named"
    return [uk_date(each.known_on), part or whole, figure.module or "All", _said(each.before), _said(each.after), words]


def _said(numbers: Numbers | None) -> str:
    if numbers is None:
        return "Not given"
    return f"{numbers.valid} of {numbers.counted}, {percent(numbers.valid, numbers.counted)}"


def _page_number(request: Request) -> int:
    text = request.GET.get("page", "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 5 else 1


def _turned(request: Request, number: int) -> str:
    return address("", request.GET.dict() | {"page": str(number)})
