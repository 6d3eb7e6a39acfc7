"""What the people room does for the rooms above it."""

from collections.abc import Iterable
from datetime import datetime

from .models import StalePost


def mark_stale(post_ids: Iterable[int], *, at: datetime) -> None:
    """Say that the standings of these posts must be worked out anew. Call it in the transaction that changed them.

    A mark that stands is dated anew: whoever is working from the older one must leave it.
    """
    marks = [StalePost(post_id=post_id, marked_at=at) for post_id in sorted(set(post_ids))]
    StalePost.objects.bulk_create(
        marks, update_conflicts=True, unique_fields=["post"], update_fields=["marked_at"], batch_size=5000
    )
