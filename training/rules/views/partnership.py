"""The partnership coordinator's pages: the matrix, one rule and its versions, and what agencies ask for."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from training.access.clock import london_date, today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.pathways import services as pathways
from training.pathways.models import Module, Requirement, RuleProposal, Tier, Trigger
from training.people.models import Partnership
from training.people.selectors import partnership_for
from training.rules.forms import AudienceForm, RuleForm, TierForm, TriggerForm, WayForm
from training.rules.preview import preview_change
from training.rules.selectors import (
    agencies_own,
    matrix,
    proposals_waiting,
    pure,
    running,
    version_history,
)
from training.rules.wording import period_words, said_rows, way_of

from .editing import Desk, change_page, end_page, previewed, unsaved

MANAGE = Permission.MANAGE_PATHWAY


def _partnership(request: Request, code: str) -> Partnership:
    return partnership_for(request.access, MANAGE, code)


def _rule(partnership: Partnership, uid: UUID) -> Requirement:
    rules = Requirement.objects.filter(module__pathway__partnership=partnership, agency=None)
    return get_object_or_404(rules.select_related("module__pathway__partnership", "role_group", "designation"), uid=uid)


def _desk(partnership: Partnership, rule: Requirement | None = None, title: str = "") -> Desk:
    if rule is None:
        return Desk(partnership.title, title, reverse("rules", args=[partnership.code]))
    back, way = (reverse(name, args=[partnership.code, rule.uid]) for name in ("rule", "rule-way"))
    return Desk(partnership.title, title, back, way)


@requires(MANAGE)
def rules(request: Request, code: str) -> HttpResponse:
    """The matrix: who is asked for which module."""
    partnership = _partnership(request, code)
    tiers = Tier.objects.filter(pathway__partnership=partnership)
    form = TierForm(request.GET or None, tiers=tiers)
    tier = form.cleaned_data["tier"] if form.is_valid() else tiers.first()
    shown = matrix(partnership, tier=tier.pk if tier else None, on=today())
    rows = [[row.audience.title, *(_cell(partnership, cell) for cell in row.cells)] for row in shown.rows]
    context = {
        "partnership": partnership,
        "tier": tier,
        "form": form if form.is_bound else TierForm({"tier": tier.pk if tier else ""}, tiers=tiers),
        "head": ["Role group or duty", *(module.code for module in shown.modules)],
        "modules": shown.modules,
        "rows": rows,
        "proposals": proposals_waiting(partnership),
    }
    return render(request, "rules/rules.html", context)


def _cell(partnership: Partnership, cell) -> dict[str, str] | str:
    if cell is None:
        return ""
    version = cell.version or cell.next
    words = period_words(version) if cell.version else f"From {version.starts_on:%-d %b %Y}"
    return {"text": words, "url": reverse("rule", args=[partnership.code, cell.requirement.uid])}


@requires(MANAGE)
def rule(request: Request, code: str, uid: UUID) -> HttpResponse:
    """One rule: what it says today, every version there was, and what agencies ask beside it."""
    partnership = _partnership(request, code)
    seen = _rule(partnership, uid)
    on = today()
    state = running([seen], on=on)[0]
    versions = [(row, period_words(pure(row))) for row in version_history(seen)]
    triggers = Trigger.objects.visible_to(request.access).known_now().filter(requirement=seen, post=None)
    context = {
        "partnership": partnership,
        "rule": seen,
        "state": state,
        "said": said_rows(state.version) if state.version else [],
        "next_said": said_rows(state.next) if state.next else [],
        "is_triggered": bool(state.version and way_of(state.version).code == "triggered"),
        "versions": versions,
        "triggers": list(triggers),
        "own": agencies_own(seen, on=on),
    }
    return render(request, "rules/rule.html", context)


@requires(MANAGE)
def rule_change(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Another version from a day: typed, looked at, then saved."""
    partnership = _partnership(request, code)
    seen = _rule(partnership, uid)
    at = timezone.now()
    on = london_date(at)
    state = running([seen], on=on)[0]

    def save(form: RuleForm, is_proposal: bool) -> HttpResponse:
        pathways.change_requirement(requirement=seen, on=form.from_day, by=request.access.actor, at=at, **form.said)
        messages.success(request, "The rule has been changed. What it said before stays on record.")
        return redirect("rule", partnership.code, seen.uid)

    desk = _desk(partnership, seen, "Change what is asked")
    return change_page(request, desk, seen, state.version or state.next, on=on, save=save)


@requires(MANAGE)
def rule_end(request: Request, code: str, uid: UUID) -> HttpResponse:
    """The rule asks nothing after a day: typed, looked at, then saved."""
    partnership = _partnership(request, code)
    seen = _rule(partnership, uid)
    at = timezone.now()

    def save(last_on: date) -> HttpResponse:
        pathways.end_requirement(requirement=seen, last_on=last_on, by=request.access.actor, at=at)
        messages.success(request, "The rule ends on the day you gave. Training that people have done is kept.")
        return redirect("rule", partnership.code, seen.uid)

    return end_page(request, _desk(partnership, seen, "End this rule"), seen, on=london_date(at), save=save)


