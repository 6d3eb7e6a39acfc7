"""The page of those who approve an unusual file from outside the agency: counts, and never a name."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from training.access.clock import today
from training.access.gates import requires
from training.access.permissions import Permission
from training.people.forms import ApprovalForm

from .approve import approve_import, waiting_outside
from .errors import RosterError


@requires(Permission.APPROVE_ROSTERS)
def roster_approvals(request: HttpRequest) -> HttpResponse:
    """Files of agencies where one person alone looks after the roster, and a press to approve each."""
    access, at = request.access, timezone.now()  # type: ignore[attr-defined]
    waiting = waiting_outside(access, on=today(), at=at)
    if request.method != "POST":
        return render(request, "people/roster_approvals.html", {"waiting": waiting})
    form = ApprovalForm(request.POST)
    chosen = next((it for it in waiting if form.is_valid() and it.uid == form.cleaned_data["file"]), None)
    try:
        if chosen is not None:
            approve_import(chosen, access=access, on=today(), at=at)
            messages.success(request, f"The file of {chosen.agency} is approved.")
    except RosterError as error:
        messages.error(request, str(error))
    return redirect("roster-approvals")
