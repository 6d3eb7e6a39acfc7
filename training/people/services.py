"""What the people room does for the rooms above it."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from .models import StalePost

INTO = f"INSERT INTO {StalePost._meta.db_table} (post_id, marked_at)"
AGAIN = "ON CONFLICT (post_id) DO UPDATE SET marked_at = excluded.marked_at"
POSTGRESQL = f"{INTO} SELECT unnest(%s::bigint[]), %s {AGAIN}"
SQLITE = f"{INTO} SELECT value, %s FROM json_each(%s) WHERE true {AGAIN}"  # noqa: S608 - names from models


def mark_stale(post_ids: Iterable[int], *, at: datetime) -> None:
    """Say that the standings of these posts must be worked out anew. Call it in the transaction that changed them.

    A post marked already is marked with the later moment, so that whoever is working it out meanwhile comes back.
    By hand, since a roster marks tens of thousands at once.
    """
    ids = sorted(set(post_ids))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL, [ids, at])
        else:
            cursor.execute(SQLITE, [connection.ops.adapt_datetimefield_value(at), json.dumps(ids)])