@requires(MANAGE)
def rule_way(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Choose another way of meeting the rule; what it says comes next."""
    partnership = _partnership(request, code)
    seen = _rule(partnership, uid)
    form = WayForm(request.GET or None)
    if form.is_valid():
        address = reverse("rule-change", args=[partnership.code, seen.uid])
        return redirect(f"{address}?way={form.cleaned_data['way']}")
    desk = _desk(partnership, seen, "How it is met")
    return render(request, "rules/choose.html", {"desk": desk, "form": form, "rule": seen})


@requires(MANAGE)
def rule_new(request: Request, code: str) -> HttpResponse:
    """A new rule: whom, which module, in which way; then what it says."""
    partnership = _partnership(request, code)
    at = timezone.now()
    modules = Module.objects.filter(pathway__partnership=partnership)
    asked = AudienceForm(request.GET if "who" in request.GET else None, modules=modules, is_agency=False)
    if not asked.is_valid():
        desk = _desk(partnership, title="Add a rule")
        return render(request, "rules/choose.html", {"desk": desk, "form": asked})
    fresh = unsaved(module=asked.cleaned_data["module"], **asked.audience)
    if fresh.pk and running([fresh], on=london_date(at))[0].version:
        messages.info(request, "There is a rule for these people and this module. You can change it here.")
        return redirect("rule", partnership.code, fresh.uid)

    def save(form: RuleForm, is_proposal: bool) -> HttpResponse:
        row = pathways.begin_requirement(
            module=fresh.module,
            role_group=fresh.role_group,
            designation=fresh.designation,
            agency_kind=fresh.agency_kind,
            on=form.from_day,
            by=request.access.actor,
            at=at,
            **form.said,
        )
        messages.success(request, "The rule has been added.")
        return redirect("rule", partnership.code, row.requirement.uid)

    return change_page(request, _desk(partnership, title="Add a rule"), fresh, None, on=london_date(at), save=save)


@requires(MANAGE)
def rule_event(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Something happened that starts this rule's clock for all on whom it falls."""
    partnership = _partnership(request, code)
    seen = _rule(partnership, uid)
    on = today()
    form = TriggerForm(request.POST or None, version=running([seen], on=on)[0].version, on=on)
    if form.is_valid():
        try:
            pathways.record_trigger(requirement=seen, by=request.access.actor, at=timezone.now(), **form.cleaned_data)
        except pathways.PathwayError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The event is on record, and the clock runs.")
            return redirect("rule", partnership.code, seen.uid)
    desk = _desk(partnership, seen, "Something happened")
    return render(request, "rules/event.html", {"desk": desk, "form": form, "rule": seen})


@require_POST
@requires(MANAGE)
def rule_event_back(request: Request, code: str, uid: UUID, event: UUID) -> HttpResponse:
    """An event was put on record by mistake."""
    partnership = _partnership(request, code)
    seen = _rule(partnership, uid)
    rows = Trigger.objects.visible_to(request.access).known_now().filter(requirement=seen, post=None)
    row = get_object_or_404(rows, uid=event)
    pathways.take_back_trigger(trigger=row, by=request.access.actor, at=timezone.now())
    messages.success(request, "The event has been taken back.")
    return redirect("rule", partnership.code, seen.uid)


@requires(MANAGE)
def proposals(request: Request, code: str) -> HttpResponse:
    """What agencies would ask less, waiting and decided."""
    partnership = _partnership(request, code)
    rows = RuleProposal.objects.filter(requirement__module__pathway__partnership=partnership).select_related(
        "agency", "requirement__module", "requirement__role_group", "requirement__designation"
    )
    waiting = rows.waiting()
    decided = rows.exclude(decided_at=None).order_by("-decided_at", "-pk")
    context = {"partnership": partnership, "waiting": waiting, "decided": decided[:100]}
    return render(request, "rules/proposals.html", context)


@requires(MANAGE)
def proposal(request: Request, code: str, uid: UUID) -> HttpResponse:
    """One proposal beside what is asked now, with what it would do; allowed or declined."""
    partnership = _partnership(request, code)
    rows = RuleProposal.objects.filter(requirement__module__pathway__partnership=partnership)
    seen = get_object_or_404(rows.select_related("agency", "requirement__module__pathway__partnership"), uid=uid)
    at = timezone.now()
    on = london_date(at)
    if request.method == "POST":
        if request.POST.get("do") not in ("allow", "decline"):
            raise Http404
        is_allowed = request.POST["do"] == "allow"
        try:
            pathways.decide_proposal(proposal=seen, is_allowed=is_allowed, by=request.access.actor, at=at)
        except pathways.PathwayError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Allowed: it runs from the day given." if is_allowed else "Declined.")
        return redirect("rule-proposals", partnership.code)
    theirs = seen.requirement
    own = unsaved(
        module=theirs.module,
        role_group_id=theirs.role_group_id,
        designation_id=theirs.designation_id,
        agency=seen.agency,
    )
    new = pathways.proposed(own, on=seen.begins_on(on), **pathways.proposed_words(seen))
    state = running([theirs], on=on)[0]
    if seen.decided_at is None:
        previewed(request, own)
    context = {
        "partnership": partnership,
        "seen": seen,
        "rule": theirs,
        "now_said": said_rows(state.version) if state.version else [],
        "said": said_rows(new),
        "from_on": new.starts_on,
        "ends_on": new.ends_on,
        "less": pathways.asks_less(own, new),
        "preview": preview_change(own, new, access=request.access, on=on) if seen.decided_at is None else None,
    }
    return render(request, "rules/proposal.html", context)
