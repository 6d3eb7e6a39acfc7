"""Meetings as a champion meets them: what is to come, saying that one comes, checking in by code, hours."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from champions.errors import ChampionError
from champions.forms.meetings import AnswerForm
from champions.ics import calendar_of
from champions.models import Champion
from champions.selectors import hours
from champions.selectors import meeting_pages as book
from champions.selectors.mine import Mine
from champions.services import attendance
from champions.services.turns import champion_row
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.ui.spreadsheet import csv_file


def member_or_404(request: Request) -> Mine:
    """One's place in the network that one's own page showed last; whoever has none finds no meetings."""
    found = book.member(request.access, on=today(), network=request.session.get("network", ""))
    if found is None:
        raise Http404
    return found


def own_row(found: Mine) -> Champion:
    """One's row in the network, made where only the roster names one."""
    person = found.known.person
    return found.known.champion or champion_row(person=person, partnership=found.partnership, at=timezone.now())


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def meetings(request: Request) -> HttpResponse:
    """What is to come, and what was."""
    found = member_or_404(request)
    context = {"mine": found, "meetings": book.my_meetings(found, at=timezone.now())}
    return render(request, "champions/meetings.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def meeting(request: Request, uid: UUID) -> HttpResponse:
    """One meeting: the agenda, whether one comes, and where, for those who do."""
    found = member_or_404(request)
    row = book.my_meeting(found, uid)
    if row is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            attendance.answer(
                meeting=row.meeting,
                champion=own_row(found),
                by=request.access.actor,
                at=timezone.now(),
                **form.cleaned_data,
            )
            messages.success(request, "Thank you. You can change this until the meeting begins.")
        except ChampionError as error:
            messages.warning(request, str(error))
        return redirect("meeting", uid)
    context = {"row": row, "may_answer": not (row.meeting.cancelled_at or row.meeting.has_begun(timezone.now()))}
    return render(request, "champions/meeting.html", context)


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def meeting_calendar(request: Request, uid: UUID) -> HttpResponse:
    """The entry for one's calendar, which says when and nothing of what."""
    row = book.my_meeting(member_or_404(request), uid)
    if row is None:
        raise Http404
    answer = HttpResponse(calendar_of(row.meeting, at=timezone.now()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return answer


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def my_hours(request: Request) -> HttpResponse:
    """Hours that can be shown as professional development."""
    found = hours.my_hours(request.access)
    return render(request, "champions/my_hours.html", {"hours": found, "minutes": sum(each.minutes for each in found)})


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def my_hours_file(request: Request) -> HttpResponse:
    """The same as a file without a word of the subject."""
    lines = [(each.on.isoformat(), each.what, each.minutes) for each in hours.my_hours(request.access)]
    answer = HttpResponse(csv_file(["Date", "What", "Minutes"], lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="hours.csv"'
    return answer
