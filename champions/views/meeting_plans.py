"""The coordinator's side of meetings: planning, cancelling, the sheet, the screen in the room."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from champions.errors import ChampionError
from champions.forms.meetings import GuestForm, MeetingForm, SheetForm, TickForm, as_planned
from champions.models import Attendance, Meeting
from champions.selectors import meeting_pages as book
from champions.selectors.meetings import districts, holders
from champions.services import attendance as attending
from champions.services import meetings as planning
from champions.services.turns import champion_row
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Locality, Partnership, Person
from training.people.selectors import partnership_for

PER_PAGE = 50
COORDINATE = Permission.COORDINATE_CHAMPIONS


def partnership_of(request: Request, code: str) -> Partnership:
    """The partnership, for who looks after its network."""
    return partnership_for(request.access, COORDINATE, code)


def meeting_of(request: Request, code: str, uid: UUID) -> Meeting:
    """One meeting of a network that one looks after."""
    meetings = Meeting.objects.of(partnership_of(request, code)).select_related("partnership")
    return get_object_or_404(meetings, uid=uid)


@require_safe
@requires(COORDINATE)
def network_meetings(request: Request, code: str) -> HttpResponse:
    """Meetings planned and held, and which districts have had none lately."""
    partnership = partnership_of(request, code)
    ahead, past = book.meetings_of(partnership, at=timezone.now())
    context = {
        "partnership": partnership,
        "ahead": ahead,
        "page": Paginator(past, PER_PAGE).get_page(request.GET.get("page")),
        "districts": districts(partnership, on=today()),
    }
    return render(request, "champions/network_meetings.html", context)


@require_http_methods(["GET", "POST"])
@requires(COORDINATE)
def plan_meeting(request: Request, code: str) -> HttpResponse:
    """Plan a meeting: looked at first, with how many it is for, and planned by a second press."""
    partnership = partnership_of(request, code)
    form = MeetingForm(Locality.objects.filter(partnership=partnership), request.POST or None)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        try:
            planned = planning.plan_meeting(
                partnership=partnership, plan=form.plan(), by=request.access.actor, at=timezone.now()
            )
        except ChampionError as error:
            form.add_error("held_on", str(error))
        else:
            messages.success(request, "The meeting is planned. Those it is for get a mail.")
            return redirect("network-meeting", code, planned.uid)
    return render(request, "champions/plan_meeting.html", _plan_context(partnership, form))


@require_http_methods(["GET", "POST"])
@requires(COORDINATE)
def change_meeting(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Change what is planned, until it begins."""
    found = meeting_of(request, code, uid)
    places = Locality.objects.filter(partnership=found.partnership)
    form = MeetingForm(places, request.POST or None, initial=as_planned(found))
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        try:
            planning.change_meeting(meeting=found, plan=form.plan(), by=request.access.actor, at=timezone.now())
        except ChampionError as error:
            form.add_error("held_on", str(error))
        else:
            messages.success(request, "Changed. Those who come are written to if the time is another.")
            return redirect("network-meeting", code, uid)
    return render(request, "champions/plan_meeting.html", _plan_context(found.partnership, form) | {"meeting": found})


def _plan_context(partnership: Partnership, form: MeetingForm) -> dict[str, object]:
    """The form; once it holds, also what it comes to."""
    context: dict[str, object] = {"partnership": partnership, "form": form}
    if form.is_bound and form.is_valid():
        plan = form.plan()
        asked = holders(partnership, on=today(), localities=[each.pk for each in plan.localities])
        context |= {"plan": plan, "asked": asked.count()}
    return context


@require_safe
@requires(COORDINATE)
def network_meeting(request: Request, code: str, uid: UUID) -> HttpResponse:
    """One meeting: how many come, who came, guests, and what can still be done about it."""
    access, at, found = request.access, timezone.now(), meeting_of(request, code, uid)
    form = SheetForm(request.GET)
    narrowed = form.cleaned_data if form.is_valid() else {}
    page = Paginator(book.sheet_people(access, found, **narrowed), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "partnership": found.partnership,
        "meeting": found,
        "counts": book.counts(found),
        "page": page,
        "rows": book.sheet_rows(access, found, page.object_list, on=today()),
        "form": form,
        "guest_form": GuestForm(),
        "guests": found.guests.filter(withdrawn_at__isnull=True),
        "may_change": not (found.cancelled_at or found.has_begun(at)),
        "may_tick": not found.cancelled_at and at >= found.opening.opens_at,
    }
    return render(request, "champions/network_meeting.html", context)


@require_safe
@requires(COORDINATE)
def meeting_screen(request: Request, code: str, uid: UUID) -> HttpResponse:
    """The code in large, for the screen in the room."""
    found = meeting_of(request, code, uid)
    return render(request, "champions/meeting_screen.html", {"meeting": found, "partnership": found.partnership})


@require_POST
@requires(COORDINATE)
def change_meeting_code(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Another code, where the first has left the room."""
    planning.change_code(meeting=meeting_of(request, code, uid), by=request.access.actor, at=timezone.now())
    return redirect("meeting-screen", code, uid)


@require_POST
@requires(COORDINATE)
def cancel_meeting(request: Request, code: str, uid: UUID) -> HttpResponse:
    """It will not take place."""
    try:
        planning.cancel_meeting(meeting=meeting_of(request, code, uid), by=request.access.actor, at=timezone.now())
        messages.success(request, "Cancelled. Those who said that they come get a mail.")
    except ChampionError as error:
        messages.warning(request, str(error))
    return redirect("network-meeting", code, uid)


@require_POST
@requires(COORDINATE)
def note_attendance(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Note those who were ticked on one page of the sheet. Whoever is not on the sheet is passed over."""
    found = meeting_of(request, code, uid)
    form = TickForm(request.POST)
    ticked = form.cleaned_data["came"] if form.is_valid() else []
    people = list(book.sheet_people(request.access, found).filter(uid__in=ticked))
    try:
        for person in people:
            _note(request, found, person)
        messages.success(request, f"Noted: {len(people)} came.")
    except ChampionError as error:
        messages.warning(request, str(error))
    return redirect("network-meeting", code, uid)


def _note(request: Request, found: Meeting, person: Person) -> None:
    at = timezone.now()
    champion = champion_row(person=person, partnership=found.partnership, at=at)
    attending.note_came(meeting=found, champion=champion, by=request.access.actor, at=at)


@require_POST
@requires(COORDINATE)
def take_back_attendance(request: Request, code: str, uid: UUID, attendance: UUID) -> HttpResponse:
    """Take back that somebody came."""
    found = meeting_of(request, code, uid)
    rows = Attendance.objects.visible_to(request.access).filter(meeting=found, kind=Attendance.Kind.CAME)
    try:
        attending.take_back(
            attendance=get_object_or_404(rows, uid=attendance), by=request.access.actor, at=timezone.now()
        )
        messages.success(request, "Taken back. Both dates stay on record.")
    except ChampionError as error:
        messages.warning(request, str(error))
    return redirect("network-meeting", code, uid)
