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
    """
    since = datetime.combine(as_at - ROLLING, time(), LONDON)
    files = RosterImport.objects.filter(agency=agency, state=ImportState.APPLIED, applied_at__gte=since)
    moved = Moved()
    for was_looked_at, counts in files.order_by("applied_at", "pk").values_list("needs_approval", "counts"):
        left, changed, new = (counts.get(kind, 0) for kind in ("left", "changed", "new"))
        moved = Moved() if was_looked_at else Moved(moved.left + left, moved.changed + changed, moved.new + new)
    return moved
