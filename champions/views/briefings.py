"""A champion's log of briefings: in half a minute, put right at any time, and counted by code."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from champions.errors import ChampionError
from champions.forms.briefings import BriefingForm, as_logged
from champions.models import CascadeVersion
from champions.selectors import briefings as book
from champions.selectors.packs import packs
from champions.services import briefings as logging
from champions.views.meetings import member_or_404, own_row
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission

PER_PAGE = 25


def _said_or_404(request: Request, uid: UUID) -> CascadeVersion:
    said = book.my_briefing(request.access, uid)
    if said is None:
        raise Http404
    return said


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def briefings(request: Request) -> HttpResponse:
    """One's own log."""
    found = member_or_404(request)
    page = Paginator(book.my_briefings(request.access), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "opinions": book.opinions(found.partnership, [(each.slug, each.title) for each in packs()]),
    }
    return render(request, "champions/briefings.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def log_briefing(request: Request) -> HttpResponse:
    """Log one: what is likely is filled in, but for the place, which is easily left standing."""
    found = member_or_404(request)
    last, places = book.last_said(request.access), book.places_of(found)
    initial = {"held_on": today(), "minutes": 30}
    if last:
        initial["pack"] = as_logged(last, packs())["pack"]
    if pack := packs().filter(slug=request.GET.get("pack", "").replace("\0", "")).first():
        initial |= {"pack": pack, "minutes": pack.minutes}
    form = BriefingForm(packs(), places, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and found.known.agency:
        try:
            logged = logging.log_briefing(
                champion=own_row(found),
                briefing=form.briefing(found.known.agency),
                by=request.access.actor,
                at=timezone.now(),
            )
        except ChampionError as error:
            form.add_error("held_on", str(error))
        else:
            messages.success(request, "Logged. Thank you.")
            return redirect("briefing", logged.uid)
    return render(request, "champions/log_briefing.html", {"form": form, "agency": found.known.agency})


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def briefing(request: Request, uid: UUID) -> HttpResponse:
    """One briefing: its code, and how many have used it. Never who."""
    said = _said_or_404(request, uid)
    context = {"said": said, "takes_cards": said.takes_cards(timezone.now())}
    return render(request, "champions/briefing.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def change_briefing(request: Request, uid: UUID) -> HttpResponse:
    """Put it right. What was said before stays known."""
    said, found = _said_or_404(request, uid), member_or_404(request)
    places = book.places_of(found)
    form = BriefingForm(packs(), places, request.POST or None, initial=as_logged(said, packs()))
    if request.method == "POST" and form.is_valid():
        try:
            logging.correct_briefing(
                cascade=said.cascade, briefing=form.briefing(said.agency), by=request.access.actor, at=timezone.now()
            )
        except ChampionError as error:
            form.add_error("held_on", str(error))
        else:
            messages.success(request, "Put right.")
            return redirect("briefing", uid)
    return render(request, "champions/log_briefing.html", {"form": form, "agency": said.agency, "said": said})


@require_POST
@requires(Permission.SEE_CHAMPIONS)
def strike_briefing(request: Request, uid: UUID) -> HttpResponse:
    """It did not take place."""
    said = _said_or_404(request, uid)
    try:
        logging.strike_briefing(cascade=said.cascade, by=request.access.actor, at=timezone.now())
        messages.success(request, "Taken out of the log. It counts no longer.")
    except ChampionError as error:
        messages.warning(request, str(error))
    return redirect("briefings")
