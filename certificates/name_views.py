"""How one's name is printed: the holder's page, and HR's answers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certificates import names, services
from certificates.forms import PrintedNameForm
from certificates.models import PrintedName
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.people.models import Person
from training.people.selectors import agency_for

ANEW = (
    "Your name is printed that way now. Certificates in date have new codes: download them again. "
    "Links to your passport have ended."
)
WAITS = "Your HR team has been asked. Until they answer, nothing changes."


@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def printed_name(request: Request) -> HttpResponse:
    """How it is printed now, and another way to be asked for."""
    person = Person.objects.visible_to(request.access).get(pk=request.access.person_id or 0)
    agencies = names.agencies_to_ask(person, on=today())
    printed = services.printed_name(person)
    older = {row.words.name for row in names.to_issue_anew(person, printed, on=today())}
    form = PrintedNameForm(request.POST or None, agencies=agencies, initial={"name": printed if older else ""})
    if form.is_valid():
        by, at = request.access.actor, timezone.now()
        try:
            asked = names.ask(person, form.cleaned_data["name"], agency=form.chosen, by=by, at=at)
        except names.PrintedNameError as reason:
            form.add_error("name", str(reason))
        else:
            messages.success(request, ANEW if asked.is_confirmed else WAITS)
            return redirect("printed-name")
    mine = PrintedName.objects.visible_to(request.access)
    context = {
        "form": form,
        "printed": printed,
        "older": sorted(older),
        "roster": person.name,
        "waiting": mine.filter(answered_at__isnull=True).select_related("agency").first(),
        "agencies": agencies,
    }
    return render(request, "certificates/name.html", context, status=400 if form.errors else 200)


@require_POST
@requires(Permission.LEARN)
def printed_name_take_back(request: Request) -> HttpResponse:
    """Not ask any more."""
    asked = PrintedName.objects.visible_to(request.access).filter(answered_at__isnull=True).first()
    if asked is not None:
        names.take_back(asked, by=request.access.actor, at=timezone.now())
        messages.success(request, "Taken back: your name is printed as before.")
    return redirect("printed-name")


@require_GET
@requires(Permission.MANAGE_ROSTER)
def printed_names(request: Request, code: str) -> HttpResponse:
    """What people ask this agency's HR to confirm."""
    agency = agency_for(request.access, Permission.MANAGE_ROSTER, code)
    rows = list(PrintedName.objects.to_answer(request.access, agency).select_related("person"))
    by, at = request.access.actor, timezone.now()
    audit.record("printed names read", by=by, at=at, agency_code=agency.code, rows=len(rows))
    return render(request, "certificates/names.html", {"agency": agency, "rows": rows})


@require_POST
@requires(Permission.MANAGE_ROSTER)
def printed_name_answer(request: Request, code: str, uid: UUID) -> HttpResponse:
    """It is theirs, or it is not."""
    agency = agency_for(request.access, Permission.MANAGE_ROSTER, code)
    rows = PrintedName.objects.to_answer(request.access, agency).select_related("person__user", "agency")
    asked = get_object_or_404(rows, uid=uid)
    do = request.POST.get("do", "")
    if do in ("confirm", "decline"):
        try:
            names.answer(asked, is_theirs=do == "confirm", by=request.access.actor, at=timezone.now())
        except names.PrintedNameError as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, "It is printed that way now." if do == "confirm" else "It stays as it was.")
    return redirect("printed-names", agency.code)
