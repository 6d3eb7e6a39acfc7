"""Bringing a record that somebody signs in with: the person signs in with both, one after the other.

The wish goes with the browser in a signed cookie for a quarter of an hour, since signing in with another login ends the
session. It says which record asks and when, and nothing is joined until the other one agrees, who must have signed in
since then: a session that somebody left open agrees to nothing.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.identity import claims
from training.people.identity.errors import IdentityError
from training.people.models import Person
from training.sso.fresh import has_signed_in_since

COOKIE = "bring"
PATH = "/learning/earlier/"
SECONDS = 15 * 60
TOO_LATE = "Begin again: sign in where you work now, and press the button there. It lasts for 15 minutes."
DONE = "This record has been joined. Sign in with your present address to see your training there."


@require_POST
@requires(Permission.LEARN)
def bring_signed_in(request: Request) -> HttpResponse:
    """Remember which record asks, sign out, and lead to signing in with the earlier address."""
    response = redirect("earlier-offered")  # whose gate leads to signing in, and back
    own = Person.objects.visible_to(request.access).get(pk=request.access.person_id or 0)
    auth.logout(request)
    response.set_signed_cookie(
        COOKIE,
        f"{own.uid} {timezone.now().timestamp()}",
        salt=COOKIE,
        max_age=SECONDS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def earlier_offered(request: Request) -> HttpResponse:
    """Signed in with the earlier record: say whose record asked, and join only if the person agrees."""
    asks = _who_asks(request)
    if asks is None:
        messages.error(request, TOO_LATE)
        return redirect("bring-earlier")
    if request.method == "GET":
        return render(request, "home/earlier_offered.html", {"asks": asks, "own": request.access.person_name})
    response = redirect("bring-earlier")
    response.delete_cookie(COOKIE, path=PATH)
    if request.POST.get("do") == "join":
        _join(request, asks)
    return response


def _who_asks(request: Request) -> Person | None:
    """The record that asked in this browser, before this login was signed in with; None where there is none."""
    wish = request.get_signed_cookie(COOKIE, "", salt=COOKIE, max_age=SECONDS) or ""
    uid, _space, moment = wish.partition(" ")
    if not moment or not has_signed_in_since(request, datetime.fromtimestamp(float(moment), UTC)):
        return None
    people = Person.objects.everywhere(reason="the record that asked, in the same browser")
    return people.filter(uid=uid).exclude(pk__in=request.access.own_record).first()


def _join(request: Request, asks: Person) -> None:
    earlier = Person.objects.visible_to(request.access).get(pk=request.access.person_id or 0)
    try:
        claims.join_signed_in(asks, earlier, by=request.access.actor, at=timezone.now())
    except IdentityError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, DONE)
