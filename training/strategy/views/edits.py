"""Small forms over a strategy: each changes one thing, by way of the whole pack and all of its checks."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Partnership
from training.people.selectors import partnership_for
from training.strategy import edits, pack_forms, services
from training.strategy.changes import changes
from training.strategy.models import Indicator, Strategy
from training.strategy.pack import Commitment, Evidence, Outcome, Pack, Status
from training.strategy.pack_reader import Known
from training.strategy.pack_writer import pack_of
from training.strategy.selectors import editing as reads

from .indicators import indicator_named

KEEP = Permission.MANAGE_PATHWAY


@dataclass(frozen=True, slots=True)
class Desk:
    """The strategy that is being changed, as it stands."""

    partnership: Partnership
    strategy: Strategy
    pack: Pack
    known: Known


def _desk(request: Request, code: str, pack_id: str) -> Desk:
    partnership = partnership_for(request.access, KEEP, code)
    strategy = reads.own_strategy(partnership, pack_id)
    return Desk(partnership, strategy, pack_of(strategy), reads.known_to(partnership))


def _page(
    request: Request, desk: Desk, form: forms.Form, heading: str, changed: Callable[[dict], Pack], hint: str = ""
) -> HttpResponse:
    """The form; once it holds together, the strategy with the change in it."""
    if form.is_valid():
        try:
            pack = changed(form.cleaned_data)
            seen, at = request.POST.get("seen", ""), timezone.now()
            services.save_edit(
                pack, partnership=desk.partnership, known=desk.known, seen=seen, by=request.access.actor, at=at
            )
        except services.StrategyError as refusal:
            form.add_error(None, str(refusal))
        else:
            told = changes(desk.pack, pack, Indicator.titles())
            messages.success(request, f"Saved: {told[0]}." if told else "Nothing was changed.")
            return redirect("board-strategy", desk.partnership.code, desk.strategy.pack_id)
    context = {"desk": desk, "form": form, "heading": heading, "hint": hint, "button": "Save"}
    return render(request, "strategy/edit.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def board_strategy_about(request: Request, code: str, pack_id: str) -> HttpResponse:
    """Title, years, status, and the strategy before."""
    desk = _desk(request, code, pack_id)
    form = pack_forms.AboutForm(request.POST or None, pack=desk.pack, others=reads.may_follow(desk.strategy))

    def changed(said: dict) -> Pack:
        return edits.with_about(desk.pack, **said | {"status": Status(said["status"])})

    hint = "A partnership has one current strategy at a time: the one before is marked historic first."
    return _page(request, desk, form, "Title, years and status", changed, hint)


def _outcome(desk: Desk, ref: str) -> Outcome:
    found = next((each for each in desk.pack.outcomes if each.ref == ref), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def board_strategy_outcome(request: Request, code: str, pack_id: str, ref: str) -> HttpResponse:
    """The wording of an outcome, and what evidences it."""
    desk = _desk(request, code, pack_id)
    outcome = _outcome(desk, ref)
    form = pack_forms.OutcomeForm(request.POST or None, outcome=outcome, indicators=Indicator.objects.all())

    def changed(said: dict) -> Pack:
        return edits.with_outcome(desk.pack, ref, **said | {"evidence": Evidence(said["evidence"])})

    return _page(request, desk, form, f"Outcome {ref}", changed)


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def board_strategy_links(request: Request, code: str, pack_id: str, ref: str) -> HttpResponse:
    """Which outcomes of the strategy before it carries on."""
    desk = _desk(request, code, pack_id)
    outcome = _outcome(desk, ref)
    earlier = desk.known.find(desk.pack.succeeds.pack) if desk.pack.succeeds else None
    if desk.pack.succeeds is None or earlier is None:
        raise Http404
    carried = desk.pack.succeeds.outcomes.get(ref, ())
    form = pack_forms.LinksForm(request.POST or None, carried=carried, earlier=earlier)
    hint = f"{outcome.title}. The strategy before is {earlier.title}."

    def changed(said: dict) -> Pack:
        return edits.with_links(desk.pack, ref, said["earlier"])

    return _page(request, desk, form, f"What outcome {ref} carries on", changed, hint)


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def board_strategy_target(request: Request, code: str, pack_id: str, indicator: str) -> HttpResponse:
    """What the strategy aims for in one figure."""
    desk = _desk(request, code, pack_id)
    chosen = indicator_named(indicator)
    form = pack_forms.TargetForm(request.POST or None, indicator=chosen, target=desk.pack.target(chosen.code))

    def changed(said: dict) -> Pack:
        return edits.with_target(desk.pack, chosen.code, **said)

    hint = "Pages then show figures of every day beside the new target. Frozen board packs keep theirs."
    return _page(request, desk, form, chosen.title, changed, hint)


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def board_strategy_agency(request: Request, code: str, pack_id: str, number: int) -> HttpResponse:
    """What one agency has confirmed about the strategy."""
    desk = _desk(request, code, pack_id)
    if number >= len(desk.pack.agencies):
        raise Http404
    agency = desk.pack.agencies[number]
    initial = {"commitment": agency.commitment.value}
    form = pack_forms.CommitmentForm(request.POST or None, initial=initial)

    def changed(said: dict) -> Pack:
        return edits.with_commitment(desk.pack, number, Commitment(said["commitment"]))

    return _page(request, desk, form, agency.name, changed)
