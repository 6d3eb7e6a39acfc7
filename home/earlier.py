"""'Bring your earlier training with you': the learner's page for claiming an earlier record."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from certificates.forms import CodeForm
from certificates.models import Certificate
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.identity import claims
from training.people.identity.errors import IdentityError
from training.people.identity.forms import EarlierAddressForm, EarlierCodeForm
from training.people.models import Person, RecordClaim, Sameness
from training.ui.templatetags.ui import uk_date

NOT_OURS = "We have not issued a certificate with this code. Check it, letter by letter."
PAUSED = "The page of this certificate is paused, so nothing of it can be shown to your HR team."
ASKED = "If this certificate can be joined, your HR team is asked to confirm that it is yours. You see the answer here."


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def bring_earlier(request: Request) -> HttpResponse:
    """Three ways to bring a record, what was asked so far, and what has been joined."""
    do = request.POST.get("do", "")
    address = EarlierAddressForm(request.POST if do == "address" else None)
    code = CodeForm(request.POST if do == "certificate" else None)
    try:
        if do == "address" and address.is_valid():
            _ask_by_address(request, address.cleaned_data["address"])
            return redirect("bring-earlier-code")
        if do == "certificate" and code.is_valid() and _ask_by_certificate(request, code):
            messages.success(request, ASKED)
            return redirect("bring-earlier")
    except IdentityError as error:
        (address if do == "address" else code).add_error(None, str(error))
    return render(request, "home/earlier.html", {"address": address, "code": code, **_so_far(request)})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def bring_earlier_code(request: Request) -> HttpResponse:
    """The code from the mail; the right one joins the record."""
    form = EarlierCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            claims.use_code(_own(request), form.cleaned_data["code"], by=request.access.actor, at=timezone.now())
        except claims.WrongCode as error:
            form.add_error("code", str(error))
        except IdentityError as error:
            messages.error(request, str(error))
            return redirect("bring-earlier")
        else:
            messages.success(request, "Your earlier record has been joined to this one. Your training counts now.")
            return redirect("learning")
    return render(request, "home/earlier_code.html", {"form": form, "address": request.session.get("earlier", "")})


@require_POST
@requires(Permission.LEARN)
def part_earlier(request: Request, uid: UUID) -> HttpResponse:
    """Take a joined record away from one's own again."""
    said = get_object_or_404(Sameness.objects.of_records(request.access.own_record), uid=uid)
    try:
        claims.take_apart(said, by=request.access.actor, at=timezone.now())
    except IdentityError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The two records stand apart again.")
    return redirect("bring-earlier")


def _own(request: Request) -> Person:
    return Person.objects.visible_to(request.access).get(pk=request.access.person_id or 0)


def _ask_by_address(request: Request, address: str) -> None:
    claims.ask_by_address(_own(request), address, by=request.access.actor, at=timezone.now())
    request.session["earlier"] = address


def _ask_by_certificate(request: Request, form: CodeForm) -> bool:
    plain = form.cleaned_data["code"]
    found = Certificate.objects.with_code(plain).select_related("completion__person", "showing").first()
    showing = found.showing_or_none if found is not None else None
    if found is None or (showing is not None and showing.is_paused):
        form.add_error("code", NOT_OURS if found is None else PAUSED)
        return False
    record, words = found.completion.person, found.words
    printed = claims.Printed(found.name_shown, words.module_title, uk_date(words.completed_on), found.grouped_code)
    claims.ask_by_certificate(_own(request), record, printed, by=request.access.actor, at=timezone.now())
    return True


def _so_far(request: Request) -> dict[str, Any]:
    mine = RecordClaim.objects.visible_to(request.access).exclude(printed={})
    return {"asked": list(mine[:10]), "joined": claims.own_samenesses(request.access)}
