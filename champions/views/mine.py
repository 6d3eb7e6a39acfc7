"""One's own page in the network."""

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from champions.errors import ChampionError
from champions.forms.listing import ListingForm, OptInForm
from champions.forms.requests import BlockForm
from champions.models import Block
from champions.selectors import mine as own
from champions.selectors.cards import preview
from champions.selectors.listings import is_listed, listing_of
from champions.selectors.looks import shown_by_day
from champions.selectors.next_step import next_step, offers_to
from champions.selectors.requests import correspondence
from champions.services import listing as listings
from champions.services import requests as requesting
from training.access.access import Access
from training.access.clock import today
from training.access.gates import requires
from training.access.permissions import Permission
from training.people.models import Partnership

WEEK = timedelta(days=6)


def own_or_404(request: HttpRequest) -> own.Own:
    """Oneself in the network that the address names; else in the first of one's own."""
    access: Access = request.access  # type: ignore[attr-defined]
    found = own.own(access, on=today(), network=request.GET.get("network", ""))
    if found is None:
        raise Http404
    return found


def mine_or_404(request: HttpRequest) -> tuple[own.Own, own.Mine]:
    """The same for who is a champion there, or was."""
    found = own_or_404(request)
    if found.mine is None:
        raise Http404
    return found, found.mine


def to_my_page(found: own.Own) -> HttpResponse:
    """Back to one's own page, of the same network."""
    return redirect(reverse("my-champion-page") + found.query)


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def my_champion_page(request: HttpRequest) -> HttpResponse:
    """Where one stands, the card as others see it, requests, and whom one keeps away."""
    access, on, at = request.access, today(), timezone.now()  # type: ignore[attr-defined]
    here = own.own(access, on=on, network=request.GET.get("network", ""))
    if here is None and "network" in request.GET:
        raise Http404
    if here and here.others:
        request.session["network"] = here.partnership.code  # which meetings, letters and briefings are shown
    found = here.mine if here else None
    requests = correspondence(access, on=on, at=at)
    context = {
        "mine": found,
        "own": here,
        "others": _others(access, here) if here else (),
        "query": here.query if here else "",
        "today": on,
        "previews": preview(found.profile.champion, on=on) if found and found.profile else {},
        "shown": shown_by_day(found.profile.champion, on=on) if found and found.profile else (),
        "requests": requests,
        "waiting": sum(each.may_reply for each in requests),
        "step": next_step(found.known, on=on, at=at) if found else None,
        "offer": offers_to(access, here.partnership, found.known if found else None) if here else None,
        "blocks": Block.objects.visible_to(access).select_related("kept_away"),
        "block_form": BlockForm(),
    }
    return render(request, "champions/my_champion_page.html", context)


def _others(access: Access, here: own.Own) -> list[tuple[Partnership, own.Mine | None, bool]]:
    """The other networks: what one is there, and whether somebody has put one forward."""
    return [
        (each, found, offers_to(access, each, found.known if found else None) is not None)
        for each, found in here.others
    ]


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def champion_listing(request: HttpRequest) -> HttpResponse:
    """Agree to be listed, or change what is shown."""
    access = request.access  # type: ignore[attr-defined]
    here, found = mine_or_404(request)
    if not (found.may_opt_in or found.profile):
        raise Http404
    initial = asdict(listing_of(found.profile)) if found.profile else {}
    form = (
        ListingForm(request.POST or None, initial=initial)
        if found.is_listed
        else OptInForm(request.POST or None, initial=initial, terms=found.terms)
    )
    if request.method == "POST" and form.is_valid():
        try:
            _save(access, found, form)
        except ChampionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Saved. This is how others see you.")
            return to_my_page(here)
    context = {
        "form": form,
        "terms": found.terms.sentences,
        "opts_in": isinstance(form, OptInForm),
        "is_listed": found.is_listed,
        "query": here.query,
    }
    return render(request, "champions/champion_listing.html", context)


def _save(access: Access, found: own.Mine, form: ListingForm) -> None:
    if isinstance(form, OptInForm):
        listings.opt_in(
            person=found.known.person,
            partnership=found.partnership,
            listing=form.listing(),
            terms_version=form.cleaned_data["terms_version"],
            by=access.actor,
            at=timezone.now(),
        )
    elif found.known.champion:
        champion = found.known.champion
        listings.update_profile(champion=champion, listing=form.listing(), by=access.actor, at=timezone.now())


@require_POST
@requires(Permission.SEE_CHAMPIONS)
def hide_me(request: HttpRequest) -> HttpResponse:
    """Out of every directory, at once."""
    access = request.access  # type: ignore[attr-defined]
    if not (is_listed(access) or own.mine(access, on=today())):
        raise Http404
    listings.hide_everywhere(person_id=access.person_id or 0, by=access.actor, at=timezone.now())
    messages.success(request, "You are hidden. Nobody can find you in the directory now.")
    return redirect("my-champion-page")


@require_POST
@requires(Permission.SEE_CHAMPIONS)
def rest(request: HttpRequest) -> HttpResponse:
    """Not this week: neither found nor asked for seven days; or, resting, to be found again."""
    access: Access = request.access  # type: ignore[attr-defined]
    here, found = mine_or_404(request)
    if found.profile is None:
        raise Http404
    until = None if "wake" in request.POST else today() + WEEK
    listings.rest(champion=found.profile.champion, until=until, by=access.actor, at=timezone.now())
    words = "You rest for a week. Nobody new can ask you until then." if until else "You can be asked again."
    messages.success(request, words)
    return to_my_page(here)


@require_POST
@requires(Permission.SEE_CHAMPIONS)
def keep_away(request: HttpRequest) -> HttpResponse:
    """Keep whoever has this address from finding one."""
    access = request.access  # type: ignore[attr-defined]
    here, found = mine_or_404(request)
    form = BlockForm(request.POST)
    if form.is_valid():
        try:
            person, address = found.known.person, form.cleaned_data["address"]
            requesting.block(owner=person, address=address, by=access.actor, at=timezone.now())
            messages.success(request, "Whoever has this address can no longer find you. They are not told.")
        except ChampionError as error:
            messages.warning(request, str(error))
    else:
        messages.warning(request, form.errors["address"].as_text().removeprefix("* "))
    return to_my_page(here)


@require_POST
@requires(Permission.SEE_CHAMPIONS)
def let_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let somebody find one again."""
    access = request.access  # type: ignore[attr-defined]
    found = get_object_or_404(Block.objects.visible_to(access).select_related("owner"), uid=uid)
    requesting.unblock(block=found, by=access.actor, at=timezone.now())
    messages.success(request, "They can find you again.")
    return redirect("my-champion-page")
