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
from champions.models import Enquiry, EnquiryGuest, EnquiryQuerySet, KeptAnswer
from champions.selectors.enquiries import kept_answers
from champions.services import enquiries as asking
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Partnership
from training.people.selectors import partnership_for

PER_PAGE = 30
COORDINATE = Permission.COORDINATE_CHAMPIONS


def open_in(request: Request, partnership: Partnership) -> EnquiryQuerySet:
    """What the coordinator can still close."""
    rows = Enquiry.objects.all().coordinated_by(request.access).filter(partnership=partnership)
    return rows.undecided().select_related("partnership", "asker__user", "taken_by__person__user")


@require_safe
@requires(COORDINATE)
def network_enquiries(request: Request, code: str) -> HttpResponse:
    """What waits to be read over, what waits for an answer, and what is kept."""
    partnership = partnership_for(request.access, COORDINATE, code)
    rows = open_in(request, partnership)
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
    row = get_object_or_404(open_in(request, partnership), uid=uid)
    initial = {"question": row.words, "answer": row.answer, "said_by": _said_by(row)}
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
    asked = EnquiryGuest.objects.asked().filter(enquiry=row).first()
    context = {"partnership": partnership, "enquiry": row, "form": form, "asked": asked, "now": at}
    return render(request, "champions/network_enquiry.html", context)


def _said_by(enquiry: Enquiry) -> str | None:
    if enquiry.answered_at is None:
        return None
    answered = EnquiryGuest.objects.filter(enquiry=enquiry, answered_at__isnull=False)
    is_specialists = enquiry.taken_by_id is None and answered.exists()
    return KeptAnswer.SaidBy.SPECIALIST if is_specialists else KeptAnswer.SaidBy.CHAMPION


@require_POST
@requires(COORDINATE)
def withdraw_answer(request: Request, code: str, uid: UUID) -> HttpResponse:
    """An answer that holds no longer."""
    rows = KeptAnswer.objects.filter(partnership=partnership_for(request.access, COORDINATE, code))
    kept = get_object_or_404(rows.select_related("partnership"), uid=uid)
    asking.withdraw_answer(kept=kept, by=request.access.actor, at=timezone.now())
    messages.success(request, "Withdrawn. Nobody is shown it any longer.")
    return redirect("network-enquiries", code)
