"""The learner's side: give in training done elsewhere, see what became of it."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.evidence.errors import EvidenceError, TooManyOpen
from training.evidence.forms import FileForm, GiveForm
from training.evidence.models import Evidence, EvidenceFile
from training.evidence.outside import ask_outside, is_alone
from training.evidence.selectors import agencies_of, evidence_of, files_of
from training.evidence.services import answer_question, give_evidence, withdraw
from training.evidence.uploads import Looked, look_at
from training.people.models import Person
from training.people.roster.limits import Refused

from .queue import served


def _me(request: Request) -> Person:
    return Person.objects.visible_to(request.access).get(pk=request.access.person_id or 0)


def _mine(request: Request, uid: UUID) -> Evidence:
    rows = Evidence.objects.of(_me(request)).filter(origin__in=Evidence.GIVEN).select_related("agency", "module")
    return get_object_or_404(rows, uid=uid)


@requires(Permission.LEARN)
def elsewhere(request: Request) -> HttpResponse:
    """What I did elsewhere, and a form for more of it."""
    person = _me(request)
    agencies = agencies_of(person, on=today())
    posted = request.method == "POST" and bool(agencies)
    form = GiveForm(request.POST, request.FILES, agencies=agencies) if posted else GiveForm(agencies=agencies)
    if posted and form.is_valid():
        given = _given(request, person, form)
        if given is not None:
            messages.success(request, "Your HR has it now. You are told when they have decided.")
            return redirect("elsewhere-one", given.uid)
    context = {"form": form, "mine": evidence_of(person), "agencies": agencies}
    return render(request, "evidence/elsewhere.html", context)


@requires(Permission.LEARN)
def elsewhere_one(request: Request, uid: UUID) -> HttpResponse:
    """One thing I gave in: where it stands, its files, more of them, or take it back."""
    mine = _mine(request, uid)
    if mine.state == Evidence.State.WITHDRAWN:
        return redirect("elsewhere")
    is_open = mine.state in Evidence.OPEN
    posted = request.method == "POST" and is_open
    if posted and request.POST.get("do") == "withdraw":
        _withdraw(request, mine)
        return redirect("elsewhere")
    if posted and request.POST.get("do") == "outside":
        _ask_outside(request, mine)
        return redirect("elsewhere-one", mine.uid)
    form = FileForm(request.POST, request.FILES) if posted else FileForm()
    form.fields["file"].required = True
    if posted and form.is_valid():
        looked = _looked(form)
        if looked is not None and _answered(request, mine, looked, form):
            messages.success(request, "Added. Your HR can see it.")
            return redirect("elsewhere-one", mine.uid)
    alone = is_open and is_alone(mine.agency, request.access.user_id, on=today())
    context = {"mine": mine, "files": files_of(mine), "form": form, "is_open": is_open, "is_alone": alone}
    return render(request, "evidence/elsewhere_one.html", context)


@requires(Permission.LEARN)
def elsewhere_file(request: Request, uid: UUID, file: UUID) -> HttpResponseBase:
    """What I handed in."""
    mine = _mine(request, uid)
    return served(get_object_or_404(EvidenceFile.objects.visible_to(request.access), evidence=mine, uid=file))


def _given(request: Request, person: Person, form: GiveForm) -> Evidence | None:
    """Keep what was given; nothing, with the reason on the form, where that cannot be."""
    looked = _looked(form)
    if form.errors:
        return None
    try:
        with transaction.atomic():
            return give_evidence(
                person,
                form.chosen_agency,
                form.given,
                [looked] if looked else [],
                by=request.access.actor,
                at=timezone.now(),
            )
    except Refused as refusal:
        form.add_error("file", str(refusal))
    except TooManyOpen as error:
        form.add_error(None, str(error))
    except EvidenceError as error:
        form.add_error("completed_on", str(error))
    return None


def _ask_outside(request: Request, mine: Evidence) -> None:
    try:
        ask_outside(mine, user_id=request.access.user_id, by=request.access.actor, on=today(), at=timezone.now())
    except EvidenceError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The coordinator has been asked. You are told when they have decided.")


def _answered(request: Request, mine: Evidence, looked: Looked, form: FileForm) -> bool:
    try:
        with transaction.atomic():
            answer_question(mine, [looked], by=request.access.actor, at=timezone.now())
    except (Refused, EvidenceError) as refusal:
        form.add_error("file", str(refusal))
        return False
    return True


def _looked(form: FileForm) -> Looked | None:
    """The file that came with the form, looked at outside any transaction."""
    file = form.cleaned_data.get("file")
    if file is None:
        return None
    try:
        return look_at(file)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return None


def _withdraw(request: Request, mine: Evidence) -> None:
    try:
        withdraw(mine, by=request.access.actor, at=timezone.now())
    except EvidenceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Taken back.")
