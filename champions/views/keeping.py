"""The coordinator keeps the network alive: agreements, conditions, hand-overs, community champions."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from champions.conditions import Conditions
from champions.errors import ChampionError
from champions.forms.life import CommunityForm, ConditionsForm, CoordinatorsManagerForm, OutcomeForm
from champions.models import Handover, ManagerQuestion
from champions.selectors.conditions import conditions_on
from champions.selectors.facts import known
from champions.selectors.handover import Change, changes, questions
from champions.selectors.managers import is_not_the_rosters
from champions.services import agreement as agreeing
from champions.services.community import add_community_champion
from champions.services.conditions import set_conditions
from champions.services.leaving import close_handover as close
from champions.views.network import champion_of_row, row_or_404
from training.access.access import Access
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Locality, Partnership
from training.people.selectors import partnership_for

NOT_THE_ROSTERS = "The roster names somebody else as their manager. Make sure that this address is the manager's."
DOES = {"confirm": agreeing.confirm, "ask_again": agreeing.ask_again}
NOT_BY_ADDRESS = (
    "Of somebody whose name is withheld, ask the manager whom the roster names: leave the address empty. "
    "Or record the agreement yourself."
)
USUAL = Conditions(meetings_needed=2, meetings_of=4, check_in_months=12, warn_days=60)


@require_POST
@requires(Permission.COORDINATE_CHAMPIONS)
def network_ask_manager(request: Request, code: str, person: UUID) -> HttpResponse:
    """Ask the manager of somebody put forward; once more, where the last link is over.

    Where the name is withheld, at no address that the coordinator gives: what comes of one would tell who it is.
    """
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    row = row_or_404(request.access, partnership, person)
    form = CoordinatorsManagerForm(request.POST)
    if form.is_valid() and row.is_withheld and form.cleaned_data["address"]:
        messages.warning(request, NOT_BY_ADDRESS)
    elif form.is_valid():
        champion, address = champion_of_row(row, partnership), form.cleaned_data["address"]
        asks = ManagerQuestion.Asks.AGREE if row.known.facts.awaits_agreement else ManagerQuestion.Asks.CHECK_IN
        try:
            question = agreeing.ask_manager(
                champion=champion,
                asks=asks,
                address=address,
                overrules=True,
                by=request.access.actor,
                at=timezone.now(),
            )
            messages.success(request, "The manager has been asked.")
            if is_not_the_rosters(question.post, question.address, on=today()):
                messages.warning(request, NOT_THE_ROSTERS)
        except ChampionError as error:
            messages.warning(request, str(error))
    else:
        messages.warning(request, form.errors["address"].as_text().removeprefix("* "))
    return redirect("network-champion", code, person)


@require_POST
@requires(Permission.COORDINATE_CHAMPIONS)
def network_question(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Confirm an agreement that came by a link, ask once more, or take the question back."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    rows = questions(request.access, partnership)
    question = get_object_or_404(rows.select_related("champion__person", "champion__partnership", "post"), uid=uid)
    does = DOES.get(request.POST.get("does", ""), agreeing.take_back)
    try:
        does(question=question, by=request.access.actor, at=timezone.now())
        messages.success(request, "Done.")
    except ChampionError as error:
        messages.warning(request, str(error))
    return redirect("champions-network", code)


@require_http_methods(["GET", "POST"])
@requires(Permission.COORDINATE_CHAMPIONS)
def network_conditions(request: Request, code: str) -> HttpResponse:
    """What a champion must keep up: who would stand elsewhere is shown before it is saved."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    now = conditions_on(partnership, today())
    start = now if now != Conditions() else USUAL
    form = ConditionsForm(request.POST or None, initial=_initial(start))
    context = {"partnership": partnership, "now": now, "form": form, "is_set": now != Conditions()}
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        starts_on = said.pop("starts_on")
        wanted = Conditions(**said)
        if "save" in request.POST:
            try:
                set_conditions(
                    partnership=partnership,
                    starts_on=starts_on,
                    conditions=wanted,
                    by=request.access.actor,
                    at=timezone.now(),
                )
            except ChampionError as error:
                form.add_error("starts_on", str(error))
            else:
                messages.success(request, "Saved. What held before stays on record.")
                return redirect("champions-network", code)
        else:
            context |= {"changes": _preview(request.access, partnership, wanted, starts_on), "is_previewed": True}
    return render(request, "champions/network_conditions.html", context)


def _initial(conditions: Conditions) -> dict[str, object]:
    names = ("meetings_needed", "meetings_of", "check_in_months", "warn_days")
    return {"starts_on": today()} | {name: getattr(conditions, name) for name in names}


def _preview(access: Access, partnership: Partnership, wanted: Conditions, starts_on: date) -> tuple[Change, ...]:
    """Who would stand elsewhere on the first day, as far as that is known today."""
    before = known(partnership, on=starts_on)
    since = conditions_on(partnership, starts_on).asks_since or starts_on
    after = known(partnership, on=starts_on, conditions=replace(wanted, asks_since=since))
    return changes(access, before, after)


@require_POST
@requires(Permission.COORDINATE_CHAMPIONS)
def close_handover(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Say what has come of a hand-over."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    rows = Handover.objects.visible_to(request.access).filter(champion__partnership=partnership)
    handover = get_object_or_404(rows.select_related("champion__partnership"), uid=uid)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        try:
            close(handover=handover, by=request.access.actor, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Noted.")
        except ChampionError as error:
            messages.warning(request, str(error))
    return redirect("champions-network", code)


@require_http_methods(["GET", "POST"])
@requires(Permission.COORDINATE_CHAMPIONS)
def community_champion(request: Request, code: str) -> HttpResponse:
    """Add a champion who has no employer, and vouch for them."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    localities = Locality.objects.filter(partnership=partnership)
    form = CommunityForm(request.POST or None, localities=list(localities.values_list("pk", "title")))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            add_community_champion(
                partnership=partnership,
                name=said["name"],
                address=said["address"],
                locality=localities.get(pk=said["locality"]),
                by=request.access.actor,
                at=timezone.now(),
            )
        except ChampionError as error:
            form.add_error("address", str(error))
        else:
            messages.success(request, "Added. They are asked themselves, and begin when they say yes.")
            return redirect("champions-network", code)
    return render(request, "champions/community_champion.html", {"partnership": partnership, "form": form})
