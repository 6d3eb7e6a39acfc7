"""The partnership's pages of indicators: all of them, and 'how is this worked out?' of one."""

from itertools import dropwhile
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Agency, Partnership
from training.people.selectors import partnership_for
from training.strategy.figures import PROMISES
from training.strategy.forms import DayForm
from training.strategy.indicators import NOT_COLLECTED, place_of
from training.strategy.models import Indicator
from training.strategy.pack import Unit
from training.strategy.report import Report
from training.strategy.selectors import indicators as reads
from training.strategy.selectors.board import report_for
from training.strategy.selectors.reports import kept_days
from training.strategy.selectors.values import tellings
from training.strategy.suppress import Audience
from training.ui.charts import trend
from training.ui.templatetags.ui import uk_date, uk_moment

SEE = Permission.SEE_COVERAGE
HEAD = ["Indicator", "Figure", "Answered for by"]
HEAD_OUTSIDE = ["Indicator", "Figure", "Of", "Answered for by", "What comes next"]
FREQUENCIES = {"month": "Every month", "quarter": "Every quarter", "year": "Every year"}


def indicator_named(code: str) -> Indicator:
    """The indicator with this code, however it is written; 404 where there is none."""
    found = next((each for each in Indicator.objects.all() if each.code == code.upper()), None)
    if found is None:
        raise Http404
    return found


@requires(SEE)
def indicators(request: Request, code: str) -> HttpResponse:
    """Every indicator, its last figure, of when that is, and who owes the next."""
    partnership = partnership_for(request.access, SEE, code)
    at = timezone.now()
    today = london_date(at)
    report = report_for(partnership, on=today, today=today, at=at, audience=Audience.PARTNERSHIP)
    found = reads.listed_indicators(partnership, report)
    here = [each for each in found if each.reading.indicator.is_collected]
    outside = [each for each in found if each.reading.indicator.is_from_outside]
    context = {
        "partnership": partnership,
        "report": report,
        "head": HEAD,
        "head_outside": HEAD_OUTSIDE,
        "here": [_line(partnership, each) for each in here],
        "outside": [_line(partnership, each) for each in outside],
        "later": [each.reading.indicator for each in found if each not in here and each not in outside],
        "overdue": sum(1 for each in outside if each.owed and each.owed.is_overdue),
        "may_give": _may_give(request, partnership),
    }
    return render(request, "strategy/indicators.html", context)


def _line(partnership: Partnership, each: reads.Listed) -> list[Any]:
    reading = each.reading
    figure = f"{reading.text} ({reading.counts})" if reading.counts else reading.text
    chosen = reading.indicator
    name = {"text": chosen.title, "url": reverse("indicator", args=[partnership.code, chosen.code])}
    if each.owed is None:
        return [name, figure, chosen.answered_for_by]
    following = f"{each.owed.period}: {'overdue since' if each.owed.is_overdue else 'by'} {uk_date(each.owed.by)}"
    return [name, figure, reading.period or "-", chosen.answered_for_by, following]


def _may_give(request: Request, partnership: Partnership) -> bool:
    return partnership.pk in request.access.partnerships(Permission.MANAGE_PATHWAY)


@requires(SEE)
def indicator(request: Request, code: str, indicator: str) -> HttpResponse:
    """How one is worked out, what it says as at a day, how it moved, and what was said of it."""
    partnership = partnership_for(request.access, SEE, code)
    chosen = indicator_named(indicator)
    at = timezone.now()
    today = london_date(at)
    form = DayForm({"as_at": request.GET.get("as_at") or today.isoformat()}, today=today, kept=kept_days(partnership))
    on = form.cleaned_data["as_at"] if form.is_valid() else today
    report = report_for(partnership, on=on, today=today, at=at, audience=Audience.PARTNERSHIP)
    context = {
        "partnership": partnership,
        "indicator": chosen,
        "reading": reads.reading_of(partnership, chosen, report),
        "report": report,
        "form": form,
        "facts": definition(chosen),
        "counted": reads.counted_in_words(partnership, chosen),
        "own": _own_agencies(request, partnership, chosen),
        "may_give": chosen.is_from_outside and _may_give(request, partnership),
        "excluded": _excluded(chosen, report),
        "keeps_promises": chosen.code in PROMISES and _may_give(request, partnership),
        **trend_context(reads.history(partnership, chosen, today=today, audience=Audience.PARTNERSHIP)),
        **_told(partnership, chosen),
    }
    return render(request, "strategy/indicator.html", context, status=200 if form.is_valid() else 400)


