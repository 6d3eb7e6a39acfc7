"""The coordinator's side of what is asked of the network. Nobody's name is on these pages."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from champions.errors import ChampionError
from champions.forms.enquiries import DecisionForm
from champions.models import Enquiry, EnquiryQuerySet, KeptAnswer
from champions.selectors.enquiries import kept_answers
from champions.services import enquiries as asking
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Partnership
from training.people.selectors import partnership_for

PER_PAGE = 30
COORDINATE = Permission.COORDINATE_CHAMPIONS


def _open_in(request: Request, partnership: Partnership) -> EnquiryQuerySet:
    rows = Enquiry.objects.all().coordinated_by(request.access).filter(partnership=partnership)
    return rows.undecided().select_related("partnership", "asker__user", "taken_by__person__user")


@require_safe
@requires(COORDINATE)
def network_enquiries(request: Request, code: str) -> HttpResponse:
    """What waits to be read over, what waits for an answer, and what is kept."""
    partnership = partnership_for(request.access, COORDINATE, code)
    rows = _open_in(request, partnership)
    context = {
        "partnership": partnership,
        "to_read": rows.filter(answered_at__isnull=False),
        "unanswered": rows.filter(answered_at__isnull=True),
        "page": Paginator(kept_answers(partnership), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "champions/network_enquiries.html", context)


@require_http_methods(["GET", "POST"])
@requires(COORDINATE)
def network_enquiry(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Read one over: send, keep, decline, or hand back to the champion."""
    partnership = partnership_for(request.access, COORDINATE, code)
    row = get_object_or_404(_open_in(request, partnership), uid=uid)
    initial = {"question": row.words, "answer": row.answer, "said_by": "champion" if row.answered_at else None}
    hands_back = "hand_back" in request.POST
    form = DecisionForm(request.POST if request.method == "POST" and not hands_back else None, initial=initial)
    by, at = request.access.actor, timezone.now()
    try:
        if request.method == "POST" and hands_back:
            asking.hand_back(enquiry=row, by=by, at=at)
            messages.success(request, "The champion has been asked to look at it again.")
            return redirect("network-enquiries", code)
        if form.is_valid():
            asking.decide(enquiry=row, by=by, at=at, **form.cleaned_data)
            messages.success(request, "Done. The one who asked gets a mail.")
            return redirect("network-enquiries", code)
    except ChampionError as error:
        messages.warning(request, str(error))
        return redirect("network-enquiries", code)
    context = {"partnership": partnership, "enquiry": row, "form": form}
    return render(request, "champions/network_enquiry.html", context)


@require_POST
@requires(COORDINATE)
def withdraw_answer(request: Request, code: str, uid: UUID) -> HttpResponse:
    """An answer that holds no longer."""
    rows = KeptAnswer.objects.filter(partnership=partnership_for(request.access, COORDINATE, code))
    kept = get_object_or_404(rows.select_related("partnership"), uid=uid)
    asking.withdraw_answer(kept=kept, by=request.access.actor, at=timezone.now())
    messages.success(request, "Withdrawn. Nobody is shown it any longer.")
    return redirect("network-enquiries", code)
