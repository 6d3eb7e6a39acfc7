"""Typing a code off a screen: one page for every code, which never tells who else is there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from champions import tries
from champions.errors import CodeDoesNotWork
from champions.forms.meetings import CodeForm
from champions.selectors import meeting_pages as book
from champions.services import attendance
from champions.views.meetings import own_row
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission

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
            _check_in(request, form.cleaned_data["code"])
        except CodeDoesNotWork as error:
            tries.count_try(who, at=at)
            form.add_error("code", str(error))
        else:
            messages.success(request, "Thank you, you are on record.")
            return redirect("enter-code")
    return render(request, "champions/enter_code.html", {"form": form})


def _check_in(request: Request, typed: str) -> None:
    found = book.member(request.access, on=today())
    if found is None:
        raise CodeDoesNotWork(attendance.WRONG)
    attendance.check_in(champion=own_row(found), typed=typed, by=request.access.actor, at=timezone.now())
