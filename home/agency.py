"""HR's page: who is in date in their own agency, by name. And the line manager's page of their own team."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.ledger.rebuild import refresh_stale
from training.ledger.selectors import (
    FilterChoices,
    Filters,
    StaffStanding,
    Tally,
    agency_standings,
    agency_summary,
    filter_choices,
    freshness,
    team_standings,
)
from training.ledger.standing import State
from training.people.selectors import agency_for
from training.strategy import export
from training.strategy.suppress import NOT_REQUIRED, whole_percent
from training.ui.standings import STANDINGS
from training.ui.templatetags.ui import uk_date

PER_PAGE = 50
COUNTS = [
    {"text": text, "numeric": True} for text in ("In date", "Of those required", "Due soon", "Overdue", "Not started")
]
EXPORT_HEADS = ["Agency", "Name", "Team", "Role group", "Code", "Module", "Standing", "Due by", "Valid until"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STAFF_HEADS = ["Name", "Team", "Module", "Standing", "Due by", "Valid until"]


class StaffFilters(forms.Form):
    """What the list of staff can be narrowed to; blank means all of the agency's."""

    text = forms.CharField(label="Name", required=False, max_length=80)
    team = forms.TypedChoiceField(label="Team", required=False, coerce=int, empty_value=None)
    module = forms.TypedChoiceField(label="Module", required=False, coerce=int, empty_value=None)
    role_group = forms.TypedChoiceField(label="Role group", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label="Standing", required=False)

    def __init__(self, data: Any, *, choices: FilterChoices) -> None:
        super().__init__(data)
        offered = {"team": choices.teams, "module": choices.modules, "role_group": choices.role_groups}
        for name, rows in offered.items():
            self.fields[name].choices = [("", "All"), *((row.pk, str(row)) for row in rows)]  # type: ignore[attr-defined]
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", "All"),
            *((state.value, STANDINGS[state.value].words) for state in State),
        ]

    def chosen(self) -> Filters:
        """The filters as the ledger takes them; what was not understood narrows nothing and shows its error."""
        self.is_valid()
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})


@requires(Permission.SEE_STAFF)
def agency(request: Request, code: str) -> HttpResponse:
    """Who is in date, due soon, overdue, not started: counts by module and team, and the list with names."""
    mine = agency_for(request.access, Permission.SEE_STAFF, code)
    at = timezone.now()
    on = london_date(at)
    refresh_stale(at=at, agency=mine)
    form = StaffFilters(request.GET or None, choices=filter_choices(mine, on=on))
    number = _page_number(request)
    filters = form.chosen() if form.is_bound else Filters()
    found = agency_standings(request.access, mine, on=on, filters=filters, page=number, per_page=PER_PAGE)
    summary = agency_summary(mine, on=on)
    _on_record(request, at, agency_code=mine.code, rows=len(found.rows))
    return render(
        request,
        "home/agency.html",
        {
            "agency": mine,
            "on": on,
            "summary": summary,
            "module_heads": ["Module", *COUNTS],
            "team_heads": ["Team", *COUNTS],
            "staff_heads": STAFF_HEADS,
            "staff": [_staff_row(row) for row in found.rows],
            "stats": _stats(summary.overall),
            "modules": [_tally_row(it.module.title, it.tally, f"?module={it.module.pk}") for it in summary.by_module],
            "teams": [
                _tally_row(it.team.title if it.team else "No team", it.tally, f"?team={it.team.pk}" if it.team else "")
                for it in summary.by_team
            ],
            "form": form,
            "found": found,
            "page": Paginator(range(found.total), PER_PAGE).get_page(number),
            "fresh": freshness(mine),
            "here": reverse("agency", args=[mine.code]),
            "query": f"?{request.GET.urlencode()}" if request.GET else "",
        },
    )


