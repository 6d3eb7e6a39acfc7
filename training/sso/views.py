"""Entering the sign-in code, connecting a login to a staff record, and moving it to a new work address."""

from typing import cast

from allauth.account import views as allauth
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from training.access.gates import Request, public, signed_in
from training.people.models import User

from . import moving, services
from .forms import AddressCodeForm, WorkAddressForm
from .fresh import has_signed_in_since
from .receivers import TIE_IN_SESSION

SIGN_IN_AGAIN = "To change your address you must have signed in a short time ago. Sign out, sign in, and come back."
OLD_CODE = "That code cannot be used any more. Enter your address and we will send a new one."


@public
def enter_code(request: Request) -> HttpResponseBase:
    """allauth's page for the code; one who comes too late is told so, where allauth only sends them back."""
    response = allauth.confirm_login_code(request)
    start = reverse("account_request_login_code")
    is_sent_back = response.status_code == 302 and response["Location"] == start
    if is_sent_back and request.method == "POST" and not len(messages.get_messages(request)):
        messages.error(request, OLD_CODE)
    return response


@signed_in
@never_cache
def connect(request: Request) -> HttpResponse:
    """A login without a person gives a work address, and gets a code there."""
    if request.access.person_id:
        return redirect("learning")
    form = WorkAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _code_is_sent(request, form, "connecting"):
        return redirect("connect_code")
    return render(request, "sso/connect.html", {"form": form, "tie": request.session.get(TIE_IN_SESSION, "")})


@signed_in
@never_cache
def connect_code(request: Request) -> HttpResponse:
    """The code from the mail; the right one ties login and person."""
    if request.access.person_id:
        return redirect("learning")
    form = AddressCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            tie = services.use_address_code(cast(User, request.user), form.cleaned_data["code"], at=timezone.now())
        except services.WrongCode as error:
            form.add_error("code", str(error))
        except services.CodeIsOver as error:
            messages.error(request, str(error))
            return redirect("connect")
        else:
            request.session[TIE_IN_SESSION] = tie.value
            return redirect("learning" if tie in {tie.TIED, tie.ALREADY} else "connect")
    return render(request, "sso/connect_code.html", {"form": form, "address": request.session.get("connecting", "")})


@signed_in
@never_cache
def change_address(request: Request) -> HttpResponse:
    """A login whose person has a new work address gives it, and gets a code there."""
    if not _is_fresh(request):
        messages.error(request, SIGN_IN_AGAIN)
        return redirect("learning")
    form = WorkAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _code_is_sent(request, form, "moving"):
        return redirect("change_address_code")
    return render(request, "sso/move.html", {"form": form, "present": cast(User, request.user).email})


@signed_in
@never_cache
def change_address_code(request: Request) -> HttpResponse:
    """The code from the mail; the right one moves the login."""
    if not _is_fresh(request):
        messages.error(request, SIGN_IN_AGAIN)
        return redirect("learning")
    form = AddressCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            address = moving.move_login(cast(User, request.user), form.cleaned_data["code"], at=timezone.now())
        except services.WrongCode as error:
            form.add_error("code", str(error))
        except services.SignInError as error:
            messages.error(request, str(error))
            return redirect("change_address")
        else:
            messages.success(request, f"You sign in with {address} from now on.")
            return redirect("learning")
    return render(request, "sso/move_code.html", {"form": form, "address": request.session.get("moving", "")})


def _code_is_sent(request: Request, form: WorkAddressForm, why: str) -> bool:
    """Whether a code went to the address, which the session keeps under this name; else the form says why not."""
    address = form.cleaned_data["address"]
    try:
        services.send_address_code(cast(User, request.user), address, at=timezone.now())
    except services.TooManyCodes as error:
        form.add_error("address", str(error))
        return False
    request.session[why] = address
    return True


def _is_fresh(request: Request) -> bool:
    return has_signed_in_since(request, timezone.now() - moving.FRESH)
