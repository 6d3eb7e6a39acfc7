"""Large files: what the pages hand to the background worker, and what it does with them.

The wish stands on the import itself and goes in the transaction that does the work, so that a crash at any point
leaves it to be done again.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F

from training.access.actor import Actor
from training.people.models import RosterImport
from training.people.models.roster import ImportState, Work

from .apply import apply_import, heed_alarm
from .approve import insist_on_shown
from .errors import RosterError
from .limits import ROWS_AT_ONCE, Refused
from .stage import look_again
from .undo import undo_import

log = logging.getLogger(__name__)
MOST_TRIES = 3
GIVEN_UP = "This could not be done, although it was tried three times. Ask whoever runs this site to look at its log."


def is_large(roster_import: RosterImport) -> bool:
    """Whether it is more than a web worker should do while somebody waits."""
    counts = roster_import.counts
    return sum(counts.get(kind, 0) for kind in ("new", "changed", "left", "unchanged", "refused")) > ROWS_AT_ONCE


def hand_over(
    roster_import: RosterImport, work: Work, *, by: Actor, is_confirmed: bool = False, shown: str | None = None
) -> None:
    """Leave a piece of work to the worker. Raises what the work would raise at once for want of an approval."""
    with transaction.atomic():
        waiting = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
        insist_on_shown(waiting, shown)
        if work == Work.APPLY:
            heed_alarm(waiting, is_confirmed=is_confirmed)
        waiting.work, waiting.work_by, waiting.tries, waiting.problem = work, str(by), 0, ""
        waiting.save(update_fields=["work", "work_by", "tries", "problem"])


def work_on_rosters(*, at: datetime) -> int:
    """Do what waits, one file after the other; how many. A failure is told on the file's page."""
    waiting = list(RosterImport.objects.exclude(work="").order_by("id"))
    for each in waiting:
        RosterImport.objects.filter(pk=each.pk).update(tries=F("tries") + 1)
        if each.tries >= MOST_TRIES:
            _give_up(each, GIVEN_UP)
            continue
        try:
            _do(each, at=at)
        except (RosterError, Refused) as error:
            _give_up(each, str(error))
        except Exception:  # the wish stays, and is tried again
            log.exception("a roster file could not be worked on")
    return len(waiting)


def _do(waiting: RosterImport, *, at: datetime) -> None:
    kind, _colon, uid = waiting.work_by.partition(":")
    by = Actor(kind, uid)
    if waiting.work == Work.READ:
        look_again(waiting, by=by, at=at)
    elif waiting.work == Work.APPLY:
        apply_import(waiting, by=by, at=at, allow_leavers=True)
    else:
        undo_import(waiting, by=by, at=at)


def _give_up(waiting: RosterImport, why: str) -> None:
    wish = RosterImport.objects.filter(pk=waiting.pk)
    wish.update(work="", work_by="", problem=why[:300])
    wish.filter(state=ImportState.READING).update(state=ImportState.REFUSED, reasons=[why[:300]], problem="")
