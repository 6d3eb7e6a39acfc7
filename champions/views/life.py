"""One's own life as a champion: put oneself forward, answer, ask one's manager, check in, stand down."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from champions import agreement
from champions.errors import ChampionError
from champions.forms.life import LeaveForm, ManagerForm, own_check_in
from champions.models import Champion, CheckIn, ManagerQuestion
from champions.selectors.facts import Known
from champions.selectors.managers import manager_of, post_of
from champions.selectors.mine import Own
from champions.selectors.next_step import offers_to, question_about
from champions.services import agreement as agreeing
from champions.services import network as lives
from champions.services.community import decline_as_community_champion
from champions.services.leaving import stand_down
from champions.services.turns import champion_row
from champions.status import Status, Way
from champions.views.mine import mine_or_404, own_or_404, to_my_page
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.kinds import AgencyKind


def _with_post(request: Request) -> Own:
    """Oneself where one has a post; else there is nothing to be put forward for."""
    found = own_or_404(request)
    if post_of(found.person, found.partnership, on=today()) is None:
        raise Http404
    return found


def _champion(request: Request) -> tuple[Own, Known, Champion]:
    here, found = mine_or_404(request)
    return here, found.known, champion_row(person=here.person, partnership=here.partnership, at=timezone.now())


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def put_myself_forward(request: Request) -> HttpResponse:
    """What a champion takes on; one press puts oneself forward."""
    here = _with_post(request)
    if here.mine and here.mine.known.status != Status.STOOD_DOWN:
        return to_my_page(here)
    if request.method == "POST":
        by, at = request.access.actor, timezone.now()
        lives.nominate(person=here.person, partnership=here.partnership, on=today(), by=by, at=at, way=Way.OWN)
        messages.success(request, "You have put yourself forward.")
        return to_my_page(here)
    context = {"words": agreement.AGREEMENT, "query": here.query}
    return render(request, "champions/put_myself_forward.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def answer_nomination(request: Request) -> HttpResponse:
    """Put forward by somebody else: say yes or no."""
    here = _with_post(request)
    found = here.mine.known if here.mine else None
    champion = found.champion if found and found.facts.life.awaits_own_yes else None
    offer = offers_to(request.access, here.partnership, found)
    if champion is None and offer is None:
        return to_my_page(here)
    if request.method == "POST":
        by, at, says_yes = request.access.actor, timezone.now(), request.POST.get("says") == "yes"
        if offer:
            lives.take_offer(nomination=offer, person=here.person, says_yes=says_yes, by=by, at=at)
        elif champion and says_yes:
            lives.say_yes(champion=champion, by=by, at=at)
        elif champion:
            _say_no(found, champion, request)
        messages.success(request, "Thank you. Your answer is kept.")
        return to_my_page(here)
    context = {"words": agreement.AGREEMENT, "query": here.query}
    return render(request, "champions/answer_nomination.html", context)


def _say_no(found: Known | None, champion: Champion, request: Request) -> None:
    says_no = decline_as_community_champion if found and found.is_community else lives.say_no
    says_no(champion=champion, by=request.access.actor, at=timezone.now())


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def ask_my_manager(request: Request) -> HttpResponse:
    """Ask the manager whom the roster names, or give an address: to agree, or to check in."""
    here, found, champion = _champion(request)
    asks = _asks(found)
    if asks is None:
        return to_my_page(here)
    post = post_of(here.person, here.partnership, on=today())
    manager = manager_of(post, on=today()) if post else None
    form = None if manager else ManagerForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        address = form.cleaned_data["address"] if form else ""
        by, at = request.access.actor, timezone.now()
        try:
            agreeing.ask_manager(champion=champion, asks=asks, address=address, by=by, at=at)
        except ChampionError as error:
            if form is None:
                messages.warning(request, str(error))
                return to_my_page(here)
            form.add_error("address", str(error))
        else:
            messages.success(request, "Your manager has been asked.")
            return to_my_page(here)
    context = {
        "manager": manager,
        "form": form,
        "words": agreement.AGREEMENT,
        "is_check_in": asks == "check_in",
        "query": here.query,
    }
    return render(request, "champions/ask_my_manager.html", context)


def _asks(found: Known) -> str | None:
    """What there is to ask the manager now."""
    if found.facts.awaits_agreement and not found.facts.life.awaits_own_yes:
        return ManagerQuestion.Asks.AGREE
    return ManagerQuestion.Asks.CHECK_IN if found.status.is_agreed else None


@require_POST
@requires(Permission.SEE_CHAMPIONS)
def withdraw_question(request: Request) -> HttpResponse:
    """Take back what the manager was asked; who put themselves forward can then ask again, or leave it."""
    here, found, champion = _champion(request)
    if question := question_about(champion, _asks(found) or ManagerQuestion.Asks.AGREE):
        agreeing.take_back(question=question, by=request.access.actor, at=timezone.now())
        messages.success(request, "Taken back. The link no longer works.")
    return to_my_page(here)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def champion_check_in(request: Request) -> HttpResponse:
    """Three ticks, a minute."""
    here, found, champion = _champion(request)
    if not found.status.is_agreed:
        return to_my_page(here)
    form = own_check_in(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agreeing.check_in(champion=champion, side=CheckIn.Side.OWN, by=request.access.actor, at=timezone.now())
        messages.success(request, "Thank you. You have checked in.")
        return to_my_page(here)
    return render(request, "champions/champion_check_in.html", {"form": form, "query": here.query})


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def stand_myself_down(request: Request) -> HttpResponse:
    """End it, for now. One who is only put forward takes that back."""
    here, found, champion = _champion(request)
    is_champion = found.facts.is_agreed or (found.facts.has_duty and not found.is_community)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by, at = request.access.actor, timezone.now()
        if is_champion:
            stand_down(champion=champion, by=by, at=at, **form.cleaned_data)
            messages.success(request, "You have stood down, and are out of the directory. Thank you for all you did.")
        else:
            _say_no(found, champion, request)
            messages.success(request, "Taken back. You are not put forward any longer.")
        return to_my_page(here)
    is_community = found.agency is not None and found.agency.kind == AgencyKind.COMMUNITY
    context = {"form": form, "is_champion": is_champion, "is_community": is_community, "query": here.query}
    return render(request, "champions/stand_myself_down.html", context)
