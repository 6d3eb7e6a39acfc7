"""'Accept this training': what a link to somebody's passport shows becomes evidence at an agency, without retyping."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from certificates.models import Share, Viewing
from certificates.passport.selectors import Line, opened_by, shown_by
from certificates.passport.services import note_viewing
from certificates.snapshot import MASKED, initials_of
from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.evidence.errors import EvidenceError
from training.evidence.passport import Shown, Taken, take_passport, whose
from training.ledger.services import LedgerError
from training.people.models import Agency, Person
from training.people.selectors import agency_for

RECORD = Permission.RECORD_COMPLETIONS
OTHER_NAME = "Your roster has another name for this reference. Check that it is the same person, then tick this."


class AcceptForm(forms.Form):
    """Which of it, and whose it is."""

    codes = forms.MultipleChoiceField(
        label="What do you accept?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what you accept"},
    )
    employee_ref = forms.CharField(
        label="Whose it is: their employee reference on your roster",
        max_length=60,
        error_messages={"required": "Give the employee reference"},
    )

    is_same = forms.BooleanField(
        label="My roster has them under another name, and I have checked that it is the same person", required=False
    )

    def __init__(self, data: Any, *, lines: list[Line]) -> None:
        super().__init__(data)
        titles = {line.code: f"{line.words.module_title}. {line.answer.words}" for line in lines}
        field = self.fields["codes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(titles.items())
        field.initial = list(titles)


@require_http_methods(["GET", "POST"])
@requires(RECORD)
def passport_accept(request: Request, code: str, share: str) -> HttpResponse:
    """Choose what to accept, and for whom; posted, it is evidence: recorded where it is known, else it waits."""
    agency = agency_for(request.access, RECORD, code)
    at = timezone.now()
    opened = opened_by(share, on=london_date(at))
    if opened is None:
        raise Http404
    lines = shown_by(opened, on=london_date(at))
    form = AcceptForm(request.POST if request.method == "POST" else None, lines=lines)
    if form.is_valid():
        chosen = [line for line in lines if line.code in form.cleaned_data["codes"]]
        taken = _taken(request, agency, opened, chosen, form)
        if taken is not None:
            note_viewing(opened, Viewing.What.ACCEPTED, [line.words.module_code for line in chosen], at=at)
            messages.success(request, _in_words(taken))
            return redirect("evidence", agency.code)
    note_viewing(opened, Viewing.What.PAGE, [line.words.module_code for line in lines], at=at)
    context = {"agency": agency, "share": opened, "lines": lines, "form": form}
    return render(request, "home/agency/passport.html", context)


def _taken(request: Request, agency: Agency, share: Share, lines: list[Line], form: AcceptForm) -> Taken | None:
    """Accept it, or say on the form why not."""
    reference, own = form.cleaned_data["employee_ref"], request.access.records
    try:
        person = whose(agency, reference, own=own)
        if not (form.cleaned_data["is_same"] or _is_named(person, lines)):
            form.add_error("is_same", OTHER_NAME)
            return None
        shown = [_shown(line) for line in lines]
        return take_passport(agency, person, shown, shown_of=share.person, by=request.access.actor, at=timezone.now())
    except (EvidenceError, LedgerError) as refusal:
        form.add_error("employee_ref", str(refusal))
        return None


def _is_named(person: Person, lines: list[Line]) -> bool:
    """Whether the roster's name is the one shown, or has the initials shown."""
    own = " ".join(person.name.casefold().split())
    said = {own, initials_of(person.name).casefold()} - {MASKED.casefold()}
    return all(line.name.casefold() in said for line in lines)


def _shown(line: Line) -> Shown:
    words = line.words
    return Shown(words.module_title, line.provider, words.completed_on, words.valid_until, line.code)


def _in_words(taken: Taken) -> str:
    if not taken.recorded and not taken.waiting:
        return "You have accepted it before. Nothing was added."
    waiting = f" {taken.waiting} could not be matched to a module: decide below." if taken.waiting else ""
    return f"{taken.recorded} recorded.{waiting}"
