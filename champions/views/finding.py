"""The coordinator keeps the directory: its terms, neighbouring districts, and how much it is looked at."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from champions import terms
from champions.errors import ChampionError
from champions.forms.directory import NeighboursForm, TermsForm
from champions.models import CARDS_A_DAY, LOOKS_A_DAY, Neighbours
from champions.selectors.listings import terms_in_force
from champions.selectors.looks import looked_at
from champions.services.listing import change_terms
from champions.services.neighbours import set_neighbours
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Locality
from training.people.selectors import partnership_for


@require_http_methods(["GET", "POST"])
@requires(Permission.COORDINATE_CHAMPIONS)
def network_terms(request: Request, code: str) -> HttpResponse:
    """The wording that champions agree to; a change asks every one of them again."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    now = terms_in_force(partnership)
    form = TermsForm(request.POST or None, now)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["number"] != now.number:
            form.add_error(None, "Somebody has changed the terms meanwhile. Read them below, then change them.")
        else:
            try:
                changed = change_terms(
                    partnership=partnership, sentences=form.sentences(), by=request.access.actor, at=timezone.now()
                )
            except ChampionError as error:
                form.add_error("text", str(error))
            else:
                words = "The new terms are in force. Everybody is hidden until they have agreed to them."
                messages.success(request, words if changed else "Nothing has changed.")
                return redirect("network-terms", code)
    context = {"partnership": partnership, "now": now, "packaged": terms.TERMS, "form": form}
    return render(request, "champions/network_terms.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.COORDINATE_CHAMPIONS)
def network_neighbours(request: Request, code: str) -> HttpResponse:
    """Which districts lie beside each other; `?of=` one of them to change its own."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    localities = list(Locality.objects.filter(partnership=partnership).select_related("partnership"))
    beside: dict[int, set[int]] = {each.pk: set() for each in localities}
    for one, other in Neighbours.objects.of(partnership).values_list("one", "other"):
        beside[one].add(other)
        beside[other].add(one)
    of = next((each for each in localities if str(each.pk) == request.GET.get("of")), None)
    form = (
        NeighboursForm(request.POST if request.method == "POST" else None, of, localities, beside[of.pk])
        if of
        else None
    )
    if request.method == "POST" and of and form and form.is_valid():
        set_neighbours(locality=of, beside=form.cleaned_data["beside"], by=request.access.actor, at=timezone.now())
        messages.success(request, "Saved.")
        return redirect("network-neighbours", code)
    titles = {each.pk: each.title for each in localities}
    rows = [(each, sorted(titles[pk] for pk in beside[each.pk])) for each in localities]
    context = {"partnership": partnership, "rows": rows, "of": of, "form": form}
    return render(request, "champions/network_neighbours.html", context)


@require_safe
@requires(Permission.COORDINATE_CHAMPIONS)
def network_looks(request: Request, code: str) -> HttpResponse:
    """How much the directory was looked at, day by day; no reader is named."""
    partnership = partnership_for(request.access, Permission.COORDINATE_CHAMPIONS, code)
    days, busy = looked_at(partnership, on=today())
    most = {"looks": LOOKS_A_DAY, "cards": CARDS_A_DAY}
    context = {"partnership": partnership, "days": days, "busy": busy, "most": most}
    return render(request, "champions/network_looks.html", context)
