"""What briefings reached: for who looks after a network, and an agency's own log for its HR."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from champions.forms.briefings import YearForm
from champions.selectors import briefings as book
from champions.selectors.reach import LABEL, reach, years_of
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.selectors import agency_for, partnership_for
from training.strategy.suppress import Audience

PER_PAGE = 50


@require_safe
@requires(Permission.COORDINATE_CHAMPIONS)
def network_reach(request: Request, code: str) -> HttpResponse:
    """People reached, by agency, district, pack and quarter of one year; small numbers are hidden."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    years = years_of(partnership, on=today())
    form = YearForm([(year.code, year.title) for year in years], request.GET)
    picked = form.cleaned_data["year"] if form.is_valid() else ""
    year = next((each for each in years if each.code == picked), years[0])
    context = {
        "partnership": partnership,
        "label": LABEL,
        "form": form,
        "reach": reach(partnership, year, Audience.PARTNERSHIP),
        "opinions": book.opinions(partnership, book.packs_given(partnership)),
    }
    return render(request, "champions/network_reach.html", context)


@require_safe
@requires(Permission.SEE_STAFF)
def agency_briefings(request: Request, code: str) -> HttpResponse:
    """An agency's own log: days, teams and numbers, and no names."""
    agency = agency_for(request.access, Permission.SEE_STAFF, code)
    page = Paginator(book.agency_briefings(request.access, agency), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "champions/agency_briefings.html", {"agency": agency, "label": LABEL, "page": page})
