"""Large roster files: what the pages hand to the background worker, and what it does with them."""

from datetime import datetime

from django.db import transaction

from training.access.actor import Actor
from training.people.by_worker import work_through
from training.people.models import Agency, RosterImport, Work
from training.people.models.roster import ImportState

from .apply import apply_import, heed_alarm
from .approve import insist_on_shown
from .errors import RosterError
from .limits import ROWS_AT_ONCE, Refused
from .sent import finish
from .stage import look_again
from .undo import undo_import


def is_large(roster_import: RosterImport) -> bool:
    """Whether it is more than a web worker should do while somebody waits."""
    counts = roster_import.counts
    return sum(counts.get(kind, 0) for kind in ("new", "changed", "left", "unchanged", "refused")) > ROWS_AT_ONCE


@transaction.atomic
def hand_over(
    roster_import: RosterImport, work: Work, *, by: Actor, is_confirmed: bool = False, shown: str | None = None
) -> None:
    """Leave a piece of work to the worker. Raises what the work would raise at once for want of an approval."""
    Agency.objects.select_for_update(no_key=True).get(pk=roster_import.agency_id)
    waiting = RosterImport.objects.get(pk=roster_import.pk)
    insist_on_shown(waiting, shown)
    if work == Work.APPLY:
        heed_alarm(waiting, is_confirmed=is_confirmed)
    waiting.wish(work, by=by)


def undo_or_hand_over(applied: RosterImport, *, by: Actor, at: datetime) -> None:
    """Undo it now, or leave that to the worker where it is large. Raises as `undo_import`."""
    if is_large(applied) and applied.state == ImportState.APPLIED:
        hand_over(applied, Work.UNDO, by=by)
    else:
        undo_import(applied, by=by, at=at)


def work_on_rosters(*, at: datetime) -> int:
    """Do what waits; how many. A failure is told on the file's page, or to the program that sent it."""
    return work_through(RosterImport.objects.all(), _do, _give_up, at=at, expected=(RosterError, Refused))


def _do(waiting: RosterImport, by: Actor, at: datetime) -> None:
    match waiting.work:
        case Work.READ:
            look_again(waiting, by=by, at=at)
        case Work.SEND:
            finish(waiting, by=by, at=at)
        case Work.APPLY:
            apply_import(waiting, by=by, at=at, allow_leavers=True)
        case _:
            undo_import(waiting, by=by, at=at)


def _give_up(waiting: RosterImport, why: str) -> None:
    wish = RosterImport.objects.filter(pk=waiting.pk)
    wish.update(work="", work_by="", problem=why)
    wish.filter(state=ImportState.READING).update(state=ImportState.REFUSED, reasons=[why], problem="")
