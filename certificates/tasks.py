"""What the worker does for this room: batches, a few seconds at a time, so that mail and standings do not wait."""

from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from django.utils import timezone
from django_tasks import task

from certificates import bulk, limits
from certificates.models import Batch
from certificates.passport.services import forget_shares
from training.press.press import CannotPrint

log = structlog.get_logger("certificates")

STUCK_AFTER = timedelta(minutes=2)
FAILED = "This could not be made. Try again; if it still fails, tell whoever runs this site."


@task()
def print_batch(uid: str, turn: int = 0) -> None:
    """Take a turn at a batch, and come again until it is finished. A turn that was taken is nobody else's."""
    at = timezone.now()
    batch = Batch.objects.everywhere(reason="the worker's").unfinished().filter(uid=uid, turn=turn).first()
    if batch is None or not bulk.take(batch, at=at):
        return
    try:
        is_finished = bulk.work_on(batch, at=at)
    except bulk.TurnLost:
        return
    except (CannotPrint, OSError) as reason:
        log.error("a batch could not be printed", reason=str(reason))
        batch.ended_at, batch.problem = timezone.now(), FAILED
        with suppress(bulk.TurnLost):
            bulk.move(batch, at=batch.ended_at)
        return
    if not is_finished:
        print_batch.enqueue(uid, batch.turn)


def resume_batches(*, at: datetime) -> int:
    """Batches that a crash left lying, or whose job was lost; how many. One that only waits loses nothing by it."""
    stuck = Batch.objects.everywhere(reason="the worker's").unfinished().filter(moved_at__lte=at - STUCK_AFTER)
    turns = list(stuck.values_list("uid", "turn"))
    stuck.update(moved_at=at)
    for uid, turn in turns:
        print_batch.enqueue(str(uid), turn)
    return len(turns)


TICKS = (resume_batches, bulk.forget_batches, forget_shares, limits.forget_look_counts)
