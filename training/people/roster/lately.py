"""What an agency's files have moved in the past week: many small files are guarded as one large file would be."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from training.access.clock import LONDON
from training.people.models import Agency, RosterImport
from training.people.models.roster import ImportState

ROLLING = timedelta(days=7)
STEP_FIELDS = ("state", "counts", "is_weighty", "applied_at", "undone_at", "undone_by", "undo_asked_by")


@dataclass(frozen=True, slots=True)
class Moved:
    """Posts that files have ended, changed and begun."""

    left: int = 0
    changed: int = 0
    new: int = 0

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(self.left + other.left, self.changed + other.changed, self.new + other.new)


def moved_lately(agency: Agency, *, as_at: date, apart_from: RosterImport | None = None) -> Moved:
    """What files applied or undone since a week before this day have moved; what came and went meanwhile is nothing.

    A file that needed a second person for what it moves had one, or the system's operator, and so had an undo that two
    people pressed: the sum begins anew after it, but not after a file that was looked at for a role alone. So it does
    after an agency's first file: before that there was no roster to move.
    """
    since = datetime.combine(as_at - ROLLING, time(), LONDON)
    files = RosterImport.objects.filter(agency=agency, applied_at__isnull=False).order_by("applied_at", "pk")
    first = files.first()
    recent = files.filter(Q(applied_at__gte=since) | Q(undone_at__gte=since)).only(*STEP_FIELDS)
    steps = [_step(file, since, is_first=file == first) for file in recent if file != apart_from]
    moved = Moved()
    for step in sorted(filter(None, steps), key=lambda step: step.at):
        moved = Moved() if step.begins_anew else moved + step.moved
    return moved


@dataclass(frozen=True, slots=True)
class _Step:
    """A file applied or undone; `begins_anew` where two people had looked."""

    at: datetime
    begins_anew: bool
    moved: Moved


def _step(file: RosterImport, since: datetime, *, is_first: bool) -> _Step | None:
    left, changed, new = (file.counts.get(kind, 0) for kind in ("left", "changed", "new"))
    assert file.applied_at is not None, "only files that were applied are asked for"
    if file.state == ImportState.APPLIED:
        return _Step(file.applied_at, is_first or file.is_weighty, Moved(left, changed, new))
    if file.undone_at is None or file.applied_at >= since:
        return None
    by_two = file.undo_asked_by not in ("", file.undone_by)
    return _Step(file.undone_at, by_two, Moved(left=new, changed=changed + left, new=left))
