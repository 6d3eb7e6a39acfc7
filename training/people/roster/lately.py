"""What an agency's files have moved in the past week: many small files are guarded as one large file would be."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from training.access.clock import LONDON
from training.people.models import Agency, RosterImport
from training.people.models.roster import ImportState

ROLLING = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Moved:
    """Posts that files have ended, changed and begun."""

    left: int = 0
    changed: int = 0
    new: int = 0


def moved_lately(agency: Agency, *, as_at: date) -> Moved:
    """What files applied since a week before this day have moved. What somebody else said to be right counts no more.

    A file that needed a second person and was applied had one, or the system's operator: the sum begins anew after it.
    It begins after an agency's first file too: before that there was no roster to move.
    """
    since = datetime.combine(as_at - ROLLING, time(), LONDON)
    applied = RosterImport.objects.filter(agency=agency, state=ImportState.APPLIED).order_by("applied_at", "pk")
    first = applied.values_list("pk", flat=True).first()
    moved = Moved()
    files = applied.filter(applied_at__gte=since).values_list("pk", "needs_approval", "counts")
    for pk, needed_approval, counts in files:
        left, changed, new = (counts.get(kind, 0) for kind in ("left", "changed", "new"))
        begins_anew = needed_approval or pk == first
        moved = Moved() if begins_anew else Moved(moved.left + left, moved.changed + changed, moved.new + new)
    return moved
