"""Values from outside: one by form, many by file, and one taken back."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from training.access.clock import london_date, today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Partnership
from training.people.selectors import partnership_for
from training.strategy.export import csv_file
from training.strategy.forms import TakeBackForm, ValueForm, ValuesFileForm
from training.strategy.models import Indicator, IndicatorValue
from training.strategy.pack import Source
from training.strategy.periods import Period
from training.strategy.services import Given, give_values, take_back
from training.strategy.values import ValuesRefused, Wrong
from training.strategy.values_file import HEAD, read_values, template_rows

from .indicators import indicator_named

GIVE = Permission.MANAGE_PATHWAY


def _partnership(request: Request, code: str) -> Partnership:
    return partnership_for(request.access, GIVE, code)


@require_http_methods(["GET", "POST"])
@requires(GIVE)
def value_give(request: Request, code: str, indicator: str) -> HttpResponse:
    """One value of one indicator."""
    partnership = _partnership(request, code)
    chosen = indicator_named(indicator)
    if not chosen.is_from_outside:
        raise Http404
    at = timezone.now()
    form = ValueForm(request.POST or None, indicator=chosen, on=london_date(at))
    if request.method == "POST" and form.is_valid():
        try:
            given = give_values(partnership, [form.said], by=request.access.actor, at=at)
        except ValuesRefused as refusal:
            _tell(form, refusal.wrong)
        else:
            _report(request, given)
            return redirect("indicator", partnership.code, chosen.code)
    context = {
        "indicator": chosen,
        "form": form,
        "heading": chosen.title,
        "button": "Give this figure",
        "cancel_url": reverse("indicator", args=[partnership.code, chosen.code]),
    }
    return render(request, "strategy/value.html", context)


def _tell(form: forms.Form, wrong: list[Wrong]) -> None:
    """Each fault at its field, or above the form."""
    for each in wrong:
        form.add_error(each.field if each.field in form.fields else None, each.words)


def _report(request: Request, given: Given) -> None:
    messages.success(request, _in_words(given))
    for words in given.doubtful:
        messages.warning(request, words)


def _in_words(given: Given) -> str:
    said = [
        f"{given.new} {'value' if given.new == 1 else 'values'} added",
        f"{given.restated} restated",
        f"{given.unchanged} known already",
    ]
    counts = (given.new, given.restated, given.unchanged)
    words = ", ".join(words for words, count in zip(said, counts, strict=True) if count)
    return f"{words[:1].upper()}{words[1:]}." if words else "The file holds no numbers, so nothing was added."


@require_http_methods(["GET", "POST"])
@requires(GIVE)
def values_file(request: Request, code: str) -> HttpResponse:
    """Many values as a file: all of it is kept, or none."""
    partnership = _partnership(request, code)
    form = ValuesFileForm(request.POST or None, request.FILES or None)
    wrong: list[Wrong] = []
    if request.method == "POST" and form.is_valid():
        read = read_values(form.cleaned_data["file"])
        try:
            if read.wrong:
                raise ValuesRefused(list(read.wrong))
            given = give_values(partnership, read.said, by=request.access.actor, at=timezone.now())
        except ValuesRefused as refusal:
            wrong = refusal.wrong
        else:
            _report(request, given)
            return redirect("indicators", partnership.code)
    context = {
        "partnership": partnership,
        "form": form,
        "head": ["Row", "What is wrong"],
        "wrong": [[str(each.row or "The file"), each.words] for each in wrong],
    }
    return render(request, "strategy/values_file.html", context, status=400 if wrong else 200)


@require_safe
@requires(GIVE)
def values_template(request: Request, code: str) -> StreamingHttpResponse:
    """The file to fill in: a row for each indicator whose values come from outside."""
    partnership = _partnership(request, code)
    rows = template_rows(list(Indicator.objects.exclude(source=Source.COMPUTED)), today())
    answer = StreamingHttpResponse(csv_file(HEAD, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="figures-{partnership.code}.csv"'
    return answer


@require_http_methods(["GET", "POST"])
@requires(GIVE)
def value_take_back(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Say that a value was never right."""
    partnership = _partnership(request, code)
    standing = IndicatorValue.objects.known_now().standing().filter(partnership=partnership)
    value = get_object_or_404(standing.select_related("partnership", "indicator"), uid=uid)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        take_back(value, why=form.cleaned_data["why"], by=request.access.actor, at=timezone.now())
        messages.success(request, "The figure was taken back. It stays to be seen, with the reason.")
        return redirect("indicator", partnership.code, value.indicator.code)
    context = {
        "value": value,
        "period": Period(value.first_on, value.last_on),
        "form": form,
        "heading": "Take this figure back",
        "button": "Take it back",
        "cancel_url": reverse("indicator", args=[partnership.code, value.indicator.code]),
        "warns": True,
    }
    return render(request, "strategy/value_take_back.html", context)
