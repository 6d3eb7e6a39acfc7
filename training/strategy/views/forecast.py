"""Places needed in the next twelve months: the board's page, an agency's own, and both as files."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.people.selectors import agency_for, partnership_for
from training.strategy.export import csv_file, xlsx_bytes
from training.strategy.forecast import Forecast, Places, in_words
from training.strategy.selectors.forecast import FILE_HEAD, Outlook, board_outlook, file_rows, own_outlooks
from training.strategy.suppress import HIDDEN
from training.ui.charts import ranges

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MODULES_HEAD = ["Module", "Overdue now", "Fall due in the year", "Started in the last year", "Places needed"]
MONTHS_HEAD = ["Month", "Fall due", "Places needed"]


class ModuleForm(forms.Form):
    """Which module the months are about; and of which partnership, where an agency is in several."""

    partnership = forms.ChoiceField(label="Partnership", required=False)
    module = forms.ChoiceField(label="Month by month, show", required=False)

    def __init__(self, data: dict[str, str], *, outlook: Outlook, partnerships: list[tuple[str, str]]) -> None:
        super().__init__({"partnership": outlook.partnership.code, **data})
        self.fields["partnership"].choices = partnerships  # type: ignore[attr-defined]
        if len(partnerships) < 2:
            del self.fields["partnership"]
        named = [(code, f"{code}: {title}") for code, title, _ in outlook.modules]
        self.fields["module"].choices = [("", "All modules"), *named]  # type: ignore[attr-defined]


@requires(Permission.SEE_COVERAGE)
def board_forecast(request: Request, code: str) -> HttpResponse:
    """The partnership's, with small numbers hidden."""
    partnership = partnership_for(request.access, Permission.SEE_COVERAGE, code)
    outlook = board_outlook(partnership, today=london_date(timezone.now()))
    return _page(request, outlook, [], {"partnership": partnership})


@requires(Permission.SEE_STAFF)
def agency_forecast(request: Request, code: str) -> HttpResponse:
    """An agency's own, exact; where it is in several partnerships, of the one chosen."""
    agency = agency_for(request.access, Permission.SEE_STAFF, code)
    found = own_outlooks(agency, today=london_date(timezone.now()))
    outlook = _chosen(found, request.GET.get("partnership", ""))
    return _page(request, outlook, found, {"agency": agency})


def _chosen(found: list[Outlook], code: str) -> Outlook | None:
    if code and code not in {each.partnership.code for each in found}:
        raise Http404
    return next((each for each in found if code in ("", each.partnership.code)), None)


def _page(request: Request, outlook: Outlook | None, several: list[Outlook], context: dict[str, Any]) -> HttpResponse:
    if outlook is None:
        return render(request, "strategy/forecast.html", context)
    partnerships = [(each.partnership.code, each.partnership.title) for each in several]
    form = ModuleForm(request.GET.dict(), outlook=outlook, partnerships=partnerships)
    module = form.cleaned_data["module"] if form.is_valid() else ""
    months = _months(outlook, outlook.of(module))
    context |= {
        "outlook": outlook,
        "form": form,
        "module": module,
        "asked_for": dict(form.fields["module"].choices)[module],  # type: ignore[attr-defined]
        "head": _numeric(MODULES_HEAD),
        "rows": [_line(title, each) for title, each in _titled(outlook)],
        "months_head": _numeric(MONTHS_HEAD),
        "months": [_numeric([label, due, text]) for label, due, text, _ in months],
        "ranges": ranges([(label, text, _ends(places)) for label, _, text, places in months]),
        "year": _text(outlook.whole.year),
        "leaving": None if outlook.leaving is None else round(100 * outlook.leaving),
    }
    return render(request, "strategy/forecast.html", context, status=200 if form.is_valid() else 400)


def _numeric(cells: list[str]) -> list[Any]:
    """All but the first stand to the right."""
    return [cells[0], *({"text": text, "numeric": True} for text in cells[1:])]


def _titled(outlook: Outlook) -> list[tuple[str, Forecast]]:
    return [*((f"{code}: {title}", each) for code, title, each in outlook.modules), ("All modules", outlook.whole)]


def _line(title: str, found: Forecast) -> list[Any]:
    needs = found.needs
    texts = (*(_number(each) for each in (needs.overdue, needs.in_year, needs.starters)), _text(found.year))
    return _numeric([title, *texts])


def _months(outlook: Outlook, found: Forecast) -> list[tuple[str, str, str, Places | None]]:
    """Label, how many fall due, how many places, and these as numbers; a month that is cut says from when to when."""
    return [
        (in_words(month), _number(due), _text(places), places)
        for month, due, places in zip(outlook.months, found.needs.due, found.months, strict=True)
    ]


def _number(number: int | None) -> str:
    return HIDDEN if number is None else f"{number:,}"


def _ends(places: Places | None) -> tuple[int, int | None] | None:
    return None if places is None else (places.low, places.high)


def _text(places: Places | None) -> str:
    return HIDDEN if places is None else places.text


@requires(Permission.SEE_COVERAGE)
def board_forecast_export(request: Request, code: str, kind: str) -> HttpResponse:
    """All of it as a file, with the same numbers hidden."""
    partnership = partnership_for(request.access, Permission.SEE_COVERAGE, code)
    at = timezone.now()
    outlook = board_outlook(partnership, today=london_date(at))
    audit.record(
        "forecast exported",
        by=request.access.actor,
        at=at,
        kind="partnership",
        uid=partnership.uid,
        partnership_code=partnership.code,
        file_kind=kind,
    )
    return _file(outlook, partnership.code, kind)


@requires(Permission.SEE_STAFF)
def agency_forecast_export(request: Request, code: str, kind: str) -> HttpResponse:
    """The agency's own."""
    agency = agency_for(request.access, Permission.SEE_STAFF, code)
    at = timezone.now()
    outlook = _chosen(own_outlooks(agency, today=london_date(at)), request.GET.get("partnership", ""))
    audit.record(
        "forecast exported",
        by=request.access.actor,
        at=at,
        kind="agency",
        uid=agency.uid,
        agency_code=agency.code,
        file_kind=kind,
    )
    return _file(outlook, agency.code, kind)


def _file(outlook: Outlook | None, code: str, kind: str) -> HttpResponse:
    rows = file_rows(outlook) if outlook else ()
    if kind == "csv":
        answer = HttpResponse(csv_file(FILE_HEAD, rows), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(xlsx_bytes("Places", FILE_HEAD, rows), content_type=XLSX)
    day = outlook.on.isoformat() if outlook else "none"
    answer["Content-Disposition"] = f'attachment; filename="places-{code}-{day}.{kind}"'
    return answer
