"""The coordinator's pages for what people who are alone in their agency's HR ask them to decide. No name is shown."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.evidence.forms import DecideForm
from training.evidence.models import Evidence, EvidenceFile
from training.evidence.outside import waiting_outside
from training.evidence.selectors import files_of, modules_of, suggestion
from training.people.models import Partnership
from training.people.selectors import partnership_for

from .queue import is_decided, on_record, served


def _asked(request: Request, code: str, uid: UUID) -> tuple[Partnership, Evidence]:
    """A piece of evidence that this one was asked to decide; any other does not exist (404)."""
    partnership = partnership_for(request.access, Permission.MANAGE_PATHWAY, code)
    waiting = waiting_outside(partnership, request.access.records, on=today())
    found = next((each for each in waiting if each.uid == uid), None)
    if found is None:
        raise Http404
    return partnership, found


@requires(Permission.MANAGE_PATHWAY)
def evidence_outside(request: Request, code: str, uid: UUID) -> HttpResponse:
    """What was handed in, and the decision."""
    partnership, evidence = _asked(request, code, uid)
    modules = [
        each for each in modules_of(evidence.agency, on=today()) if each.pathway.partnership_id == partnership.pk
    ]
    guess = suggestion(evidence, on=today()).module
    form = DecideForm(
        request.POST if request.method == "POST" else None,
        modules=modules,
        is_known=True,
        may_ask=True,
        initial={"module": str(guess.pk) if guess else "", "said": ""},
    )
    if form.is_valid() and is_decided(request, evidence.agency, evidence, form):
        return redirect("register", partnership.code)
    on_record(request, evidence.agency, "evidence read", uid=str(evidence.uid))
    context = {"partnership": partnership, "evidence": evidence, "files": files_of(evidence), "form": form}
    return render(request, "evidence/outside.html", context)


@requires(Permission.MANAGE_PATHWAY)
def evidence_outside_file(request: Request, code: str, uid: UUID, file: UUID) -> HttpResponseBase:
    """What was handed in with it."""
    _, evidence = _asked(request, code, uid)
    rows = EvidenceFile.objects.everywhere(reason="with evidence that one was asked to decide")
    kept = get_object_or_404(rows, evidence=evidence, uid=file)
    on_record(request, evidence.agency, "evidence file read", uid=str(kept.uid))
    return served(kept)
