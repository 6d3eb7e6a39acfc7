"""What the coordinator does for one champion: puts forward, notes an agreement, ends it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from champions.errors import ChampionError
from champions.forms.life import CoordinatorsManagerForm, LeaveForm, TakeBackForm
from champions.forms.network import AgreementForm, NominateForm
from champions.models import Champion
from champions.selectors import network as book
from champions.services import network as lives
from champions.services import taking_back as taking
from champions.services.community import end_community_champion, forget_community_champion
from champions.services.leaving import stand_down
from training.access.access import Access
from training.access.clock import today
from training.access.gates import requires
from training.access.permissions import Permission
from training.people.models import Partnership
from training.people.selectors import partnership_for


def row_or_404(access: Access, partnership: Partnership, person: UUID) -> book.NetworkRow:
    """One champion of the partnership."""
    found = book.network_row(access, partnership, person, on=today())
    if found is None:
        raise Http404
    return found


def champion_of_row(row: book.NetworkRow, partnership: Partnership) -> Champion:
    """Their place in the network, made where only the roster named them."""
    return row.known.champion or lives.champion_row(person=row.known.person, partnership=partnership, at=timezone.now())


@require_POST
@requires(Permission.COORDINATE_CHAMPIONS)
def nominate_champion(request: HttpRequest, code: str) -> HttpResponse:
    """Put somebody forward by their work address."""
    access = request.access  # type: ignore[attr-defined]
    partnership = partnership_for(access, Permission.COORDINATE_CHAMPIONS, code)
    form = NominateForm(request.POST)
    if form.is_valid():
        lives.nominate_address(
            partnership=partnership, on=today(), by=access.actor, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, "Noted. The address is listed below for 90 days.")
    else:
        messages.warning(request, form.errors["address"].as_text().removeprefix("* "))
    return redirect("champions-network", code)


@require_http_methods(["GET", "POST"])
@requires(Permission.COORDINATE_CHAMPIONS)
def network_champion(request: HttpRequest, code: str, person: UUID) -> HttpResponse:
    """One champion: where they stand, and the manager's agreement."""
    access = request.access  # type: ignore[attr-defined]
    partnership = partnership_for(access, Permission.COORDINATE_CHAMPIONS, code)
    row = row_or_404(access, partnership, person)
    form = AgreementForm(request.POST or None, initial={"agreed_on": today()})
    if request.method == "POST" and form.is_valid():
        champion = champion_of_row(row, partnership)
        try:
            lives.record_agreement(champion=champion, by=access.actor, at=timezone.now(), **form.cleaned_data)
        except ChampionError as error:
            form.add_error("agreed_on", str(error))
        else:
            messages.success(request, "The agreement is on record.")
            return redirect("champions-network", code)
    context = {
        "partnership": partnership,
        "row": row,
        "form": form,
        "stand_down_form": LeaveForm(),
        "take_back_form": TakeBackForm(),
        "manager_form": CoordinatorsManagerForm(),
    }
    return render(request, "champions/network_champion.html", context)


@require_POST
@requires(Permission.COORDINATE_CHAMPIONS)
def stand_down_champion(request: HttpRequest, code: str, person: UUID) -> HttpResponse:
    """End it for one champion, for now."""
    access = request.access  # type: ignore[attr-defined]
    partnership = partnership_for(access, Permission.COORDINATE_CHAMPIONS, code)
    row = row_or_404(access, partnership, person)
    form = LeaveForm(request.POST)
    if form.is_valid():
        champion, at = champion_of_row(row, partnership), timezone.now()
        ends = end_community_champion if row.known.is_community else stand_down
        ends(champion=champion, by=access.actor, at=at, **form.cleaned_data)
        messages.success(request, "They have stood down, and are out of the directory.")
    return redirect("champions-network", code)


@require_POST
@requires(Permission.COORDINATE_CHAMPIONS)
def take_back_standing_down(request: HttpRequest, code: str, person: UUID) -> HttpResponse:
    """Say that one champion's standing-down was a mistake."""
    access = request.access  # type: ignore[attr-defined]
    partnership = partnership_for(access, Permission.COORDINATE_CHAMPIONS, code)
    row = row_or_404(access, partnership, person)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        messages.warning(request, form.errors["reason"].as_text().removeprefix("* "))
        return redirect("network-champion", code, person)
    champion, reason = champion_of_row(row, partnership), form.cleaned_data["reason"]
    takes_back = taking.take_back_community_ending if row.known.is_community else taking.take_back_standing_down
    try:
        takes_back(champion=champion, reason=reason, by=access.actor, at=timezone.now())
        messages.success(request, "Taken back. They are told that there is news for them.")
    except ChampionError as error:
        messages.warning(request, str(error))
    return redirect("network-champion", code, person)


@require_POST
@requires(Permission.COORDINATE_CHAMPIONS)
def forget_champion(request: HttpRequest, code: str, person: UUID) -> HttpResponse:
    """Delete the name and the address of a community champion who has ended, at their wish."""
    access = request.access  # type: ignore[attr-defined]
    partnership = partnership_for(access, Permission.COORDINATE_CHAMPIONS, code)
    row = row_or_404(access, partnership, person)
    if not row.known.is_community:
        raise Http404
    try:
        forget_community_champion(champion=champion_of_row(row, partnership), by=access.actor, at=timezone.now())
        messages.success(request, "Their name and address are deleted.")
    except ChampionError as error:
        messages.warning(request, str(error))
    return redirect("champions-network", code)
