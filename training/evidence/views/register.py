"""The register of equivalences: the partnership decides, an agency's HR may propose; both see whom it touches first."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from training.access.clock import london_date, today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.evidence.errors import EvidenceError
from training.evidence.forms import DeclineProposalForm, EndForm, EntryForm, ProposalForm
from training.evidence.models import RegisterProposal
from training.evidence.outside import waiting_outside
from training.evidence.recognise import partnerships_of, running_entries
from training.evidence.register import accept, decide_proposal, end, propose
from training.evidence.selectors import modules_of, recorded_by_entry, register_of, title_group
from training.evidence.touched import touched, touched_at
from training.ledger.services import LedgerError
from training.pathways.models import Equivalence, Module
from training.people.models import Partnership
from training.people.selectors import partnership_for

from .files import agency_of

NOT_SENT_AGAIN = ("csrfmiddlewaretoken", "confirm", "shown")


def _partnership(request: Request, code: str) -> Partnership:
    return partnership_for(request.access, Permission.MANAGE_PATHWAY, code)


def _modules(partnership: Partnership) -> list[Module]:
    modules = Module.objects.filter(pathway__partnership=partnership)
    return list(modules.select_related("pathway__partnership").order_by("position", "pk"))


def _proposal(partnership: Partnership, uid: str | UUID) -> RegisterProposal | None:
    """A proposal for one of this partnership's modules, if there is such a one."""
    try:
        wanted = UUID(str(uid))
    except ValueError:
        return None
    rows = RegisterProposal.objects.filter(module__pathway__partnership=partnership, uid=wanted)
    return rows.select_related("agency", "module").first()


@requires(Permission.MANAGE_PATHWAY)
def register(request: Request, code: str) -> HttpResponse:
    """Every entry, and what agencies propose."""
    partnership = _partnership(request, code)
    proposals = RegisterProposal.objects.filter(
        module__pathway__partnership=partnership, state=RegisterProposal.State.WAITING
    )
    context = {
        "partnership": partnership,
        "on": today(),
        "entries": register_of(partnership),
        "proposals": proposals.select_related("agency", "module"),
        "asked": waiting_outside(partnership, request.access.records, on=today()),
    }
    return render(request, "evidence/register.html", context)


@requires(Permission.MANAGE_PATHWAY)
def entry_new(request: Request, code: str) -> HttpResponse:
    """A new entry: say what, see whom it touches, save."""
    partnership = _partnership(request, code)
    asked = request.POST if request.method == "POST" else request.GET
    proposal = _proposal(partnership, asked.get("proposal", ""))
    initial: dict[str, Any] = {"starts_on": today()}
    if proposal is not None:
        names = ("external_title", "provider", "evidence", "maximum_age_months")
        initial |= {name: getattr(proposal, name) for name in names} | {"module": str(proposal.module_id)}
    form = EntryForm(request.POST if request.method == "POST" else None, modules=_modules(partnership), initial=initial)
    return _entry(request, partnership, form, proposal=proposal)


@requires(Permission.MANAGE_PATHWAY)
def entry(request: Request, code: str, pk: int) -> HttpResponse:
    """One entry: what it says, what it has recorded, another version of it, its end."""
    partnership = _partnership(request, code)
    own = request.access.agencies(Permission.SEE_STAFF)
    rows = Equivalence.objects.filter(module__pathway__partnership=partnership)
    seen = get_object_or_404(rows.select_related("module__pathway__partnership"), pk=pk)
    names = ("external_title", "provider", "evidence", "maximum_age_months", "accepted_by", "starts_on")
    initial = {name: getattr(seen, name) for name in names} | {"module": str(seen.module_id)}
    does = request.POST.get("do", "") if request.method == "POST" else ""
    change = EntryForm(request.POST if does == "change" else None, modules=_modules(partnership), initial=initial)
    if does == "change":
        return _entry(request, partnership, change, seen=seen)
    end_form = EndForm(request.POST if does == "end" else None)
    if does == "end" and end_form.is_valid():
        try:
            ended = _ended(request, seen, end_form)
        except EvidenceError as error:
            end_form.add_error("ends_on", str(error))
        else:
            messages.success(request, "The entry ends on that day. What it has decided stays.")
            return redirect("register-entry", partnership.code, ended.pk)
    context = {
        "partnership": partnership,
        "seen": seen,
        "form": change,
        "end_form": end_form,
        "recorded": recorded_by_entry(seen, own=own),
        "has_own": bool(own),
        "is_current": seen.replaced_at is None,
    }
    return render(request, "evidence/entry.html", context)


