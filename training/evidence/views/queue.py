"""HR's queue of evidence: what learners gave, what files brought, one decision at a time or a title at a time."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from training.access.clock import london_date, today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.evidence.errors import EvidenceError
from training.evidence.forms import DecideForm
from training.evidence.models import Evidence, EvidenceFile, SetAside
from training.evidence.selectors import (
    files_of,
    gave_themselves,
    given_evidence,
    modules_of,
    of_nobody,
    of_title,
    suggestion,
    title_group,
    title_groups,
)
from training.evidence.services import (
    accept_evidence,
    ask_for_more,
    bring_back,
    decline_evidence,
    look_again,
    set_aside,
)
from training.evidence.shown import shown
from training.evidence.uploads import TYPES, path_of
from training.evidence.withdrawn import withdrawn_since
from training.ledger.services import LedgerError
from training.people.models import Agency, Employment, Person

from .files import agency_of

ROWS_A_PAGE = 50
DONE = {
    DecideForm.ACCEPT: "Accepted: it stands in their record now.",
    DecideForm.DECLINE: "Declined. They can read why.",
    DecideForm.ASK: "They have been asked.",
}


@requires(Permission.RECORD_COMPLETIONS)
def queue(request: Request, code: str) -> HttpResponse:
    """Everything that waits for this agency's decision."""
    agency = agency_of(request, code)
    context = {
        "agency": agency,
        "given": [(each, shown(each.person, each.employee_ref)) for each in given_evidence(agency, request.access)],
        "has_own": gave_themselves(agency, request.access),
        "groups": title_groups(agency),
        "nobody": of_nobody(agency),
        "withdrawn": [
            (each, shown(each.person, each.employee_ref)) for each in withdrawn_since(agency, at=timezone.now())
        ],
        "aside": SetAside.objects.filter(agency=agency),
    }
    on_record(request, agency, "evidence list read")
    return render(request, "evidence/queue.html", context)


@require_POST
@requires(Permission.RECORD_COMPLETIONS)
def again(request: Request, code: str) -> HttpResponse:
    """Look again for people and titles that are known by now."""
    agency = agency_of(request, code)
    at = timezone.now()
    try:
        count = look_again(agency, on=london_date(at), by=request.access.actor, at=at)
    except LedgerError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{count} row{'' if count == 1 else 's'} could be recorded.")
    return redirect("evidence", agency.code)


@requires(Permission.RECORD_COMPLETIONS)
def title(request: Request, code: str, group: str) -> HttpResponse:
    """The rows of files that wait under one title; posted, the title is set aside."""
    agency = agency_of(request, code)
    seen = title_group(agency, group)
    if seen is None:
        messages.info(request, "Nothing waits under this title any more.")
        return redirect("evidence", agency.code)
    if request.method == "POST":
        said = {"title": seen.external_title, "provider": seen.provider}
        count = set_aside(agency, **said, by=request.access.actor, at=timezone.now())
        messages.success(request, f"Set aside: {count} row{' waits' if count == 1 else 's wait'} no longer.")
        return redirect("evidence", agency.code)
    page = Paginator(of_title(agency, seen), ROWS_A_PAGE).get_page(request.GET.get("page"))
    on_record(request, agency, "evidence list read")
    context = {"agency": agency, "group": seen, "page": page}
    context["rows"] = [(each, shown(each.person, each.employee_ref)) for each in page.object_list]
    return render(request, "evidence/title.html", context)


@require_POST
@requires(Permission.RECORD_COMPLETIONS)
def back(request: Request, code: str, pk: int) -> HttpResponse:
    """Bring back a title that was set aside."""
    agency = agency_of(request, code)
    aside = SetAside.objects.filter(agency=agency, pk=pk).first()
    if aside is not None:
        bring_back(aside, by=request.access.actor, at=timezone.now())
        messages.success(request, "Its rows wait for a decision again.")
    return redirect("evidence", agency.code)


@requires(Permission.RECORD_COMPLETIONS)
def decide(request: Request, code: str, uid: UUID) -> HttpResponse:
    """One piece of evidence, and HR's decision on it; one's own is for another person with the role."""
    agency = agency_of(request, code)
    rows = Evidence.objects.within(agency).of_others(request.access).select_related("agency", "person", "module")
    evidence = get_object_or_404(rows, uid=uid)
    on = today()
    found = suggestion(evidence, on=on)
    guess = found.module or evidence.module
    form = DecideForm(
        request.POST if request.method == "POST" else None,
        modules=modules_of(agency, on=on),
        is_known=evidence.person is not None,
        may_ask=evidence.origin == Evidence.Origin.LEARNER,
        initial={"module": str(guess.pk) if guess else "", "said": ""},
    )
    if form.is_valid() and is_decided(request, agency, evidence, form):
        return redirect("evidence", agency.code)
    on_record(request, agency, "evidence read", uid=str(evidence.uid))
    context = {
        "agency": agency,
        "evidence": evidence,
        "who": shown(evidence.person, evidence.employee_ref),
        "files": files_of(evidence),
        "found": found,
        "form": form,
        "is_open": evidence.state in Evidence.OPEN,
    }
    return render(request, "evidence/decide.html", context)


@requires(Permission.RECORD_COMPLETIONS)
def file(request: Request, code: str, uid: UUID, file: UUID) -> HttpResponseBase:
    """What a learner handed in, for the HR who decides."""
    agency = agency_of(request, code)
    rows = EvidenceFile.objects.visible_to(request.access).filter(evidence__agency=agency, evidence__uid=uid)
    kept = get_object_or_404(rows, uid=file)
    on_record(request, agency, "evidence file read", uid=str(kept.uid))
    return served(kept)


def served(kept: EvidenceFile) -> FileResponse:
    """The bytes, to be saved and not shown: neutral name, no guessing what they are."""
    path = path_of(kept)
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=TYPES[kept.kind])
    response["Content-Disposition"] = f'attachment; filename="learning-{kept.uid.hex[:8]}.{kept.kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def is_decided(request: Request, agency: Agency, evidence: Evidence, form: DecideForm) -> bool:
    """Decide as the form says; errors go back onto the form."""
    said, by, at = form.cleaned_data, request.access.actor, timezone.now()
    decision = said["decision"]
    try:
        if decision == DecideForm.ACCEPT:
            person = None if evidence.person else _person(request, agency, said["employee_ref"])
            accept_evidence(evidence, module=form.chosen_module, person=person, by=by, at=at)
        elif decision == DecideForm.DECLINE:
            decline_evidence(evidence, said=said["said"], by=by, at=at)
        else:
            ask_for_more(evidence, said=said["said"], by=by, at=at)
    except (EvidenceError, LedgerError) as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, DONE[decision])
    return True


def _person(request: Request, agency: Agency, reference: str) -> Person:
    """Whom the agency's own reference names; never oneself."""
    found = Employment.objects.within(agency).filter(employee_ref=reference.strip()).select_related("person").first()
    if found is None:
        raise EvidenceError("Nobody on your roster has this employee reference.")
    if found.person_id in request.access.records:
        raise EvidenceError("That is your own reference. Another person with the HR role decides about you.")
    return found.person


def on_record(request: Request, agency: Agency, verb: str, **detail: str) -> None:
    """Who looked at names, and when."""
    audit.record(verb, by=request.access.actor, at=timezone.now(), agency_code=agency.code, **detail)
