"""What the agency's pages and the coordinator's have in common: one form for either, and where it leads back to."""

from dataclasses import asdict, dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from training.access.clock import today
from training.access.gates import Request
from training.people.models import Agency, Partnership
from training.people.services import name_in_public
from training.pledges import services
from training.pledges.errors import PledgeRefused
from training.pledges.forms import PEOPLE_WHO_HARM, VICTIMS, PledgeForm, WithdrawForm
from training.pledges.models import Charter, Kind, Pledge
from training.pledges.wording import ABOUT, history, rows, title_of

REPORTED = "Your partnership's coordinator will look at it and confirm it."
CONFIRMED = "It is on record and confirmed."
NAMED = {"named": True, "unnamed": False}


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose page this is: an agency in a partnership, kept by its own HR or by the coordinator, and the way back."""

    request: Request
    agency: Agency
    partnership: Partnership
    back_url: str
    is_coordinator: bool


def reporting(desk: Desk, kind: Kind) -> HttpResponse:
    """Report a pledge or its renewal; or say, by another button, that there is none."""
    request, charter = desk.request, _charter(desk)
    if request.method == "POST" and request.POST.get("do") == "none":
        return _report_none(desk, kind)
    form = PledgeForm(request.POST or None, kind=kind, charter=charter)
    if form.is_valid():
        try:
            services.report(
                agency=desk.agency,
                partnership=desk.partnership,
                kind=kind,
                said=form.said,
                by=request.access.actor,
                at=timezone.now(),
                is_confirmed=desk.is_coordinator,
            )
        except PledgeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, CONFIRMED if desk.is_coordinator else REPORTED)
            return redirect(desk.back_url)
    return _form_page(desk, kind, {"form": form, "can_say_none": services.is_open(kind)})


def _report_none(desk: Desk, kind: Kind) -> HttpResponse:
    request = desk.request
    try:
        services.report_none(
            agency=desk.agency, partnership=desk.partnership, kind=kind, by=request.access.actor, at=timezone.now()
        )
    except PledgeRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "That you have none yet is on record.")
    return redirect(desk.back_url)


def changing(desk: Desk, pledge: Pledge) -> HttpResponse:
    """Put one right, or withdraw it; the coordinator may confirm it."""
    request, kind = desk.request, Kind(pledge.kind)
    do = request.POST.get("do") if request.method == "POST" else ""
    if do == "confirm" and desk.is_coordinator:
        return _confirm(desk, pledge)
    form = PledgeForm(
        request.POST if do == "change" else None, kind=kind, charter=_charter(desk), initial=_initial(pledge)
    )
    ending = WithdrawForm(request.POST if do == "withdraw" else None, initial={"from_on": today()})
    by, at = request.access.actor, timezone.now()
    try:
        if form.is_valid():
            _refuse_unseen(request, pledge)
            changed = services.change(pledge=pledge, said=form.said, by=by, at=at, is_confirmed=desk.is_coordinator)
            messages.success(request, CONFIRMED if changed.is_confirmed else REPORTED)
            return redirect(desk.back_url)
        if ending.is_valid():
            _refuse_unseen(request, pledge)
            services.withdraw(pledge=pledge, from_on=ending.cleaned_data["from_on"], by=by, at=at)
            messages.success(request, "It is withdrawn.")
            return redirect(desk.back_url)
    except PledgeRefused as refusal:
        (form if form.is_bound else ending).add_error(None, str(refusal))
    more = {"form": form, "ending": ending, "pledge": pledge, "says": rows(pledge)}
    versions = Pledge.objects.filter(uid=pledge.uid).order_by("recorded_at", "pk")
    return _form_page(desk, kind, more | {"history": history(versions)})


def _confirm(desk: Desk, pledge: Pledge) -> HttpResponse:
    """This version, as it was on the page on which the button stood."""
    request = desk.request
    try:
        _refuse_unseen(request, pledge)
        services.confirm(pledge=pledge, by=request.access.actor, at=timezone.now())
    except PledgeRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{desk.agency}: confirmed.")
    return redirect(desk.back_url)


def _refuse_unseen(request: Request, pledge: Pledge) -> None:
    """Where another version stood on the page on which the button was pressed. PledgeRefused."""
    if request.POST.get("seen") != str(pledge.pk):
        raise PledgeRefused(services.CHANGED)


def naming(desk: Desk) -> HttpResponse:
    """Whether public pages name the agency."""
    is_named = NAMED.get(desk.request.POST.get("do", ""))
    if is_named is not None:
        name_in_public(agency=desk.agency, is_named=is_named, by=desk.request.access.actor, at=timezone.now())
        messages.success(desk.request, "Saved.")
    return redirect(desk.back_url)


def _charter(desk: Desk) -> Charter | None:
    return Charter.objects.filter(partnership=desk.partnership).first()


def _initial(pledge: Pledge) -> dict[str, object]:
    fields = asdict(services.said_of(pledge))
    covers = ((fields.pop("covers_victims"), VICTIMS), (fields.pop("covers_people_who_harm"), PEOPLE_WHO_HARM))
    return fields | {"covers": [name for is_covered, name in covers if is_covered]}


def _form_page(desk: Desk, kind: Kind, more: dict[str, object]) -> HttpResponse:
    charter = _charter(desk)
    said = {"desk": desk, "title": title_of(kind, charter), "about": ABOUT.get(kind, ""), "charter": charter}
    return render(desk.request, "pledges/commitment.html", said | {"kind": kind} | more)
