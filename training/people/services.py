"""What the people room does for the rooms above it."""

from collections.abc import Iterable
from datetime import datetime

from .models import StalePost


def mark_stale(post_ids: Iterable[int], *, at: datetime) -> None:
    """Say that the standings of these posts must be worked out anew. Call it in the transaction that changed them."""
    marks = [StalePost(post_id=post_id, marked_at=at) for post_id in sorted(set(post_ids))]
    StalePost.objects.bulk_create(marks, ignore_conflicts=True, batch_size=5000)
