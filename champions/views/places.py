"""The coordinator's page of where the network reaches and where it does not; champions and no other staff."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from champions.charts import grid_of, trend_of
from champions.forms.places import AimsForm, WhereForm
from champions.selectors.aims import aims_shown
from champions.selectors.coverage import aims_of, coverage
from champions.selectors.gaps import agency_gaps, as_gaps, workplaces_without
from champions.services.aims import set_aims
from champions.services.steps import refresh_a_few
from training.access.clock import london_date, today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.people.models import Partnership
from training.people.selectors import partnership_for
from training.ui.spreadsheet import Value, csv_file

WORKPLACES = 50  # on a page
MOST_IN_FILE = 100_000
WORKPLACE_HEAD = ["Workplace", "Agency", "Kind of agency", "District", "Staff"]


@require_safe
@requires(Permission.COORDINATE_CHAMPIONS)
def network_coverage(request: Request, code: str) -> HttpResponse:
    """By district, kind of agency, specialism and language; over time; and the gaps."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    at = timezone.now()
    on = london_date(at)
    left = refresh_a_few(partnership, at=at)
    found = coverage(partnership, on=on)
    form = WhereForm(request.GET, partnership=partnership)
    without = workplaces_without(partnership, on=on, **form.chosen())
    page = Paginator(without, WORKPLACES).get_page(request.GET.get("page"))
    context = {
        "partnership": partnership,
        "coverage": found,
        "left": left,
        "aims": aims_shown(partnership, found),
        "grid": grid_of(found),
        "trend": trend_of(found.trend),
        "community_trend": trend_of(found.community_trend),
        "agencies": agency_gaps(partnership, on=on),
        "form": form,
        "page": page,
        "workplaces": as_gaps(page.object_list),
    }
    return render(request, "champions/network_coverage.html", context)


@require_safe
@requires(Permission.COORDINATE_CHAMPIONS)
def districts_file(request: Request, code: str) -> StreamingHttpResponse:
    """Districts by kinds of agency as a file."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    grid = grid_of(coverage(partnership, on=today()))
    rows: list[list[Value]] = [[row[0], *(int(text) for text in row[1:])] for row in grid.table]
    return _file(request, partnership, "districts", [grid.row_head, *grid.columns], rows)


@require_safe
@requires(Permission.COORDINATE_CHAMPIONS)
def workplaces_file(request: Request, code: str) -> StreamingHttpResponse:
    """The workplaces without a champion as a file."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    where = WhereForm(request.GET, partnership=partnership).chosen()
    found = as_gaps(workplaces_without(partnership, on=today(), **where)[:MOST_IN_FILE])
    rows: list[list[Value]] = [[row.title, row.agency, row.kind, row.district, row.staff] for row in found]
    return _file(request, partnership, "workplaces", WORKPLACE_HEAD, rows)


def _file(
    request: Request, partnership: Partnership, part: str, head: list[str], rows: list[list[Value]]
) -> StreamingHttpResponse:
    audit.record(
        "network exported",
        by=request.access.actor,
        at=timezone.now(),
        kind="partnership",
        uid=partnership.uid,
        partnership_code=partnership.code,
        part=part,
    )
    answer = StreamingHttpResponse(csv_file(head, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="learning-{part}.csv"'
    return answer


@require_http_methods(["GET", "POST"])
@requires(Permission.COORDINATE_CHAMPIONS)
def network_aims(request: Request, code: str) -> HttpResponse:
    """What the network aims for. What it aimed for before stays on record."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    now = aims_of(partnership)
    if request.method == "POST":
        form = AimsForm(request.POST)
        if form.is_valid():
            set_aims(partnership=partnership, by=request.access.actor, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Saved.")
            return redirect("network-coverage", code)
    else:
        form = AimsForm(instance=now)
    return render(request, "champions/network_aims.html", {"partnership": partnership, "form": form})
