"""HR's pages: what is asked of their agency and why, and what they ask beyond it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from training.access.clock import london_date, today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.pathways import services as pathways
from training.pathways.models import Module, Requirement, RuleProposal
from training.pathways.reach import who_is_hit
from training.pathways.rules import Kind
from training.people.models import Agency, Membership
from training.people.selectors import agency_for
from training.rules.forms import AgencyRulesForm, AudienceForm, RuleForm, TriggerForm, WayForm
from training.rules.posts import posts_asked_by
from training.rules.selectors import AgencyRule, agency_rule, agency_rules, pure, running, version_history
from training.rules.wording import period_words, said_rows

from .editing import Desk, change_page, end_page, uids, unsaved

KEEP = Permission.KEEP_RULES


def _agency(request: Request, code: str) -> Agency:
    return agency_for(request.access, KEEP, code)


def _seen(agency: Agency, uid: UUID, on: date) -> AgencyRule:
    """The rule of that name, if it is the agency's own or one of a partnership it is in."""
    members = Membership.objects.known_now().current_on(on).filter(agency=agency).values("partnership")
    meant = Q(agency=agency) | Q(agency=None, agency_kind__in=["", agency.kind])
    rules = Requirement.objects.filter(meant, module__pathway__partnership__in=members)
    named = rules.select_related("module__pathway__partnership", "role_group", "designation", "agency")
    return agency_rule(agency, get_object_or_404(named, uid=uid), on=on)


def _desk(agency: Agency, seen: AgencyRule | None, title: str) -> Desk:
    if seen is None:
        return Desk(agency.title, title, reverse("agency-rules", args=[agency.code]))
    here = [agency.code, seen.requirement.uid]
    return Desk(agency.title, title, reverse("agency-rule", args=here), reverse("agency-rule-way", args=here))


def _modules(agency: Agency, on: date):
    members = Membership.objects.known_now().current_on(on).filter(agency=agency).values("partnership")
    return Module.objects.filter(pathway__partnership__in=members).order_by("tier__position", "position")


@requires(KEEP)
def agency_rules_page(request: Request, code: str) -> HttpResponse:
    """What is asked of the agency's people, and why."""
    agency = _agency(request, code)
    on = today()
    form = AgencyRulesForm(request.GET or None, modules=_modules(agency, on))
    chosen = form.cleaned_data if form.is_valid() else {}
    found = agency_rules(agency, on=on, everybody=bool(chosen.get("everybody")))
    if module := chosen.get("module"):
        found = [each for each in found if each.requirement.module_id == module]
    proposals = RuleProposal.objects.filter(agency=agency).select_related(
        "requirement__module", "requirement__role_group", "requirement__designation"
    )
    context = {
        "agency": agency,
        "form": form,
        "head": ["Role group or duty", "Module", "Again after", "First due within", "Why"],
        "rows": [_row(agency, each) for each in found],
        "proposals": sorted(proposals, key=lambda row: row.proposed_at, reverse=True)[:20],
    }
    return render(request, "rules/agency_rules.html", context)


def _row(agency: Agency, each: AgencyRule) -> list[Any]:
    rule, version = each.requirement, each.version
    return [
        {"text": rule.audience, "url": reverse("agency-rule", args=[agency.code, rule.uid])},
        str(rule.module),
        period_words(version) if version else "Not yet",
        f"{version.induction_days} days" if version else "",
        each.why.value,
    ]


@requires(KEEP)
def agency_rule_page(request: Request, code: str, uid: UUID) -> HttpResponse:
    """One of them: what the partnership asks, what the agency asks, and whom."""
    agency = _agency(request, code)
    on = today()
    seen = _seen(agency, uid, on)
    own = seen.own.requirement if seen.own else None
    waiting = None
    if seen.theirs:
        waiting = RuleProposal.objects.waiting().filter(agency=agency, requirement=seen.theirs.requirement).first()
    context = {
        "agency": agency,
        "seen": seen,
        "rule": seen.requirement,
        "theirs": said_rows(seen.theirs.version) if seen.theirs and seen.theirs.version else [],
        "own": said_rows(seen.own.version) if seen.own and seen.own.version else [],
        "own_next": seen.own.next if seen.own else None,
        "versions": [(row, period_words(pure(row))) for row in version_history(own)] if own else [],
        "names": who_is_hit(seen.requirement, agency, on=on),
        "waiting": waiting,
        "is_triggered": seen.version is not None and seen.version.kind is Kind.TRIGGERED,
    }
    return render(request, "rules/agency_rule.html", context)


