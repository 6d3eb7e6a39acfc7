"""HR's pages for an entry that is wrong: what is wrong, what would change, then it is withdrawn; and what waits."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.evidence.outside import is_alone
from training.evidence.passport import is_of_passport
from training.ledger.correcting import correct_day
from training.ledger.models import Completion, Doubt
from training.ledger.selectors.table import WITHHELD
from training.ledger.selectors.without import Otherwise, standings_without
from training.ledger.services import LedgerError
from training.ledger.standing import Standing
from training.ledger.wrong import drop_doubt, needs_two, say_wrong
from training.people.models import Employment, Person, Post
from training.ui.forms import DateField
from training.ui.standings import STANDINGS
from training.ui.templatetags.ui import uk_date

from .visit import Visit, looked, visit

RECORD = Permission.RECORD_COMPLETIONS
HEADS = ["Module", "Today", "Due by", "Then it would be", "Due by"]
DOUBT_HEADS = ["Who", "Module", "Completed", "What is wrong", "Said on"]


class WrongForm(forms.Form):
    """What is wrong with an entry."""

    wrong = forms.ChoiceField(
        label="What is wrong?",
        help_text="What you choose stays in the record, and the person can read it.",
        choices=Doubt.Wrong.choices,
        widget=forms.RadioSelect,
    )


class DayForm(forms.Form):
    """The day on which it was really done."""

    right_day = DateField(label="On which day was it done?", error_messages={"required": "Enter the right day"})


@require_http_methods(["GET", "POST"])
@requires(RECORD)
def agency_wrong(request: Request, code: str, uid: UUID, entry: UUID) -> HttpResponse:
    """Say what is wrong, see what would change, withdraw it: alone, or as the first or the second of two."""
    seen = visit(request, code, permission=RECORD)
    person, completion = _entry(request, seen, uid, entry)
    doubt = Doubt.objects.visible_to(request.access).filter(entry=completion).first()
    is_own_doubt = doubt is not None and doubt.said_by == str(request.access.actor)
    does = request.POST.get("do", "")
    if does == "drop" and doubt is not None:
        drop_doubt(doubt, agency=seen.agency, by=request.access.actor, at=seen.at)
        messages.success(request, "The entry stands as it is.")
        return redirect("agency-person", seen.agency.code, person.uid)
    said = request.POST if does else {"wrong": doubt.wrong} if doubt else None
    form = WrongForm(said)
    needs_other = needs_two(completion, seen.agency, on=seen.today)
    day = None if needs_other or is_of_passport(completion) else DayForm(request.POST if does == "correct" else None)
    if day is not None and day.is_valid() and _is_corrected(request, seen, completion, day):
        return redirect("agency-person", seen.agency.code, person.uid)
    if does == "confirm" and form.is_valid() and _is_said(request, seen, completion, form):
        return redirect("agency-person", seen.agency.code, person.uid)
    looked(request, seen, "entry looked at", uid=str(completion.uid))
    context: dict[str, Any] = {
        "agency": seen.agency,
        "person": person,
        "form": form,
        "doubt": doubt,
        "is_own_doubt": is_own_doubt,
        "facts": _facts(person, completion),
        "needs_two": needs_other,
        "is_alone": is_alone(seen.agency, request.access.user_id, on=seen.today),
    }
    if form.is_valid():
        wrong = Doubt.Wrong(form.cleaned_data["wrong"])
        context |= {"wrong": wrong, "heads": HEADS, "rows": _rows(seen, person, completion, wrong)}
        context["day"] = day if wrong == Doubt.Wrong.DAY else None
    return render(request, "home/agency/wrong.html", context)


@requires(RECORD)
def agency_doubts(request: Request, code: str) -> HttpResponse:
    """Entries of which one of HR has said that they are wrong, and a colleague has not."""
    seen = visit(request, code, permission=RECORD)
    waiting = Doubt.objects.visible_to(request.access).filter(entry__agency=seen.agency)
    rows = list(waiting.select_related("entry__person").order_by("said_at", "pk"))
    looked(request, seen, "doubts read", rows=len(rows))
    context = {"agency": seen.agency, "heads": DOUBT_HEADS, "rows": [_doubt(each, seen.agency.code) for each in rows]}
    return render(request, "home/agency/doubts.html", context)


def _entry(request: Request, seen: Visit, uid: UUID, entry: UUID) -> tuple[Person, Completion]:
    """Somebody else of the agency and an entry that it recorded of them and that stands; otherwise 404."""
    here = Employment.objects.within(seen.agency).filter(Q(person__uid=uid) | Q(entered_as__uid=uid))
    employment = here.exclude(person__in=request.access.records).select_related("person").first()
    if employment is None:
        raise Http404
    person = employment.person
    rows = Completion.objects.within(seen.agency, on=seen.today).standing().filter(person.all_of(), agency=seen.agency)
    rows = rows.exclude(person__in=request.access.records)
    return person, get_object_or_404(rows.select_related("person__user", "partnership", "module", "agency"), uid=entry)


def _is_said(request: Request, seen: Visit, completion: Completion, form: WrongForm) -> bool:
    """Say so; what cannot be goes back onto the form."""
    wrong = Doubt.Wrong(form.cleaned_data["wrong"])
    by, own = request.access.actor, request.access.records
    try:
        is_withdrawn = say_wrong(completion, wrong, agency=seen.agency, own=own, by=by, at=seen.at)
    except LedgerError as refusal:
        form.add_error(None, str(refusal))
        return False
    waits = "Nothing has changed yet: a colleague with the HR role has to say so too, within 30 days."
    messages.success(request, "The entry is withdrawn." if is_withdrawn else waits)
    return True


def _is_corrected(request: Request, seen: Visit, completion: Completion, form: DayForm) -> bool:
    """Put the day right; what cannot be goes back onto the form."""
    by, own, right = request.access.actor, request.access.records, form.cleaned_data["right_day"]
    try:
        correct_day(completion, right, agency=seen.agency, own=own, by=by, at=seen.at)
    except LedgerError as refusal:
        form.add_error("right_day", str(refusal))
        return False
    messages.success(request, "The day is corrected. A new certificate takes the place of the old one.")
    return True


def _name(person: Person) -> str:
    return WITHHELD if person.is_protected else person.name


def _facts(person: Person, completion: Completion) -> list[dict[str, str]]:
    rows = {
        "Who": _name(person),
        "Module": completion.module_title,
        "Completed": uk_date(completion.completed_on),
        "How": completion.get_method_display(),
        "Evidence": completion.evidence,
        "Recorded": uk_date(completion.recorded_at),
    }
    return [{"key": key, "value": value} for key, value in rows.items() if value]


def _rows(seen: Visit, person: Person, completion: Completion, wrong: Doubt.Wrong) -> list[list[Any]]:
    posts = Post.objects.within(seen.agency).filter(employment__person=person).values_list("pk", flat=True)
    stops_on = seen.today if wrong == Doubt.Wrong.STOPS else None
    return [_row(each) for each in standings_without(completion, posts, stops_on=stops_on, on=seen.today)]


def _row(each: Otherwise) -> list[Any]:
    return [each.module.title, *_standing(each.was), *_standing(each.will)]


def _standing(standing: Standing | None) -> list[Any]:
    if standing is None:
        return ["Not asked", ""]
    return [{"state": standing.state, "text": STANDINGS[standing.state.value].words}, uk_date(standing.due_on)]


def _doubt(doubt: Doubt, code: str) -> list[Any]:
    entry = doubt.entry
    address = reverse("agency-wrong", args=[code, entry.person.uid, entry.uid])
    wrong, said_on = doubt.get_wrong_display(), uk_date(doubt.said_at)
    return [
        {"text": _name(entry.person), "url": address},
        entry.module_title,
        uk_date(entry.completed_on),
        wrong,
        said_on,
    ]
