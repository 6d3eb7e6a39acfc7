"""One's own life as a champion: put oneself forward, answer, ask one's manager, check in, stand down."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from champions import agreement
from champions.errors import ChampionError
from champions.forms.life import LeaveForm, ManagerForm, own_check_in
from champions.models import Champion, CheckIn, ManagerQuestion
from champions.selectors import mine as own
from champions.selectors.managers import manager_of, post_of
from champions.selectors.next_step import offers_to, question_about
from champions.services import agreement as agreeing
from champions.services import network as lives
from champions.services.leaving import stand_down
from champions.status import Status, Way
from training.access.access import Access
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.kinds import AgencyKind
from training.people.models import Partnership, Person


def own_post(access: Access) -> tuple[Person, Partnership]:
    """Oneself, and the first partnership in which one has a post."""
    on = today()
    person = Person.objects.visible_to(access).filter(pk=access.person_id or 0).first()
    found = (each for each in own.partnerships_of(access, on=on) if person and post_of(person, each, on=on))
    partnership = next(found, None)
    if person is None or partnership is None:
        raise Http404
    return person, partnership


def _champion(access: Access) -> tuple[own.Mine, Champion]:
    found = own.mine(access, on=today())
    if found is None:
        raise Http404
    at = timezone.now()
    return found, lives.champion_row(person=found.known.person, partnership=found.partnership, at=at)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def put_myself_forward(request: Request) -> HttpResponse:
    """What a champion takes on; one press puts oneself forward."""
    person, partnership = own_post(request.access)
    found = own.mine(request.access, on=today())
    if found and found.known.status != Status.STOOD_DOWN:
        return redirect("my-champion-page")
    if request.method == "POST":
        by, at = request.access.actor, timezone.now()
        lives.nominate(person=person, partnership=partnership, on=today(), by=by, at=at, way=Way.OWN)
        messages.success(request, "You have put yourself forward.")
        return redirect("my-champion-page")
    return render(request, "champions/put_myself_forward.html", {"words": agreement.AGREEMENT})


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def answer_nomination(request: Request) -> HttpResponse:
    """Put forward by somebody else: say yes or no."""
    person, partnership = own_post(request.access)
    found = own.mine(request.access, on=today())
    champion = found.known.champion if found and found.known.facts.life.awaits_own_yes else None
    offer = offers_to(request.access, partnership, found.known if found else None)
    if champion is None and offer is None:
        return redirect("my-champion-page")
    if request.method == "POST":
        by, at, says_yes = request.access.actor, timezone.now(), request.POST.get("says") == "yes"
        if offer:
            lives.take_offer(nomination=offer, person=person, says_yes=says_yes, by=by, at=at)
        elif champion:
            (lives.say_yes if says_yes else lives.say_no)(champion=champion, by=by, at=at)
        messages.success(request, "Thank you. Your answer is kept.")
        return redirect("my-champion-page")
    return render(request, "champions/answer_nomination.html", {"words": agreement.AGREEMENT})


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def ask_my_manager(request: Request) -> HttpResponse:
    """Ask the manager whom the roster names, or give an address: to agree, or to check in."""
    found, champion = _champion(request.access)
    asks = _asks(found)
    if asks is None:
        return redirect("my-champion-page")
    post = post_of(found.known.person, found.partnership, on=today())
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
                return redirect("my-champion-page")
            form.add_error("address", str(error))
        else:
            messages.success(request, "Your manager has been asked.")
            return redirect("my-champion-page")
    context = {"manager": manager, "form": form, "words": agreement.AGREEMENT, "is_check_in": asks == "check_in"}
    return render(request, "champions/ask_my_manager.html", context)


def _asks(found: own.Mine) -> str | None:
    """What there is to ask the manager now."""
    facts = found.known.facts
    if facts.awaits_agreement and not facts.life.awaits_own_yes:
        return ManagerQuestion.Asks.AGREE
    return ManagerQuestion.Asks.CHECK_IN if found.known.status.is_agreed else None


@require_POST
@requires(Permission.SEE_CHAMPIONS)
def withdraw_question(request: Request) -> HttpResponse:
    """Take back what the manager was asked; who put themselves forward can then ask again, or leave it."""
    found, champion = _champion(request.access)
    if question := question_about(champion, _asks(found) or ManagerQuestion.Asks.AGREE):
        agreeing.take_back(question=question, by=request.access.actor, at=timezone.now())
        messages.success(request, "Taken back. The link no longer works.")
    return redirect("my-champion-page")


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def champion_check_in(request: Request) -> HttpResponse:
    """Three ticks, a minute."""
    found, champion = _champion(request.access)
    if not found.known.status.is_agreed:
        return redirect("my-champion-page")
    form = own_check_in(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agreeing.check_in(champion=champion, side=CheckIn.Side.OWN, by=request.access.actor, at=timezone.now())
        messages.success(request, "Thank you. You have checked in.")
        return redirect("my-champion-page")
    return render(request, "champions/champion_check_in.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def stand_myself_down(request: Request) -> HttpResponse:
    """End it, for now. One who is only put forward takes that back."""
    found, champion = _champion(request.access)
    is_champion = found.known.facts.is_agreed or found.known.facts.has_duty
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by, at = request.access.actor, timezone.now()
        if is_champion:
            stand_down(champion=champion, by=by, at=at, **form.cleaned_data)
            messages.success(request, "You have stood down, and are out of the directory. Thank you for all you did.")
        else:
            lives.say_no(champion=champion, by=by, at=at)
            messages.success(request, "Taken back. You are not put forward any longer.")
        return redirect("my-champion-page")
    is_community = found.known.agency is not None and found.known.agency.kind == AgencyKind.COMMUNITY
    context = {"form": form, "is_champion": is_champion, "is_community": is_community}
    return render(request, "champions/stand_myself_down.html", context)
