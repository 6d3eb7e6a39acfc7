"""What figures are made of: the facts behind one, and how they moved since they were first given."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.ledger.report import Division, Figure, Figured, Restatement, facts_behind, restatements
from training.ledger.report.figures import Numbers
from training.pathways.models import Module
from training.people.models import RoleGroup, Team
from training.ui.standings import STANDINGS
from training.ui.templatetags.ui import uk_date

from .files import table_file
from .filters import PeopleFilters, choices_of
from .known import TooManyPosts, refuse_too_many
from .links import address, days_chosen
from .listing import PER_PAGE, Wanted
from .overview import percent
from .visit import Visit, looked, visit

FACT_HEADS = ["Name", "Module", "Standing", "Because of", "Made from"]
RESTATED_HEADS = ["Became known on", "Team or role group", "Module", "Before", "After", "What became known"]


ALL = 1_000_000


class NotSaid(Exception):
    """It is not said since when; the text can be shown to a person."""


@requires(Permission.SEE_STAFF)
def facts(request: Request, code: str) -> HttpResponse:
    """By name, the posts of one figure of the matrix, each with the facts that its standing was worked out from."""
    seen = visit(request, code)
    back = address(reverse("agency-matrix", args=[seen.agency.code]), days_chosen(request))
    form = PeopleFilters(request.GET, choices=choices_of(seen.agency, on=seen.on))
    number = _page_number(request)
    try:
        found = _behind(request, seen, form.wanted, page=number, per_page=PER_PAGE)
    except TooManyPosts as refusal:
        messages.error(request, str(refusal))
        return redirect("agency-matrix", seen.agency.code)
    looked(request, seen, "facts read", rows=len(found))
    context = {
        "agency": seen.agency,
        "seen": seen,
        "heads": FACT_HEADS,
        "rows": [_line(each) for each in found],
        "narrowed": [words for words in form.small_print if words[1] != "None"],
        "previous": _turned(request, number - 1) if number > 1 else "",
        "next": _turned(request, number + 1) if len(found) == PER_PAGE else "",
        "back": back,
        "files": _files(request, "agency-facts", seen),
    }
    return render(request, "home/agency/facts.html", context)


@requires(Permission.SEE_STAFF)
def facts_export(request: Request, code: str, kind: str) -> HttpResponseBase:
    """All of them as a file."""
    seen = visit(request, code)
    form = PeopleFilters(request.GET, choices=choices_of(seen.agency, on=seen.on))
    try:
        found = _behind(request, seen, form.wanted, page=1, per_page=ALL)
    except TooManyPosts as refusal:
        messages.error(request, str(refusal))
        return redirect("agency-matrix", seen.agency.code)
    looked(request, seen, "facts exported", rows=len(found))
    rows = [[seen.agency.code, *_as_texts(_line(each))] for each in found]
    return table_file(kind, f"facts-{seen.on}", ["Agency", *FACT_HEADS], rows, [*seen.small_print, *form.small_print])


@requires(Permission.SEE_STAFF)
def restated(request: Request, code: str) -> HttpResponse:
    """How the figures as at a day, first given as known on another, have moved since: when, from what, and why."""
    seen = visit(request, code)
    try:
        rows = _restatements(seen)
    except (TooManyPosts, NotSaid) as refusal:
        messages.error(request, str(refusal))
        return redirect(address(reverse("agency-matrix", args=[seen.agency.code]), days_chosen(request)))
    looked(request, seen, "restatements read")
    context = {
        "agency": seen.agency,
        "seen": seen,
        "heads": RESTATED_HEADS,
        "rows": rows,
        "back": address(reverse("agency-matrix", args=[seen.agency.code]), days_chosen(request)),
        "files": _files(request, "agency-restated", seen),
    }
    return render(request, "home/agency/restated.html", context)


@requires(Permission.SEE_STAFF)
def restated_export(request: Request, code: str, kind: str) -> HttpResponseBase:
    """The same as a file."""
    seen = visit(request, code)
    try:
        rows = _restatements(seen)
    except (TooManyPosts, NotSaid) as refusal:
        messages.error(request, str(refusal))
        return redirect("agency-matrix", seen.agency.code)
    looked(request, seen, "restatements exported")
    told = [[seen.agency.code, *row] for row in rows]
    return table_file(kind, f"restated-{seen.on}", ["Agency", *RESTATED_HEADS], told, seen.small_print)


def _behind(request: Request, seen: Visit, wanted: Wanted, *, page: int, per_page: int) -> tuple[Figured, ...]:
    known_at = seen.known_at or seen.at
    refuse_too_many(seen.agency, on=seen.on, known_at=known_at)
    figure = _figure(wanted)
    asked = {"on": seen.on, "known_at": known_at, "today": london_date(seen.at), "page": page, "per_page": per_page}
    return facts_behind(request.access, seen.agency, figure, **asked)  # type: ignore[arg-type]


def _restatements(seen: Visit) -> list[list[str]]:
    """Raises NotSaid, TooManyPosts."""
    if seen.known_at is None:
        raise NotSaid("Say on which day the figures were first given, under 'As known on'.")
    refuse_too_many(seen.agency, on=seen.on, known_at=seen.at)
    groups = dict(RoleGroup.objects.values_list("code", "title"))
    found = restatements(seen.agency, on=seen.on, first_at=seen.known_at, known_at=seen.at)
    return [_restated(each, groups) for each in found]


def _files(request: Request, name: str, seen: Visit) -> dict[str, str]:
    """Where the page's table can be had as a file."""
    query = {key: value for key, value in request.GET.dict().items() if key != "page"}
    return {kind: address(reverse(f"{name}-{kind}", args=[seen.agency.code]), query) for kind in ("csv", "xlsx")}


def _as_texts(cells: list[Any]) -> list[str]:
    return [STANDINGS[str(cell["state"])].words if isinstance(cell, dict) else str(cell) for cell in cells]


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


def _restated(each: Restatement, groups: dict[str, str]) -> list[str]:
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
