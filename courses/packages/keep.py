"""How long what a package said is kept: for thirty days after its run has ended. The ledger keeps the completion.

And folders that no package names, as an upload leaves when the server stops in the middle of it.
"""

from datetime import datetime, timedelta

from courses.models import ItemState, Launch, Package

from .unpack import discard, root

KEPT = timedelta(days=30)
LOST_AFTER = timedelta(days=1)
REASON = "retention"


def forget_states(*, at: datetime) -> int:
    """Delete the states, launches and journals of runs that ended that long ago; how many rows of states."""
    ended = {"attempt__completed_at__lt": at - KEPT}
    count = ItemState.objects.everywhere(reason=REASON).filter(**ended).delete()[0]
    Launch.objects.everywhere(reason=REASON).filter(**ended).delete()
    return count


def sweep_folders(*, at: datetime) -> int:
    """Take away folders of a day ago and older that are no package's; how many."""
    if not root().is_dir():
        return 0
    old = (at - LOST_AFTER).timestamp()
    lost = {path.name for path in root().iterdir() if path.stat().st_mtime < old}
    lost -= set(Package.objects.values_list("folder", flat=True))
    for folder in lost:
        discard(folder)
    return len(lost)
