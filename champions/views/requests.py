"""One request, as either of the two sides reads it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from champions.errors import ChampionError
from champions.forms.requests import ReplyForm
from champions.models import Champion, ContactRequest
from champions.selectors import requests as relay
from champions.selectors.listings import is_listed
from champions.services import looks
from champions.services import requests as requesting
from training.access.access import Access
from training.access.clock import today
from training.access.gates import requires
from training.access.permissions import Permission


def _request_or_404(access: Access, uid: UUID) -> ContactRequest:
    rows = ContactRequest.objects.visible_to(access)
    rows = rows.select_related("sender__user", "champion__person__user", "suggested")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def champion_request(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Read a request and its answer; the champion answers here. One that is deleted tells its champion so."""
    access, on, at = request.access, today(), timezone.now()  # type: ignore[attr-defined]
    if ContactRequest.objects.taken_back_from(access).filter(uid=uid).exists():
        return render(request, "champions/request_taken_back.html", {"uid": uid})
    found = _request_or_404(access, uid)
    read = relay.read_by(access, found, on=on)
    if read.is_mine:
        if request.method == "POST":
            raise Http404
        context = {"read": read, "may_ask_next": read.may_ask_next(at)}
        return render(request, "champions/champion_request.html", context)
    others = relay.to_suggest(access, found, on=on, at=at) if read.may_reply else {}
    form = _reply_form(request, others)
    if request.method == "POST" and form.is_valid():
        try:
            requesting.reply(request=found, by=access.actor, at=at, **form.cleaned_data)
        except ChampionError as error:
            form.add_error(None, str(error))
        else:
            return redirect("champion-request", uid)
    if others and not _may_be_shown(access, len(others), on=on):
        form = _reply_form(request, {})
    context = {"read": read, "form": form, "agency": relay.agency_of(found.sender, on=on)}
    context["is_listed"] = is_listed(access)
    return render(request, "champions/champion_request.html", context)


def _reply_form(request: HttpRequest, others: dict[Champion, str]) -> ReplyForm:
    return ReplyForm(request.POST or None, others, {each.pk: name for each, name in others.items()})


def _may_be_shown(access: Access, names: int, *, on: date) -> bool:
    """Whether this login has not read as many names yet as anybody may in a day; these are counted among them."""
    assert access.user_id is not None  # the gate lets in nobody who has not signed in
    if looks.has_looked_enough(access.user_id, on=on):
        return False
    looks.count_look(access.user_id, names, on=on)
    return True


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def ask_next(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Leads the sender to the next best champion, with what they asked filled in. Nothing is sent yet."""
    access, on, at = request.access, today(), timezone.now()  # type: ignore[attr-defined]
    found = _request_or_404(access, uid)
    if not relay.read_by(access, found, on=on).may_ask_next(at):
        raise Http404
    champion = relay.next_to_ask(access, found, on=on, at=at)
    if champion is None:
        messages.info(request, "There is nobody else to ask at the moment. The lines on this page can help.")
        return redirect("champions")
    return redirect(f"{reverse('ask-champion', args=[champion.uid])}?again={found.uid}")


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
    """Keep the sender of a request away, and delete it. Who sent one that was taken back is not told."""
    access = request.access  # type: ignore[attr-defined]
    rows = ContactRequest.objects.taken_back_from(access).select_related("sender", "champion__person")
    gone = rows.filter(uid=uid).first()
    found = gone or _request_or_404(access, uid)
    if found.champion.person_id != access.person_id:
        raise Http404
    by, at = access.actor, timezone.now()
    requesting.block(owner=found.champion.person, person=found.sender, by=by, at=at, is_unnamed=gone is not None)
    messages.success(request, "They can no longer find you, and the request is deleted. They are not told.")
    return redirect("my-champion-page")
