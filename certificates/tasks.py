"""What the worker does for this room: batches, a few seconds at a time, so that mail and standings do not wait."""

from datetime import datetime, timedelta

import structlog
from django.utils import timezone
from django_tasks import task

from certificates import bulk, limits, press
from certificates.models import Batch
from certificates.passport.services import forget_shares

log = structlog.get_logger("certificates")

STUCK_AFTER = timedelta(minutes=2)
FAILED = "This could not be made. Try again; if it still fails, tell whoever runs this site."


@task()
def print_batch(uid: str) -> None:
    """Go on with a batch, and come again until it is finished."""
    batch = Batch.objects.everywhere(reason="the worker's").unfinished().filter(uid=uid).first()
    if batch is None:
        return
    try:
        is_finished = bulk.work_on(batch, at=timezone.now())
    except (press.CannotRun, press.JobFailed, OSError) as reason:
        log.error("a batch could not be printed", reason=str(reason))
        batch.ended_at, batch.problem = timezone.now(), FAILED
        batch.save(update_fields=["ended_at", "problem"])
        return
    if not is_finished:
        print_batch.enqueue(uid)


def resume_batches(*, at: datetime) -> int:
    """Batches that a crash left lying, or whose job was lost; how many."""
    stuck = Batch.objects.everywhere(reason="the worker's").unfinished().filter(moved_at__lte=at - STUCK_AFTER)
    uids = list(stuck.values_list("uid", flat=True))
    stuck.update(moved_at=at)
    for uid in uids:
        print_batch.enqueue(str(uid))
    return len(uids)


TICKS = (resume_batches, bulk.forget_batches, forget_shares, limits.forget_look_counts)
