"""One request, as either of the two sides reads it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from champions.errors import ChampionError
from champions.forms.requests import ReplyForm
from champions.models import ContactRequest
from champions.selectors import mine
from champions.services import requests as requesting
from training.access.access import Access
from training.access.clock import today
from training.access.gates import requires
from training.access.permissions import Permission


def _request_or_404(access: Access, uid: UUID) -> ContactRequest:
    rows = ContactRequest.objects.visible_to(access).select_related("sender__user", "champion__person__user")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def champion_request(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Read a request and its answer; the champion answers here."""
    access, on, at = request.access, today(), timezone.now()  # type: ignore[attr-defined]
    found = _request_or_404(access, uid)
    read = mine.read_by(access, found, mine.names_for(access, {found.champion_id}, on=on, at=at))
    form = ReplyForm(request.POST or None)
    if request.method == "POST":
        if read.is_mine:
            raise Http404
        if form.is_valid():
            try:
                requesting.reply(request=found, by=access.actor, at=at, **form.cleaned_data)
            except ChampionError as error:
                form.add_error(None, str(error))
            else:
                return redirect("champion-request", uid)
    agency = "" if read.is_mine else mine.agency_of(found.sender, on=on)
    return render(request, "champions/champion_request.html", {"read": read, "form": form, "agency": agency})


@require_POST
@requires(Permission.SEE_CHAMPIONS)
def delete_champion_request(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Delete a request for both sides."""
    access = request.access  # type: ignore[attr-defined]
    requesting.delete_request(request=_request_or_404(access, uid), by=access.actor, at=timezone.now())
    messages.success(request, "The request has been deleted for both of you.")
    return redirect("my-champion-page")


@require_POST
@requires(Permission.SEE_CHAMPIONS)
def block_sender(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep the sender of a request away, and delete it."""
    access = request.access  # type: ignore[attr-defined]
    found = _request_or_404(access, uid)
    if found.champion.person_id != access.person_id:
        raise Http404
    requesting.block(owner=found.champion.person, person=found.sender, by=access.actor, at=timezone.now())
    messages.success(request, "They can no longer find you, and the request is deleted. They are not told.")
    return redirect("my-champion-page")
