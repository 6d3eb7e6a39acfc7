"""Guests of meetings: inviting them, and the one page that their link opens."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from champions.errors import ChampionError
from champions.forms.meetings import GuestAnswerForm, GuestForm
from champions.services import guests
from champions.views.meeting_plans import meeting_of
from training.access.gates import Request, public, requires
from training.access.permissions import Permission


@require_POST
@requires(Permission.COORDINATE_CHAMPIONS)
def invite_guest(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Send a guest a link."""
    found, form = meeting_of(request, code, uid), GuestForm(request.POST)
    if form.is_valid():
        try:
            guests.invite_guest(meeting=found, by=request.access.actor, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Invited. They get a mail with a link.")
        except ChampionError as error:
            messages.warning(request, str(error))
    else:
        messages.warning(request, form.errors["address"].as_text().removeprefix("* "))
    return redirect("network-meeting", code, uid)


@require_POST
@requires(Permission.COORDINATE_CHAMPIONS)
def withdraw_guest(request: Request, code: str, uid: UUID, guest: UUID) -> HttpResponse:
    """A guest's link works no longer."""
    found = get_object_or_404(meeting_of(request, code, uid).guests, uid=guest)
    guests.withdraw_guest(guest=found, by=request.access.actor, at=timezone.now())
    messages.success(request, "The invitation is taken back: the link works no longer.")
    return redirect("network-meeting", code, uid)


@never_cache
@require_http_methods(["GET", "POST"])
@public
def meeting_guest(request: Request, token: str) -> HttpResponse:
    """The agenda, for whoever holds a guest's link; they answer once. Old and withdrawn links get a plain word."""
    found = guests.guest_with(token, at=timezone.now())
    if found is None:
        return render(request, "champions/guest_gone.html", status=404)
    form = GuestAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            guests.answer_as_guest(guest=found, at=timezone.now(), **form.cleaned_data)
        except ChampionError as error:
            form.add_error(None, str(error))
        else:
            return redirect("meeting-guest", token)
    return render(request, "champions/guest.html", {"guest": found, "meeting": found.meeting, "form": form})
