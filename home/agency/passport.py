"""'Accept this training': what a link to somebody's passport shows becomes evidence at an agency, without retyping."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from certificates import limits
from certificates.models import Viewing
from certificates.passport.selectors import Line, Opened, opened_by
from certificates.passport.services import note_viewing
from certificates.snapshot import MASKED, initials_of
from certificates.verify_views import is_too_many, too_many
from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.evidence.errors import EvidenceError
from training.evidence.passport import Shown, Taken, take_passport, whose
from training.ledger.services import LedgerError
from training.people.models import Agency, Person
from training.people.selectors import agency_for

RECORD = Permission.RECORD_COMPLETIONS
OTHER_NAME = "Your roster has another name for this reference. Check that it is the same person, then tick this."
TOO_OFTEN = "You have named several people whose passport this may not be. Wait an hour before you go on."


class OtherName(EvidenceError):
    """The roster has another name, and nobody has said that it is the same person."""


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
        label="My roster has them under another name, and I have checked that it is the same person",
        help_text="That you say so is kept on record, and told to the person who made the link.",
        required=False,
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
    if is_too_many(request):
        return too_many(request)
    at = timezone.now()
    opened = opened_by(share, on=london_date(at))
    if opened is None or not opened.lines:
        raise Http404
    form = AcceptForm(request.POST if request.method == "POST" else None, lines=opened.lines)
    if form.is_valid() and (taken := _taken(request, agency, opened, form, at)) is not None:
        messages.success(request, _in_words(taken))
        return redirect("evidence", agency.code)
    note_viewing(opened.share, Viewing.What.PAGE, opened.codes, at=at)
    return render(request, "home/agency/passport.html", {"agency": agency, "opened": opened, "form": form})


def _taken(request: Request, agency: Agency, opened: Opened, form: AcceptForm, at: datetime) -> Taken | None:
    """Accept it, or say on the form why not. Guesses at whose it is are counted, and each is on record."""
    by, user = request.access.actor, request.access.user_id
    lines = [line for line in opened.lines if line.code in form.cleaned_data["codes"]]
    try:
        person = whose(agency, form.cleaned_data["employee_ref"], own=request.access.records)
        as_other = not _is_named(person, lines)
        if as_other:
            if limits.is_one_try_too_many(user, at=at):
                raise EvidenceError(TOO_OFTEN)
            if not form.cleaned_data["is_same"]:
                raise OtherName(OTHER_NAME)
        shown = [_shown(line) for line in lines]
        what = Viewing.What.ACCEPTED_AS if as_other else Viewing.What.ACCEPTED
        with transaction.atomic():  # nothing is taken of which its holder is not told
            taken = take_passport(agency, person, shown, shown_of=opened.share.person, as_other=as_other, by=by, at=at)
            note_viewing(opened.share, what, [line.words.module_code for line in lines], at=at)
    except (EvidenceError, LedgerError) as refusal:
        form.add_error("is_same" if isinstance(refusal, OtherName) else "employee_ref", str(refusal))
        audit.record("passport not accepted", by=by, at=at, kind="share", uid=opened.share.uid, agency_code=agency.code)
        return None
    return taken


def _is_named(person: Person, lines: list[Line]) -> bool:
    """Whether the roster's name is the one shown, or has the initials shown."""
    own = " ".join(person.name.casefold().split())
    said = {own, initials_of(person.name).casefold()} - {MASKED.casefold()}
    return all(line.name.casefold() in said for line in lines)


def _shown(line: Line) -> Shown:
    words = line.words
    entry = line.certificate.completion_id
    return Shown(words.module_title, line.provider, words.completed_on, words.valid_until, entry)


def _in_words(taken: Taken) -> str:
    if not taken.recorded and not taken.waiting:
        return "It is in their record already. Nothing was added."
    waiting = f" {taken.waiting} could not be matched to a module: decide below." if taken.waiting else ""
    return f"{taken.recorded} recorded.{waiting}"
