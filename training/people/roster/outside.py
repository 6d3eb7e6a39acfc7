"""The page of those who are an agency's second person from outside: a share in words, no count and no name."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from training.access.clock import today
from training.access.gates import requires
from training.access.permissions import Permission
from training.people.forms import ApprovalForm
from training.people.models import RoleGrant, RosterImport, RosterRow, Term
from training.people.models.roster import ImportState

from .alarm import NAMES
from .approve import approve_import, waiting_outside
from .errors import RosterError
from .undo_guard import undoing_outside
from .work import undo_or_hand_over

SHARES = (
    (0.75, "More than three quarters"),
    (0.5, "More than half"),
    (0.25, "More than a quarter"),
    (0.1, "More than a tenth"),
    (0.0, "A tenth or less"),
)
FEW = " It waits for you because of the files before it, or because somebody with a role there would lose it."


RENAMED = " It gives somebody with a role there another name: ask them first."


def share_of(waiting: RosterImport) -> str:
    """How much of the roster applying or undoing would move, in words: from counts, few posts could be told apart."""
    moves = ("left", "changed", "new") if waiting.state == ImportState.APPLIED else ("left", "changed")
    moving = sum(waiting.counts.get(kind, 0) for kind in moves)
    running = Term.objects.within(waiting.agency).known_now().not_ended_on(waiting.as_at)
    share = moving / max(running.values("post").distinct().count(), 1)
    least, band = next((each for each in SHARES if share > each[0]), SHARES[-1])
    why = RENAMED if _renames_a_role(waiting) else "" if least else FEW
    return f"{band} of the agency's posts would end or change.{why}"


def _renames_a_role(waiting: RosterImport) -> bool:
    """However much moves besides: else whoever is alone in HR could hide their own new name in a large file."""
    grants = RoleGrant.objects.filter(agency=waiting.agency).exclude(ends_on__lt=waiting.as_at)
    theirs = RosterRow.objects.of(waiting).filter(person__user__in=grants.values("user"))
    return waiting.state == ImportState.STAGED and theirs.filter(changes__has_any_keys=sorted(NAMES)).exists()


@requires(Permission.APPROVE_ROSTERS)
def roster_approvals(request: HttpRequest) -> HttpResponse:
    """Files of agencies where one person alone looks after the roster, and a press to approve or undo each."""
    access, at = request.access, timezone.now()  # type: ignore[attr-defined]
    waiting, undoing = waiting_outside(access, on=today(), at=at), undoing_outside(access, on=today(), at=at)
    if request.method != "POST":
        context = {
            name: [(it, share_of(it)) for it in files] for name, files in (("waiting", waiting), ("undoing", undoing))
        }
        return render(request, "people/roster_approvals.html", context)
    form = ApprovalForm(request.POST)
    wanted = form.cleaned_data["file"] if form.is_valid() else None
    try:
        if to_apply := _of(waiting, wanted):
            approve_import(to_apply, access=access, on=today(), at=at, shown=form.cleaned_data["shown"])
            messages.success(request, f"The file of {to_apply.agency} is approved.")
        elif to_undo := _of(undoing, wanted):
            undo_or_hand_over(to_undo, by=access.actor, at=at)
            messages.success(request, f"The file of {to_undo.agency} is undone, or will be in a few minutes.")
    except RosterError as error:
        messages.error(request, str(error))
    return redirect("roster-approvals")


def _of(files: list[RosterImport], uid: UUID | None) -> RosterImport | None:
    return next((each for each in files if each.uid == uid), None)
