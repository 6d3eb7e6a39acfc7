"""How long what a package said is kept: for thirty days after its run has ended. The ledger keeps the completion."""

from datetime import datetime, timedelta

from courses.models import ItemState, Launch

KEPT = timedelta(days=30)
REASON = "retention"


def forget_states(*, at: datetime) -> int:
    """Delete the states, launches and journals of runs that ended that long ago; how many rows of states."""
    ended = {"attempt__completed_at__lt": at - KEPT}
    count = ItemState.objects.everywhere(reason=REASON).filter(**ended).delete()[0]
    Launch.objects.everywhere(reason=REASON).filter(**ended).delete()
    return count
