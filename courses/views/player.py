"""What the pages of the player share: only whole requests count, and its script is told what has been kept."""

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase, JsonResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from courses.models import Attempt
from training.access.gates import View

HEADER = "X-Player"


def acts_on_course(view: View) -> View:
    """Within a gate: who is led to what only acts, by signing in again, finds the course's first page."""

    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def acting(request: HttpRequest, course: str) -> HttpResponseBase:
        return redirect("course", course=course) if request.method == "GET" else view(request, course)

    return acting


def for_player(view: View) -> View:
    """Around a view of the player; redirects are data for its script, which could not see where they lead."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _is_whole(request):
            return HttpResponseBadRequest()
        answer = view(request, *args, **kwargs)
        if HEADER not in request.headers or not isinstance(answer, HttpResponseRedirectBase):
            return answer
        told = {"leads_to": answer.url, "is_signed_in": request.user.is_authenticated, "at": _clock()}
        return JsonResponse(told, headers={"Cache-Control": "no-store"})

    return answering


def is_of(request: HttpRequest, attempt: Attempt) -> bool:
    """Whether what is sent comes from a page of this attempt: another's, or an earlier one's, changes nothing.

    On a shared computer somebody else may have signed in since the page was opened.
    """
    return request.POST.get("attempt", str(attempt.uid)) == str(attempt.uid)


def not_of(request: HttpRequest, to: str, said: str = "") -> HttpResponse:
    """What is answered where `is_of` says no: the page as it is now; a script is told that nothing was kept."""
    if HEADER in request.headers:
        return HttpResponse(status=HTTPStatus.CONFLICT)
    if said:
        messages.info(request, said)
    return redirect(to)


def _is_whole(request: HttpRequest) -> bool:
    """Whether all of a form has come: of two boxes ticked, a network that broke may have brought one."""
    if request.method != "POST" or request.content_type != "application/x-www-form-urlencoded":
        return True
    return len(request.body) == int(request.META.get("CONTENT_LENGTH") or 0)


def _clock() -> str:
    """The time of day where learners are."""
    return f"{timezone.localtime():%H:%M}"
