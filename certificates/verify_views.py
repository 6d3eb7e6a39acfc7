"""The page on which anyone can check a certificate, by its code or by its file. It keeps nothing of who does."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from certificates import dropped, limits
from certificates.checking import CheckedCertificate, Unsaid, checked, count_look
from certificates.code import NotACode, normalised
from certificates.forms import CodeForm, DroppedForm
from training.access.clock import today
from training.access.gates import Request, public
from training.people.roster.limits import Refused

View = Callable[..., HttpResponse]
NOT_OURS = "We did not issue a certificate with this code."
TOO_MANY = "Too many checks from one place. Wait a minute, then try again."
JSON = ".json"
ROUND_THE_FILE = 10_000  # bytes of the form besides it


def unlisted(view: View) -> View:
    """Kept out of search engines, and out of caches: what a certificate is worth changes from day to day."""

    @wraps(view)
    def marked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["Accept"])
        return response

    return marked


@require_http_methods(["GET", "HEAD", "POST"])
@public
@unlisted
def verify(request: Request) -> HttpResponse:
    """Where a code is typed."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        opens = "passport-opened" if form.is_of_passport else "verify-code"
        return redirect(opens, form.cleaned_data["code"])
    return _asked(request, form=form)


@require_http_methods(["POST"])
@public
@unlisted
@csrf_exempt
def verify_file(request: Request) -> HttpResponse:
    """How often and how much, before anything that was sent is read: looking for the form's token would read it all."""
    if is_too_many(request, cost=limits.COST_OF_FILE):
        return too_many(request)
    if int(request.META.get("CONTENT_LENGTH") or 0) > dropped.MOST_BYTES + ROUND_THE_FILE:
        form = DroppedForm({})
        form.errors["file"] = form.error_class([dropped.TOO_LARGE])
        return _asked(request, dropped_form=form)
    return _looked_into(request)


@csrf_protect
def _looked_into(request: Request) -> HttpResponse:
    """From the file of a certificate or a badge to the answer about it."""
    form = DroppedForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return redirect("verify-code", _code_in(request, form.cleaned_data["file"]))
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return _asked(request, dropped_form=form)


def _code_in(request: Request, file: UploadedFile) -> str:
    with limits.is_looking_already(_address(request), at=timezone.now()) as is_busy:
        if is_busy:
            raise Refused(dropped.ONE_AT_A_TIME)
        return dropped.code_in(file)


@require_http_methods(["GET", "HEAD"])
@public
@unlisted
def verify_code(request: Request, code: str) -> HttpResponse:
    """What a certificate is worth today; as a page, or as JSON for those who ask for that."""
    is_json = code.endswith(JSON) or _wants_json(request)
    if is_too_many(request):
        return too_many(request, is_json=is_json)
    found = _looked_up(code.removesuffix(JSON))
    if found is None:
        return _refusal(request, NOT_OURS, "certificates/not_ours.html", 404, is_json=is_json)
    if is_json:
        return JsonResponse(found.as_json())
    return render(request, "certificates/verified.html", {"checked": found})


def _looked_up(code: str) -> CheckedCertificate | Unsaid | None:
    """What the code opens. A code that is not ours takes the same statements as one that is."""
    try:
        plain = normalised(code)
    except NotACode:
        return None
    count_look(plain)
    return checked(plain, on=today())


def _asked(request: Request, *, form: CodeForm | None = None, dropped_form: DroppedForm | None = None) -> HttpResponse:
    forms = {"form": form or CodeForm(), "dropped": dropped_form or DroppedForm()}
    return render(
        request, "certificates/verify.html", forms, status=400 if any(it.errors for it in forms.values()) else 200
    )


def is_too_many(request: Request, *, cost: int = 1) -> bool:
    """Counts a look from where the request came; whether it is one too many."""
    return limits.is_too_many(_address(request), at=timezone.now(), cost=cost)


def _address(request: Request) -> str:
    return get_adapter(request).get_client_ip(request)


def too_many(request: Request, *, is_json: bool = False) -> HttpResponse:
    """Asks to wait."""
    response = _refusal(request, TOO_MANY, "certificates/too_many.html", 429, is_json=is_json)
    response["Retry-After"] = "60"
    return response


def _refusal(request: Request, reason: str, template: str, status: int, *, is_json: bool) -> HttpResponse:
    if is_json:
        return JsonResponse({"is_ours": False if status == 404 else None, "reason": reason}, status=status)
    return render(request, template, {"form": CodeForm()}, status=status)


def _wants_json(request: Request) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