def definition(chosen: Indicator) -> list[dict[str, str]]:
    """The rows of its definition."""
    rows = [
        ("Formula", f"{chosen.formula}."),
        ("Counted", chosen.numerator),
        ("Out of", chosen.denominator),
        ("Which way is welcome", {"up": "More", "down": "Less"}.get(chosen.direction, "More can be good or bad")),
        ("Why it is looked at", chosen.logic),
        ("What to beware of", chosen.caution),
        ("Where it comes from", SOURCES[chosen.source] if chosen.is_collected or chosen.is_from_outside else NOWHERE),
        ("How often", FREQUENCIES[chosen.frequency]),
        ("Answered for by", chosen.answered_for_by),
        ("Code", chosen.code),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


SOURCES = {
    "computed": "Worked out here, from what is recorded",
    "declared": "Declared by agencies, and given here by the partnership",
    "imported": "Totals of other systems, given here by the partnership",
    "manual": "Counted by hand, and given here by the partnership",
}
NOWHERE = "Not collected: this release has no facts to work it out from"


def trend_context(then: list[reads.Then]) -> dict[str, Any]:
    """How it moved since it was known, as a table, and as a chart where two figures or more are shown whole."""
    then = list(dropwhile(lambda each: each.reading.text == NOT_COLLECTED, then))
    if len(then) < 2:
        return {}
    is_drawn = sum(each.reading.value is not None for each in then) > 1
    rows = [[uk_date(each.on), each.reading.text, each.reading.counts, uk_moment(each.counted_at)] for each in then]
    last = then[-1].reading
    whole = 100 if last.indicator.unit == Unit.PERCENT else 1
    return {
        "trend": trend(reads.figures_of(then), last.target, last.target_text, whole=whole) if is_drawn else None,
        "trend_head": ["As at", "Figure", "Numbers", "Counted"],
        "trend_rows": rows,
    }


def _told(partnership: Partnership, chosen: Indicator) -> dict[str, Any]:
    """What was said of it from outside, and how the whole moved."""
    if not chosen.is_from_outside:
        return {}
    found = tellings(partnership, chosen, audience=Audience.PARTNERSHIP)
    whole = [each for each in reversed(found) if not each.part and each.stands]
    context: dict[str, Any] = {"told": found}
    if len(whole) > 1:
        figures = [(f"to {each.period.last:%b %Y}", each.last.text, each.last.number) for each in whole]
        rows = [[str(each.period), each.last.text, each.last.value.said_by] for each in whole]
        context |= {"trend": trend(figures), "trend_head": ["Period", "Figure", "As said by"], "trend_rows": rows}
    return context


def _excluded(chosen: Indicator, report: Report) -> str:
    """How many people are left out of a coverage on the day, as the board may see it."""
    if chosen.measure is None or chosen.measure.get("each_topic"):
        return ""
    return report.excluded(place_of(chosen.measure)).numerator_text


def _own_agencies(request: Request, partnership: Partnership, chosen: Indicator) -> list[Agency]:
    """Agencies of the partnership whose staff one looks after: there the rows can be seen."""
    if chosen.measure is None or not chosen.is_collected:
        return []
    mine = Agency.objects.filter(pk__in=request.access.agencies(Permission.SEE_STAFF))
    return list(mine.filter(memberships__partnership=partnership, memberships__replaced_at=None).distinct())
