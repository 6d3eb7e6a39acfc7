"""HR's pages about what people ask of their records: certificates to confirm, and corrections to answer."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Agency, Correction, Employment, Person, RecordClaim
from training.people.selectors import agency_for

from . import claims, corrections
from .errors import IdentityError
from .forms import AnswerForm
from .letters import tell_of_answer
from .shown import WITHHELD

ROWS_A_PAGE = 25
ANSWERED_SHOWN = 25
OF_POST = ("post__employment__person", "post__employment__entered_as")


def _agency(request: Request, code: str) -> Agency:
    return agency_for(request.access, Permission.MANAGE_ROSTER, code)


@requires(Permission.MANAGE_ROSTER)
def record_claims(request: Request, code: str) -> HttpResponse:
    """The certificates that people say are theirs, for HR to confirm."""
    agency = _agency(request, code)
    rows = RecordClaim.objects.to_confirm(request.access, agency).select_related("claimant").order_by("asked_at")
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = [{"claim": each, "who": _who(agency, each.claimant)} for each in page.object_list]
    return render(request, "people/record_claims.html", {"agency": agency, "page": page, "rows": shown})


@require_POST
@requires(Permission.MANAGE_ROSTER)
def record_claim_answer(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Confirm one, or not."""
    agency = _agency(request, code)
    rows = RecordClaim.objects.to_confirm(request.access, agency).select_related("claimant", "record", "agency")
    claim = get_object_or_404(rows, uid=uid)
    do = request.POST.get("do", "")
    if do in ("confirm", "decline"):
        try:
            claims.confirm(claim, is_theirs=do == "confirm", by=request.access.actor, at=timezone.now())
        except IdentityError as error:
            messages.error(request, str(error))
        else:
            done = (
                "Confirmed: their earlier training counts now." if do == "confirm" else "Not confirmed. They see that."
            )
            messages.success(request, done)
    return redirect("record-claims", agency.code)


@requires(Permission.MANAGE_ROSTER)
def corrections_queue(request: Request, code: str) -> HttpResponse:
    """What people say is not right, the oldest first, and what was answered lately."""
    agency = _agency(request, code)
    rows = Correction.objects.to_answer(request.access, agency).select_related("person", *OF_POST)
    page = Paginator(rows.waiting().order_by("asked_at", "pk"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    answered = rows.filter(answered_at__isnull=False).order_by("-answered_at")[:ANSWERED_SHOWN]
    context = {
        "agency": agency,
        "page": page,
        "rows": [{"asked": each, "who": _asker(each)} for each in page.object_list],
        "answered": [{"asked": each, "who": _asker(each)} for each in answered],
    }
    return render(request, "people/corrections.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ROSTER)
def correction(request: Request, code: str, uid: UUID) -> HttpResponse:
    """One request, and the answer to it."""
    agency = _agency(request, code)
    rows = Correction.objects.to_answer(request.access, agency).select_related("agency", "person", *OF_POST)
    asked = get_object_or_404(rows, uid=uid)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = Correction.Answer(form.cleaned_data["answer"])
        by, at, words = request.access.actor, timezone.now(), form.cleaned_data["words"]
        try:
            with transaction.atomic():
                corrections.answer(asked, answer=said, words=words, by=by, at=at)
                tell_of_answer(asked)
        except IdentityError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "Your answer has been sent.")
        return redirect("corrections", agency.code)
    context = {"agency": agency, "asked": asked, "who": _asker(asked), "form": form}
    return render(request, "people/correction.html", context)


def _who(agency: Agency, person: Person) -> str:
    """Whom HR has before it: by name, and by the reference of its own roster."""
    if person.is_protected:
        return WITHHELD
    references = Employment.objects.within(agency).filter(person=person).order_by("pk")
    return f"{person.name} ({', '.join(references.values_list('employee_ref', flat=True))})"


def _asker(asked: Correction) -> str:
    """Whose post it is, by the name and the reference that this roster has for it, and no other."""
    employment = asked.post.employment
    if asked.person.is_protected or employment.named_by.is_protected:
        return WITHHELD
    return f"{employment.named_by.name} ({employment.employee_ref})"
