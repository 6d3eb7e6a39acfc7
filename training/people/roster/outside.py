"""The page of those who approve an unusual file from outside the agency: a share in words, no count and no name."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from training.access.clock import today
from training.access.gates import requires
from training.access.permissions import Permission
from training.people.forms import ApprovalForm
from training.people.models import RosterImport, Term

from .approve import approve_import, waiting_outside
from .errors import RosterError

SHARES = ((0.75, "More than three quarters"), (0.5, "More than half"), (0.25, "More than a quarter"))


def share_of(waiting: RosterImport) -> str:
    """How much of the roster a file would end or change, in words: from counts, few posts could be told apart."""
    moving = waiting.counts.get("left", 0) + waiting.counts.get("changed", 0)
    running = Term.objects.within(waiting.agency).known_now().not_ended_on(waiting.as_at)
    share = moving / max(running.values("post").distinct().count(), 1)
    band = next((words for least, words in SHARES if share > least), "More than a tenth")
    return f"{band} of the agency's posts would end or change."


@requires(Permission.APPROVE_ROSTERS)
def roster_approvals(request: HttpRequest) -> HttpResponse:
    """Files of agencies where one person alone looks after the roster, and a press to approve each."""
    access, at = request.access, timezone.now()  # type: ignore[attr-defined]
    waiting = waiting_outside(access, on=today(), at=at)
    if request.method != "POST":
        return render(request, "people/roster_approvals.html", {"waiting": [(it, share_of(it)) for it in waiting]})
    form = ApprovalForm(request.POST)
    chosen = next((it for it in waiting if form.is_valid() and it.uid == form.cleaned_data["file"]), None)
    try:
        if chosen is not None:
            approve_import(chosen, access=access, on=today(), at=at, shown=form.cleaned_data["shown"])
            messages.success(request, f"The file of {chosen.agency} is approved.")
    except RosterError as error:
        messages.error(request, str(error))
    return redirect("roster-approvals")
