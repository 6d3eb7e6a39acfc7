"""Specialists from outside who answer what was asked of the network, by a link of their own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from champions.errors import ChampionError
from champions.forms.enquiries import AnswerEnquiryForm, SpecialistForm
from champions.models import EnquiryGuest, kept_apart
from champions.services import enquiry_guests as specialists
from champions.views.network_enquiries import COORDINATE, open_in
from training.access.gates import Request, public, requires
from training.people.selectors import partnership_for


@require_http_methods(["GET", "POST"])
@requires(COORDINATE)
def ask_specialist(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Put it to a specialist from outside."""
    partnership = partnership_for(request.access, COORDINATE, code)
    row = get_object_or_404(open_in(request, partnership).open(), uid=uid)
    form = SpecialistForm(request.POST or None, initial={"question": row.words})
    if request.method == "POST" and form.is_valid():
        by, at = request.access.actor, timezone.now()
        try:
            specialists.ask_specialist(enquiry=row, by=by, at=at, **form.cleaned_data)
        except ChampionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Asked. Their answer comes to you first.")
            return redirect("network-enquiry", code, uid)
    context = {"partnership": partnership, "enquiry": row, "form": form}
    return render(request, "champions/ask_specialist.html", context)


@require_POST
@requires(COORDINATE)
def take_back_from_specialist(request: Request, code: str, uid: UUID) -> HttpResponse:
    """The specialist's link works no longer."""
    partnership = partnership_for(request.access, COORDINATE, code)
    row = get_object_or_404(open_in(request, partnership), uid=uid)
    specialists.take_back_from_specialist(enquiry=row, by=request.access.actor, at=timezone.now())
    messages.success(request, "Taken back. The link works no longer, and the address is deleted.")
    return redirect("network-enquiry", code, uid)


@never_cache
@require_http_methods(["GET", "POST"])
@public
def specialist_link(request: Request, token: str) -> HttpResponse:
    """One question, for whoever holds a specialist's link. Used, old, taken back and never made all look the same."""
    found = specialists.guest_at(token, at=timezone.now())
    if found is None or _is_kept_apart(request, found):
        return render(request, "champions/link_is_over.html", status=404)
    form = AnswerEnquiryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            specialists.answer_as_specialist(guest=found, words=form.cleaned_data["words"], at=timezone.now())
        except ChampionError:
            return render(request, "champions/link_is_over.html", status=404)
        return render(request, "champions/link_answered.html")
    return render(request, "champions/specialist_link.html", {"guest": found, "form": form})


def _is_kept_apart(request: Request, guest: EnquiryGuest) -> bool:
    """Whether the link came to somebody signed in between whom and the asker nothing passes."""
    return kept_apart(request.access).filter(pk=guest.enquiry.asker_id).exists()
