"""What a learner sent after their sign-in had run out: held, and kept once they have signed in again."""

import re
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict

from courses.models import Attempt
from training.access.gates import View

HELD = "courses.held"
# Choices by their keys; never words of the learner's own
FIELDS = re.compile(r"do|check|chosen|seen|try|after|attempt|place-[a-z0-9-]+")
IGNORED = {"csrfmiddlewaretoken"}
MOST_BYTES = 4_000
SIGN_IN_AGAIN = "You have been signed out. Sign in again, and what you have just chosen is kept."


def survives_signing_out(view: View) -> View:
    """Around a gated view: what is sent by somebody signed out is held, and sent again once they are in."""

    @wraps(view)
    def surviving(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            _hold(request)
        elif request.method == "GET" and request.user.is_authenticated and HELD in request.session:
            _send_again(request)
        return view(request, *args, **kwargs)

    return surviving


def _hold(request: HttpRequest) -> None:
    sent = request.POST.copy()
    for name in IGNORED:
        sent.pop(name, None)
    body = sent.urlencode()
    if len(body) > MOST_BYTES or not all(FIELDS.fullmatch(name) for name in sent) or not _is_open(sent):
        return
    request.session[HELD] = {"path": request.path, "body": body}
    messages.info(request, SIGN_IN_AGAIN)


def _is_open(sent: QueryDict) -> bool:
    """Whether it is of an attempt that goes on: nobody else can make the site hold anything."""
    try:
        uid = UUID(sent.get("attempt", ""))
    except ValueError:
        return False
    held = Attempt.objects.everywhere(reason="held until its person signs in")
    return held.filter(uid=uid, state=Attempt.State.OPEN).exists()


def _send_again(request: HttpRequest) -> None:
    """As if it had just been sent; the page asks whose attempt it is of (`is_of`)."""
    held = request.session[HELD]
    if held["path"] == request.path:
        del request.session[HELD]
        request.method = "POST"
        request.POST = QueryDict(held["body"])  # type: ignore[assignment]
