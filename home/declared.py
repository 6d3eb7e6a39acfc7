"""What agencies declare, for the board: head-counts and returns beside what is known by name."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from champions.selectors import reach as briefings
from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Partnership
from training.people.selectors import partnership_for
from training.returns.forms import QuarterForm
from training.returns.quarters import Quarter, quarter_named
from training.returns.selectors.asked import terms_of
from training.strategy.possible import ASSUMED
from training.strategy.selectors.board import report_for
from training.strategy.selectors.declared import DeclaredLine, declared_table
from training.strategy.suppress import Audience

SEE = Permission.SEE_COVERAGE
AGENCIES = 50
NUMBERS = ("In date by name", "Asked", "Left out", "Declared staff", "Possible share", "Declared as trained")
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
        "rows": [_row(line) for line in page.object_list],
        "briefed": briefed(partnership, quarter) if quarter else "",
        "assumed": ASSUMED,
    }
    return render(request, "home/declared.html", context)


def _row(line: DeclaredLine) -> list[Any]:
    numbers = (
        line.known.numerator_text,
        line.known.denominator_text,
        line.left_out.numerator_text,
        line.staff or "Not declared",
        line.possible or line.known.percent_text,
        line.trained.numerator_text,
    )
    stage = line.stage.value if line.stage else "Not asked"
    return [line.title, *({"text": text, "numeric": True} for text in numbers), stage]


def briefed(partnership: Partnership, quarter: Quarter) -> str:
    """How many people briefings reached in the quarter, as the board may see it."""
    found = briefings.reach(partnership, briefings.year_of(quarter.starts_on), Audience.PARTNERSHIP)
    lines = next((lines for name, lines in found.tables if name == "Quarter"), ())
    return next((line.people for line in lines if line.title == briefings.quarter_of(quarter.starts_on)), "0")
