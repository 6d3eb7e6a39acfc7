"""The coordinator's desk: what waits today, and the champions of the network. No other staff."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from champions.forms.desk import PeopleForm
from champions.forms.life import OutcomeForm
from champions.forms.network import NominateForm
from champions.selectors import handover as handing
from champions.selectors.conditions import conditions_on
from champions.selectors.desk import Desk, Wanted
from champions.selectors.network import put_forward, rows_of
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Locality
from training.people.selectors import partnership_for

PER_PAGE = 25
AT_FIRST = 5


def desk_for(request: Request, code: str) -> Desk:
    """The desk of a partnership that one coordinates, or 404."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    return Desk(request.access, partnership, today(), timezone.now())


@require_safe
@requires(Permission.COORDINATE_CHAMPIONS)
def champions_network(request: Request, code: str) -> HttpResponse:
    """What there is to do today, the first of each list, and where there is nobody."""
    desk = desk_for(request, code)
    partnership, on = desk.partnership, desk.on
    asked = desk.asked()[:AT_FIRST]
    left = handing.waiting(request.access, partnership)[:AT_FIRST]
    soonest = [each.pk for each in desk.people(Wanted(status="lapsing", sort="ends"))[:AT_FIRST]]
    rows = rows_of(request.access, partnership, soonest, on=on)
    context = {
        "partnership": partnership,
        "desk": desk,
        "warn_days": conditions_on(partnership, on).warn_days,
        "lapsing": [rows[pk] for pk in soonest if pk in rows],
        "put_forward": put_forward(request.access, partnership),
        "form": NominateForm(),
        "questions": handing.as_asked(request.access, partnership, asked, on=on, at=desk.at),
        "handovers": handing.as_left(request.access, partnership, left, on=on),
        "outcome_form": OutcomeForm(),
    }
    return render(request, "champions/champions_network.html", context)


@require_safe
@requires(Permission.COORDINATE_CHAMPIONS)
def network_people(request: Request, code: str) -> HttpResponse:
    """Everybody in the network, a page at a time, narrowed and in the order wished for."""
    desk = desk_for(request, code)
    form = PeopleForm(request.GET, Locality.objects.filter(partnership=desk.partnership).values_list("code", "title"))
    wanted = Wanted(**form.cleaned_data) if form.is_valid() else Wanted()
    page = Paginator(desk.people(wanted), PER_PAGE).get_page(request.GET.get("page"))
    order = [each.pk for each in page]
    found = rows_of(request.access, desk.partnership, order, on=desk.on)
    rows = [found[pk] for pk in order if pk in found]
    context = {"partnership": desk.partnership, "form": form, "page": page, "rows": rows}
    return render(request, "champions/network_people.html", context)


@require_safe
@requires(Permission.COORDINATE_CHAMPIONS)
def network_asked(request: Request, code: str) -> HttpResponse:
    """Managers who were asked: to confirm, to wait for, to ask again; all, or what waits in one of these ways."""
    desk = desk_for(request, code)
    page = Paginator(desk.asked(request.GET.get("waits", "")), PER_PAGE).get_page(request.GET.get("page"))
    rows = handing.as_asked(request.access, desk.partnership, page, on=desk.on, at=desk.at)
    return render(
        request, "champions/network_asked.html", {"partnership": desk.partnership, "page": page, "questions": rows}
    )


@require_safe
@requires(Permission.COORDINATE_CHAMPIONS)
def network_handovers(request: Request, code: str) -> HttpResponse:
    """Hand-overs that wait."""
    desk = desk_for(request, code)
    page = Paginator(handing.waiting(request.access, desk.partnership), PER_PAGE).get_page(request.GET.get("page"))
    rows = handing.as_left(request.access, desk.partnership, page, on=desk.on)
    context = {"partnership": desk.partnership, "page": page, "handovers": rows, "outcome_form": OutcomeForm()}
    return render(request, "champions/network_handovers.html", context)