@requires(Permission.MANAGE_PATHWAY)
def proposal_decline(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Decline what an agency proposed, and say why."""
    partnership = _partnership(request, code)
    proposal = _proposal(partnership, uid)
    if proposal is None:
        proposal = get_object_or_404(RegisterProposal, pk=0)
    form = DeclineProposalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data["said"]
        decide_proposal(proposal, entry=None, said=said, by=request.access.actor, at=timezone.now())
        messages.success(request, "Declined. Their HR can read why.")
        return redirect("register", partnership.code)
    context = {"partnership": partnership, "proposal": proposal, "form": form}
    return render(request, "evidence/proposal_decline.html", context)


@requires(Permission.RECORD_COMPLETIONS)
def agency_register(request: Request, code: str) -> HttpResponse:
    """The register as an agency's HR sees it, and a form to propose another entry."""
    agency = agency_of(request, code)
    at = timezone.now()
    on = london_date(at)
    group = title_group(agency, request.GET.get("title", ""))
    initial = {"external_title": group.external_title, "provider": group.provider} if group else {}
    form = ProposalForm(
        request.POST if request.method == "POST" else None, modules=modules_of(agency, on=on), initial=initial
    )
    context: dict[str, Any] = {"agency": agency, "form": form}
    if form.is_valid():
        if "confirm" in request.POST:
            propose(agency, form.terms, by=request.access.actor, at=at)
            messages.success(request, "Proposed. What waits goes on waiting until the partnership has decided.")
            return redirect("agency-register", agency.code)
        seen = touched_at(agency, form.terms, on=on)
        _previewed(request, form, agency_code=agency.code)
        return render(request, "evidence/touched.html", context | _looked_at(request, form, seen))
    context["entries"] = running_entries(partnerships_of(agency, on=on), on=on)
    proposals = RegisterProposal.objects.filter(agency=agency)
    context["proposals"] = proposals.select_related("module").order_by("-recorded_at")[:20]
    return render(request, "evidence/agency_register.html", context)


def _entry(
    request: Request,
    partnership: Partnership,
    form: EntryForm,
    *,
    seen: Equivalence | None = None,
    proposal: RegisterProposal | None = None,
) -> HttpResponse:
    """Say what, look whom it touches, save: one form in three steps."""
    context: dict[str, Any] = {"partnership": partnership, "form": form, "seen": seen, "proposal": proposal}
    if form.is_valid():
        try:
            own = request.access.agencies(Permission.SEE_STAFF)
            seen_by = touched(form.terms, own=own, on=today())
            is_as_shown = seen_by.is_nobody or request.POST.get("shown") == seen_by.digest
            if "confirm" in request.POST and is_as_shown:
                return _saved(request, partnership, form, seen, proposal)
            if "confirm" in request.POST:
                messages.error(request, "Something has changed since you looked, so nothing was saved. Look again.")
            _previewed(request, form, partnership_code=partnership.code)
            return render(request, "evidence/touched.html", context | _looked_at(request, form, seen_by))
        except (EvidenceError, LedgerError) as error:
            form.add_error(None, str(error))
    return render(request, "evidence/entry_form.html", context)


def _saved(
    request: Request,
    partnership: Partnership,
    form: EntryForm,
    seen: Equivalence | None,
    proposal: RegisterProposal | None,
) -> HttpResponse:
    at = timezone.now()
    saved = accept(
        form.terms,
        accepted_by=form.cleaned_data["accepted_by"],
        starts_on=form.cleaned_data["starts_on"],
        by=request.access.actor,
        on=london_date(at),
        at=at,
        replaces=seen,
    )
    if proposal is not None:
        decide_proposal(proposal, entry=saved.entry, by=request.access.actor, at=at)
    messages.success(request, "Saved. Rows of files have been recorded. What learners gave in waits for their HR.")
    return redirect("register-entry", partnership.code, saved.entry.pk)


def _ended(request: Request, seen: Equivalence, form: EndForm) -> Equivalence:
    at = timezone.now()
    return end(seen, ends_on=form.cleaned_data["ends_on"], by=request.access.actor, on=london_date(at), at=at)


def _previewed(request: Request, form: ProposalForm, **where: str) -> None:
    """Who looked whom an entry would touch, for which module; never the title, which can tell of people."""
    module = form.terms.module
    by, at = request.access.actor, timezone.now()
    audit.record("equivalence previewed", by=by, at=at, kind="module", uid=module.code, **where)


def _looked_at(request: Request, form: ProposalForm, seen: Any) -> dict[str, Any]:
    """What the second step shows, and what it sends again when it is saved."""
    again = [(name, value) for name, value in request.POST.items() if name not in NOT_SENT_AGAIN]
    effects = [(effect.words, count) for effect, count in seen.own.items()]
    return {"terms": form.terms, "touched": seen, "again": again, "effects": effects}
