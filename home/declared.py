"""What agencies declare, for the board: head-counts and returns beside what is known by name."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from champions.selectors import reach as briefings
from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.people.models import Partnership
from training.people.selectors import partnership_for
from training.returns.forms import QuarterForm
from training.returns.quarters import Quarter, quarter_named
from training.returns.selectors.asked import terms_of
from training.strategy.possible import ASSUMED
from training.strategy.selectors.board import report_for
from training.strategy.selectors.declared import DeclaredLine, agency_declared, declared_table
from training.strategy.suppress import Audience
from training.ui.spreadsheet import csv_file

SEE = Permission.SEE_COVERAGE
AGENCIES = 50
NUMBERS = ("In date by name", "Asked", "Left out", "Declared staff", "Possible share", "Declared as trained")
CSV = "text/csv; charset=utf-8"
LINES_HEAD = ["Role group", "Module", {"text": "People trained", "numeric": True}, "How", "Evidence"]
HEAD = ["Agency", *({"text": text, "numeric": True} for text in NUMBERS), "Return"]


@requires(SEE)
def declared(request: Request, code: str) -> HttpResponse:
    """Three figures that are never added up, and the agencies one by one."""
    partnership = partnership_for(request.access, SEE, code)
    at = timezone.now()
    on = london_date(at)
    quarters = terms_of(partnership).quarters(on)
    form = QuarterForm(request.GET or None, quarters=quarters)
    chosen = form.cleaned_data["quarter"] if form.is_valid() else ""
    quarter = quarter_named(chosen) or (quarters[0] if quarters else None)
    report = report_for(partnership, on=on, today=on, at=at, audience=Audience.PARTNERSHIP)
    found = declared_table(partnership, report, quarter)
    page = Paginator(found.lines, AGENCIES).get_page(request.GET.get("page"))
    context = {
        "partnership": partnership,
        "report": report,
        "found": found,
        "form": form,
        "page": page,
        "head": HEAD,
        "rows": [_row(line, partnership, quarter) for line in page.object_list],
        "briefed": briefed(partnership, quarter) if quarter else "",
        "assumed": ASSUMED,
    }
    return render(request, "home/declared.html", context, status=400 if form.errors else 200)


@requires(SEE)
def declared_file(request: Request, code: str, quarter: str) -> HttpResponseBase:
    """Every agency as a file, with the same numbers hidden."""
    partnership = partnership_for(request.access, SEE, code)
    at = timezone.now()
    on = london_date(at)
    asked = _quarter(partnership, quarter, on)
    report = report_for(partnership, on=on, today=on, at=at, audience=Audience.PARTNERSHIP)
    found = declared_table(partnership, report, asked)
    audit.record(
        "declared exported",
        by=request.access.actor,
        at=at,
        kind="partnership",
        uid=partnership.uid,
        partnership_code=partnership.code,
        quarter=asked.code,
    )
    rows = [[line.title, *_numbers(line), _stage(line)] for line in found.lines]
    answer = StreamingHttpResponse(csv_file(["Agency", *NUMBERS, "Return"], rows), content_type=CSV)
    name = f"declared-{partnership.code}-{asked.code}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@requires(SEE)
def declared_agency(request: Request, code: str, quarter: str, agency: str) -> HttpResponse:
    """One agency's return, line by line: for a board that asks, and a coordinator who may have to send it back."""
    partnership = partnership_for(request.access, SEE, code)
    asked = _quarter(partnership, quarter, london_date(timezone.now()))
    found = agency_declared(partnership, asked, agency)
    if found is None:
        raise Http404
    rows = [
        [line.role_group, line.module, {"text": line.trained.numerator_text, "numeric": True}, line.how, line.evidence]
        for line in found.lines
    ]
    context = {
        "partnership": partnership,
        "quarter": asked,
        "found": found,
        "head": LINES_HEAD,
        "rows": rows,
        "may_send_back": bool(found.standing.holding)
        and request.access.may(Permission.MANAGE_PATHWAY, partnership_id=partnership.pk),
    }
    return render(request, "home/declared_agency.html", context)


def _quarter(partnership: Partnership, code: str, on: date) -> Quarter:
    """The quarter that an address means, if returns are asked for it (else 404)."""
    found = quarter_named(code)
    if found is None or found not in terms_of(partnership).quarters(on):
        raise Http404
    return found


def _numbers(line: DeclaredLine) -> tuple[str, ...]:
    return (
        line.known.numerator_text,
        line.known.denominator_text,
        line.left_out.numerator_text,
        line.staff or "Not declared",
        line.possible or line.known.percent_text,
        line.trained.numerator_text,
    )


def _stage(line: DeclaredLine) -> str:
    return line.stage.value if line.stage else "Not asked"


def _row(line: DeclaredLine, partnership: Partnership, quarter: Quarter | None) -> list[Any]:
    title: Any = line.title
    if line.stage and quarter:
        title = {"text": title, "url": reverse("declared-agency", args=[partnership.code, quarter.code, line.code])}
    return [title, *({"text": text, "numeric": True} for text in _numbers(line)), _stage(line)]


def briefed(partnership: Partnership, quarter: Quarter) -> str:
    """How many people briefings reached in the quarter, as the board may see it."""
    found = briefings.reach(partnership, briefings.year_of(quarter.starts_on), Audience.PARTNERSHIP)
    lines = next((lines for name, lines in found.tables if name == "Quarter"), ())
    return next((line.people for line in lines if line.title == briefings.quarter_of(quarter.starts_on)), "0")
