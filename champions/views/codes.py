"""Typing a code off a screen: one page for every code, which never tells who else is there."""

from contextlib import suppress

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from champions import tries
from champions.errors import CodeDoesNotWork
from champions.forms.briefings import CardForm
from champions.forms.meetings import CodeForm
from champions.selectors import meeting_pages as book
from champions.selectors.circles import partnerships_of
from champions.services import attendance
from champions.services.briefings import count_in, give_card
from champions.views.meetings import own_row
from training.access.clock import today
from training.access.gates import Request, public, requires
from training.access.permissions import Permission
from training.people.models import Person

CARDS_TRIED_AN_HOUR = 60  # a whole hospital may share one address
CAME = "Thank you. It is on your record that you came."
COUNTED = "Thank you, you are counted. It is no training, and that it was you is deleted after 30 days."
CARD_LATER = "That were too many codes. Try again in an hour."
LATER = "That were too many codes. Try again in an hour, or tell whoever runs the meeting that you are here."


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def enter_code(request: Request) -> HttpResponse:
    """Be here, by the code on the screen. Wrong codes are counted, and ten an hour are enough."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        who, at = request.access.user_uid, timezone.now()
        try:
            if not tries.has_tries_left(who, at=at):
                raise CodeDoesNotWork(LATER)
            thanks = _come(request, form.cleaned_data["code"])
        except CodeDoesNotWork as error:
            tries.count_try(who, at=at)
            form.add_error("code", str(error))
        else:
            messages.success(request, thanks)
            return redirect("enter-code")
    return render(request, "champions/enter_code.html", {"form": form})


def _come(request: Request, typed: str) -> str:
    """At a meeting, for champions; or counted at a briefing, for anybody. What to thank them with."""
    access, on, at = request.access, today(), timezone.now()
    for found in book.memberships(access, on=on):
        with suppress(CodeDoesNotWork):
            attendance.come_by_code(champion=own_row(found), typed=typed, by=access.actor, at=at)
            return CAME
    person = Person.objects.visible_to(access).filter(pk__in=access.own_record).first()
    if person is None:
        raise CodeDoesNotWork(attendance.WRONG)
    count_in(person=person, partnerships=partnerships_of(access, on=on), typed=typed, at=at)
    return COUNTED


@require_http_methods(["GET", "POST"])
@public
def feedback_card(request: Request) -> HttpResponse:
    """What somebody thought of a briefing: by its code, without a name. Wrong codes are counted by address."""
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        who, at = get_adapter(request).get_client_ip(request), timezone.now()
        said = form.cleaned_data
        answers = {"useful": int(said["useful"]), "knows_next": int(said["knows_next"])}
        try:
            if not tries.has_tries_left(who, at=at, most=CARDS_TRIED_AN_HOUR):
                raise CodeDoesNotWork(CARD_LATER)
            give_card(typed=said["code"], at=at, **answers)
        except CodeDoesNotWork as error:
            tries.count_try(who, at=at)
            form.add_error("code", str(error))
        else:
            return render(request, "champions/card_thanks.html")
    return render(request, "champions/feedback_card.html", {"form": form})