@requires(Permission.SEE_STAFF)
def agency_export(request: Request, code: str, kind: str) -> HttpResponse:
    """The list as it is narrowed on the page, as a file; put on record, since names leave with it."""
    mine = agency_for(request.access, Permission.SEE_STAFF, code)
    at = timezone.now()
    on = london_date(at)
    refresh_stale(at=at, agency=mine)
    form = StaffFilters(request.GET, choices=filter_choices(mine, on=on))
    if not form.is_valid():  # a file of everybody is not what was asked for: the page says what is wrong
        return redirect(f"{reverse('agency', args=[mine.code])}?{request.GET.urlencode()}")
    found = agency_standings(request.access, mine, on=on, filters=form.chosen(), per_page=None)
    audit.record(
        "staff exported",
        by=request.access.actor,
        at=at,
        kind="agency",
        uid=mine.uid,
        agency_code=mine.code,
        rows=found.total,
    )
    rows = [[mine.code, *_exported(row)] for row in found.rows]
    if kind == "xlsx":
        response = HttpResponse(export.xlsx_bytes("Staff", EXPORT_HEADS, rows), content_type=XLSX)
    else:
        response = HttpResponse("\ufeff" + export.csv_text(EXPORT_HEADS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="staff-{on}.{kind}"'
    return response


def _exported(row: StaffStanding) -> list[str]:
    return [
        row.name,
        row.team,
        row.role_group,
        row.module_code,
        row.module_title,
        STANDINGS[row.state.value].words,
        row.due_on.isoformat() if row.due_on else "",
        row.valid_until.isoformat() if row.valid_until else "",
    ]


@requires(Permission.SEE_TEAM)
def team(request: Request) -> HttpResponse:
    """The posts that answer to one's own: names, standing and dates; never answers, notes or reasons for a delay."""
    at = timezone.now()
    on = london_date(at)
    rows = team_standings(request.access, on=on)
    _on_record(request, at, rows=len(rows))
    people: dict[tuple[int, str], list[Any]] = {}
    for row in rows:
        people.setdefault((row.post, row.name), []).append(row)
    team = [{"name": name, "role_group": found[0].role_group, "rows": found} for (_, name), found in people.items()]
    return render(request, "home/team.html", {"team": team, "on": on})


def _on_record(request: Request, at: datetime, **detail: Any) -> None:
    """Who looked at names, and when; what they looked for is not kept."""
    audit.record("standings read", by=request.access.actor, at=at, **detail)


def _staff_row(row: StaffStanding) -> list[Any]:
    return [
        row.name,
        row.team,
        row.module_title,
        {"state": row.state},
        uk_date(row.due_on) if row.due_on else "",
        uk_date(row.valid_until) if row.valid_until else "",
    ]


def _page_number(request: Request) -> int:
    text = request.GET.get("page", "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 5 else 1


def percent(part: int, whole: int) -> str:
    """A share in whole per cent as the board's figures have it, or 'n/a' where there is nothing to share."""
    return f"{whole_percent(part, whole)}%" if whole else NOT_REQUIRED


def _stats(tally: Tally) -> list[dict[str, str]]:
    shown = (State.OVERDUE, State.DUE_SOON, State.NOT_STARTED)
    return [
        {
            "value": percent(tally.valid, tally.counted),
            "label": "In date",
            "note": f"{tally.valid} of {tally.counted} things required",
        },
        *({"value": str(tally.of(state)), "label": STANDINGS[state.value].words} for state in shown),
    ]


def _tally_row(title: str, tally: Tally, address: str) -> list[Any]:
    """One line of the tables: the name, the share in date, and the counts."""
    counts = (tally.of(state) for state in (State.DUE_SOON, State.OVERDUE, State.NOT_STARTED))
    return [
        {"text": title, "url": f"{address}#staff"} if address else title,
        {"text": percent(tally.valid, tally.counted), "numeric": True},
        {"text": f"{tally.valid}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{tally.counted}", "numeric": True},
        *({"text": str(count), "numeric": True} for count in counts),
    ]
