"""The list of people: search, filters, sort, fifty a page; each line leads to the person's page."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.ui.standings import STANDINGS
from training.ui.templatetags.ui import uk_date

from .files import table_file
from .filters import PeopleFilters, choices_of
from .lines import HEADS, lines_as_known, lines_of
from .links import address, days_chosen
from .listing import COUNTED_TO, PER_PAGE, PersonRow, Wanted, matching, people_page
from .saved import saved_filters
from .visit import Visit, looked, visit, with_known

CHOOSE = mark_safe('<span class="govuk-visually-hidden">Choose</span>')
ORDERED = {"name": "Name", "team": "Team", "role_group": "Role group", "due": "Due by"}


@requires(Permission.SEE_STAFF)
def people(request: Request, code: str) -> HttpResponse:
    """One line a post."""
    seen = with_known(visit(request, code))
    mine = seen.agency
    form = _filters(request, seen)
    wanted = form.wanted
    number = _page_number(request)
    found = people_page(mine, wanted, on=seen.on, number=number, known=seen.known)
    looked(request, seen, rows=len(found.rows))
    here = reverse("agency-people", args=[mine.code])
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "agency": mine,
        "seen": seen,
        "form": form,
        "found": found,
        "most": COUNTED_TO,
        "page": Paginator(range(found.total), PER_PAGE).get_page(number),
        "heads": _heads(request, wanted.order, here),
        "rows": [_line(row, mine.code) for row in found.rows],
        "saved": saved_filters(request.access, mine),
        "days": days_chosen(request),
        "here": here,
        "files": {kind: reverse(f"agency-{kind}", args=[mine.code]) + query for kind in ("csv", "xlsx")},
        "act": reverse("agency-chosen", args=[mine.code]),
        "query": query,
        "behind": _behind(request, mine.code) if _is_a_figure(wanted) else "",
    }
    return render(request, "home/agency/people.html", context)


@requires(Permission.SEE_STAFF)
def people_export(request: Request, code: str, kind: str) -> HttpResponseBase:
    """The list as it is narrowed on the page, a line for each module; put on record, since names leave with it."""
    seen = with_known(visit(request, code))
    mine = seen.agency
    form = _filters(request, seen)
    if not form.is_valid():  # a file of everybody is not what was asked for: the page says what is wrong
        return redirect(address(reverse("agency-people", args=[mine.code]), request.GET.dict()))
    wanted = form.wanted
    terms = matching(mine, wanted, on=seen.on, known=seen.known)
    audit.record(
        "staff exported",
        by=request.access.actor,
        at=seen.at,
        kind="agency",
        uid=mine.uid,
        agency_code=mine.code,
        posts=terms.order_by().count(),
    )
    if seen.known is None:
        lines = lines_of(mine, terms, wanted, on=seen.on)
    else:
        lines = lines_as_known(seen.known, terms, wanted)
    return table_file(kind, f"staff-{seen.on}", HEADS, lines, [*seen.small_print, *form.small_print])


def _filters(request: Request, seen: Visit) -> PeopleFilters:
    choices = choices_of(seen.agency, on=seen.on)
    return PeopleFilters(request.GET, choices=choices, is_past=seen.is_past, is_known_then=seen.known is not None)


def _page_number(request: Request) -> int:
    text = request.GET.get("page", "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 5 else 1


def _is_a_figure(wanted: Wanted) -> bool:
    """Whether the list is narrowed as a figure with facts behind it is: by module, team or role group."""
    is_elsewhere = wanted.workplace or wanted.locality
    return bool((wanted.module or wanted.team or wanted.role_group) and not is_elsewhere)


def _behind(request: Request, code: str) -> str:
    """The facts behind the figure that these filters name."""
    named = {name: request.GET.get(name, "") for name in ("team", "role_group", "module")}
    return address(reverse("agency-facts", args=[code]), days_chosen(request), named)


def _heads(request: Request, order: str, here: str) -> list[Any]:
    """The heads of the columns; those by which the list can be sorted are links."""
    query = {name: value for name, value in request.GET.dict().items() if name not in ("sort", "page")}
    sorts = {
        name: {
            "text": title,
            "sort_url": address(here, query, sort=name),
            "sorted": "ascending" if name == order else "",
        }
        for name, title in ORDERED.items()
    }
    return [
        CHOOSE,
        sorts["name"],
        sorts["team"],
        sorts["role_group"],
        "Look at first",
        {"text": "In date", "numeric": True},
        sorts["due"],
    ]


def _line(row: PersonRow, code: str) -> list[Any]:
    """The cells of a post's line; the box at its start chooses it."""
    box = format_html(
        '<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item">'
        '<input class="govuk-checkboxes__input" type="checkbox" name="post" value="{0}" id="post-{0}">'
        '<label class="govuk-label govuk-checkboxes__label" for="post-{0}">'
        '<span class="govuk-visually-hidden">Choose {1}</span></label></div></div>',
        row.post,
        row.name,
    )
    share = f"{row.valid} of {row.counted}" if row.counted else "n/a"
    return [
        box,
        {"text": row.name, "url": reverse("agency-person", args=[code, row.person])},
        row.team,
        f"{row.role_group}{', on leave' if row.is_on_leave else ''}".strip(", "),
        {"state": row.state, "text": STANDINGS[row.state.value].words} if row.state else "Nothing asked",
        {"text": share, "numeric": True},
        uk_date(row.due_on),
    ]
