"""The people behind a figure that the partnership counts, for those who look after the agency's staff."""

from collections import Counter
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.strategy.selectors.behind import Asked, PersonBehind, Way, coverages, people_behind

from .files import table_file
from .links import address
from .visit import Visit, looked, visit

HEADS = ["Name", "Standing", "Not in date in"]
PER_PAGE = 50


class CoverageForm(forms.Form):
    """Which coverage the page is about."""

    indicator = forms.ChoiceField(label="Figure", required=False)

    def __init__(self, data: Any, *, choices: dict[str, Asked]) -> None:
        super().__init__(data)
        self.fields["indicator"].choices = [(code, each.title) for code, each in choices.items()]  # type: ignore[attr-defined]


@requires(Permission.SEE_STAFF)
def agency_indicator(request: Request, code: str) -> HttpResponse:
    """Whom a coverage counts here, who is in date, and who is left out and why."""
    seen, form, asked = _asked(request, code)
    found = people_behind(request.access, seen.agency, asked, on=seen.on) if asked else []
    looked(request, seen, "people behind a figure read", rows=len(found))
    ways = Counter(each.way for each in found)
    counted = ways[Way.IN_DATE] + ways[Way.LACKING]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    path = {kind: reverse(f"agency-indicator-{kind}", args=[seen.agency.code]) for kind in ("csv", "xlsx")}
    context = {
        "agency": seen.agency,
        "seen": seen,
        "form": form,
        "asked": asked,
        "in_date": ways[Way.IN_DATE],
        "counted": counted,
        "left_out": len(found) - counted,
        "head": HEADS,
        "rows": [_line(each) for each in page],
        "page": page,
        "files": {kind: address(at, {"indicator": asked.code if asked else ""}) for kind, at in path.items()},
    }
    return render(request, "home/agency/indicator.html", context, status=200 if form.is_valid() else 400)


@requires(Permission.SEE_STAFF)
def agency_indicator_export(request: Request, code: str, kind: str) -> HttpResponseBase:
    """All of them as a file."""
    seen, _, asked = _asked(request, code)
    found = people_behind(request.access, seen.agency, asked, on=seen.on) if asked else []
    looked(request, seen, "people behind a figure exported", rows=len(found))
    small_print = [("Figure", asked.title if asked else "None"), *seen.small_print]
    return table_file(kind, f"figure-{seen.on}", HEADS, [_line(each) for each in found], small_print)


def _asked(request: Request, code: str) -> tuple[Visit, CoverageForm, Asked | None]:
    """The visit, and the coverage that is chosen; else the first."""
    seen = visit(request, code)
    choices = coverages()
    first = next(iter(choices), "")
    form = CoverageForm({"indicator": request.GET.get("indicator") or first}, choices=choices)
    return seen, form, choices.get(form.cleaned_data["indicator"]) if form.is_valid() else None


def _line(each: PersonBehind) -> list[str]:
    return [each.name, each.way.value, ", ".join(each.lacking)]
