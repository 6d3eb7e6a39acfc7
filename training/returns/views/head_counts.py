"""How many staff an agency says it has, beside what its roster says."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Agency
from training.returns import services as returns
from training.returns.errors import BadFile, ReturnError
from training.returns.filled import count_rows, counts_in, groups_known
from training.returns.forms import HeadCountForm, HeadCountSheetForm
from training.returns.limits import Declared
from training.returns.selectors.bounds import declared_by, roster_counts
from training.returns.sheets import COUNTS_HEAD
from training.ui.spreadsheet import csv_file
from training.ui.templatetags.ui import uk_date

from .agency import agency_of

DECLARE = Permission.DECLARE
SHOWN = 200
HEAD = [
    "Counted on",
    "Whom",
    {"text": "Declared", "numeric": True},
    {"text": "On the roster now", "numeric": True},
    {"text": "Difference", "numeric": True},
]


@requires(DECLARE)
def head_counts(request: Request, code: str) -> HttpResponse:
    """The head-counts so far, and one more."""
    agency = agency_of(request, code)
    groups = groups_known()
    form = HeadCountForm(request.POST or None, groups=groups)
    if form.is_valid() and _declared(request, agency, [form.declared], form):
        return redirect("head-counts", agency.code)
    roster = roster_counts(agency, on=today())
    rows = [_row(each, groups.get(each.group, each.group[1]), roster[each.group]) for each in declared_by(agency)]
    context = {"agency": agency, "form": form, "head": HEAD, "rows": rows[:SHOWN]}
    return render(request, "returns/head_counts.html", context)


def _row(each: Declared, title: str, on_roster: int) -> list[Any]:
    numbers = (f"{each.people:,}", f"{on_roster:,}", f"{each.people - on_roster:+,}")
    return [uk_date(each.counted_on), title, *({"text": text, "numeric": True} for text in numbers)]


def _declared(request: Request, agency: Agency, counts: list[Declared], form: Any) -> bool:
    """Put them on record, or say in the form why not."""
    try:
        new = returns.declare(agency=agency, counts=counts, by=request.access.actor, at=timezone.now())
    except ReturnError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"Saved: {new}." if new else "This is on record already.")
    return True


@requires(DECLARE)
def head_counts_file(request: Request, code: str) -> HttpResponse:
    """Head-counts of one day from a filled-in template."""
    agency = agency_of(request, code)
    form = HeadCountSheetForm(request.POST, request.FILES) if request.method == "POST" else HeadCountSheetForm()
    if form.is_valid():
        try:
            counts = counts_in(form.cleaned_data["file"], form.cleaned_data["counted_on"])
        except BadFile as wrong:
            form.refused(wrong)
        else:
            if _declared(request, agency, counts, form):
                return redirect("head-counts", agency.code)
    return render(request, "returns/head_counts_file.html", {"agency": agency, "form": form})


@requires(DECLARE)
def head_counts_template(request: Request, code: str) -> HttpResponseBase:
    """The template: the groups on the agency's roster, with the roster's numbers."""
    agency = agency_of(request, code)
    rows = count_rows(agency, on=today())
    answer = StreamingHttpResponse(csv_file(COUNTS_HEAD, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="head-counts-{agency.code}.csv"'
    return answer