@requires(KEEP)
def agency_rule_change(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Ask more from a day; what would ask less goes to the partnership as a proposal."""
    agency = _agency(request, code)
    at = timezone.now()
    on = london_date(at)
    seen = _seen(agency, uid, on)
    shown = seen.requirement
    own = unsaved(
        module=shown.module,
        role_group_id=shown.role_group_id,
        designation_id=shown.designation_id,
        agency=agency,
    )

    def save(form: RuleForm, is_proposal: bool) -> HttpResponse:
        _save(request, agency, seen, form, is_proposal)
        return redirect("agency-rule", agency.code, shown.uid)

    desk = _desk(agency, seen, "Change what your agency asks")
    return change_page(request, desk, own, seen.base, on=on, save=save)


def _save(request: Request, agency: Agency, seen: AgencyRule, form: RuleForm, is_proposal: bool) -> None:
    said = {"on": form.from_day, "by": request.access.actor, "at": timezone.now(), **form.said}
    if is_proposal and seen.theirs:
        pathways.propose(requirement=seen.theirs.requirement, agency=agency, **said)
        messages.success(request, "Sent to the partnership. Nothing changes until they have allowed it.")
        return
    rule = seen.requirement
    pathways.begin_requirement(
        module=rule.module, role_group=rule.role_group, designation=rule.designation, agency=agency, **said
    )
    messages.success(request, "Your agency's rule has been saved.")


@requires(KEEP)
def agency_rule_way(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Choose another way of meeting the rule; what it says comes next."""
    agency = _agency(request, code)
    seen = _seen(agency, uid, today())
    form = WayForm(request.GET or None)
    if form.is_valid():
        address = reverse("agency-rule-change", args=[agency.code, seen.requirement.uid])
        return redirect(f"{address}?way={form.cleaned_data['way']}")
    desk = _desk(agency, seen, "How it is met")
    return render(request, "rules/choose.html", {"desk": desk, "form": form, "rule": seen.requirement})


@requires(KEEP)
def agency_rule_end(request: Request, code: str, uid: UUID) -> HttpResponse:
    """The agency's own rule ends; where the partnership has one, that is back the day after."""
    agency = _agency(request, code)
    at = timezone.now()
    seen = _seen(agency, uid, london_date(at))
    if seen.own is None:
        raise Http404
    own = seen.own.requirement

    def save(last_on: date) -> HttpResponse:
        pathways.end_requirement(requirement=own, last_on=last_on, by=request.access.actor, at=at)
        messages.success(request, "Your agency's rule ends on the day you gave.")
        return redirect("agency-rules", agency.code)

    return end_page(request, _desk(agency, seen, "End your own rule"), own, on=london_date(at), save=save)


@requires(KEEP)
def agency_rule_new(request: Request, code: str) -> HttpResponse:
    """A rule of the agency's own: whom, which module, in which way; then what it says."""
    agency = _agency(request, code)
    at = timezone.now()
    on = london_date(at)
    asked = AudienceForm(request.GET if "who" in request.GET else None, modules=_modules(agency, on), is_agency=True)
    if not asked.is_valid():
        desk = _desk(agency, None, "Ask for something more")
        return render(request, "rules/choose.html", {"desk": desk, "form": asked, "is_agency": True})
    module = asked.cleaned_data["module"]
    own = unsaved(module=module, **asked.audience, agency=agency)
    seen = agency_rule(agency, own, on=on) if own.pk else None
    theirs = pathways.partnership_rule(own)
    if theirs is not None or (seen and seen.own and seen.own.version):
        messages.info(request, "This is asked already. You can ask more of it here.")
        return redirect("agency-rule", agency.code, (theirs or own).uid)

    def save(form: RuleForm, is_proposal: bool) -> HttpResponse:
        row = pathways.begin_requirement(
            module=module,
            role_group=own.role_group,
            designation=own.designation,
            agency=agency,
            on=form.from_day,
            by=request.access.actor,
            at=at,
            **form.said,
        )
        messages.success(request, "Your agency's rule has been added.")
        return redirect("agency-rule", agency.code, row.requirement.uid)

    base = running([own], on=on)[0].next if own.pk else None
    return change_page(request, _desk(agency, None, "Ask for something more"), own, base, on=on, save=save)


@requires(KEEP)
def agency_rule_event(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Something happened that starts this rule's clock for some of the agency's people, and for nobody else."""
    agency = _agency(request, code)
    at = timezone.now()
    on = london_date(at)
    seen = _seen(agency, uid, on)
    form = TriggerForm(request.POST or None, version=seen.version, on=on)
    ticked = request.POST.getlist("post")
    if form.is_valid():
        said = {"requirement": seen.requirement, "by": request.access.actor, "at": at, **form.cleaned_data}
        try:
            count = pathways.record_triggers(agency=agency, uids=uids(ticked), **said)
        except pathways.OutOfScope as strange:
            raise Http404 from strange
        except pathways.PathwayError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The clock runs for {count} {'person' if count == 1 else 'people'}.")
            return redirect("agency-rule", agency.code, uid)
    people = posts_asked_by(agency, seen.requirement, on=on)
    audit.record("agreements read", by=request.access.actor, at=at, agency_code=agency.code, rows=len(people))
    desk = _desk(agency, seen, "Something happened")
    context = {"desk": desk, "form": form, "rule": seen.requirement, "people": people, "ticked": ticked}
    return render(request, "rules/event.html", context)


@require_POST
@requires(KEEP)
def agency_proposal_back(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Take a proposal back before it is decided."""
    agency = _agency(request, code)
    row = get_object_or_404(RuleProposal.objects.filter(agency=agency), uid=uid)
    try:
        pathways.withdraw_proposal(proposal=row, by=request.access.actor, at=timezone.now())
    except pathways.PathwayError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The proposal has been taken back.")
    return redirect("agency-rules", agency.code)
