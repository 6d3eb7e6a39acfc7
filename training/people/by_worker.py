"""Large files: what pages and programs hand to the background worker, and how it goes through them.

The wish stands on the file itself and goes in the transaction that does the work, so that a crash at any point leaves
it to be done again. Each file has its own moment, from which what it records is known: not that of the round, which may
have begun long before.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db.models import F, QuerySet
from django.utils import timezone

from training.access.actor import Actor

from .models import WorkedOn

log = logging.getLogger(__name__)
MOST_TRIES = 3
GIVEN_UP = "This could not be done, although it was tried three times. Ask whoever runs this site to look at its log."

File = TypeVar("File", bound=WorkedOn)


def work_through(
    files: QuerySet[File],
    do: Callable[[File, Actor, datetime], object],
    give_up: Callable[[File, str], object],
    *,
    at: datetime,
    expected: tuple[type[Exception], ...],
) -> int:
    """Do what waits, one file after the other, none of them earlier than `at`; how many.

    What is expected to fail is told by `give_up`, at once.
    """
    waiting = list(files.exclude(work="").order_by("id"))
    for each in waiting:
        files.filter(pk=each.pk).update(tries=F("tries") + 1)
        if each.tries >= MOST_TRIES:
            give_up(each, GIVEN_UP)
            continue
        kind, _colon, uid = each.work_by.partition(":")
        try:
            do(each, Actor(kind, uid), max(at, timezone.now()))
        except expected as error:
            give_up(each, str(error)[:300])
        except Exception:  # the wish stays, and is tried again
            log.exception("a large file could not be worked on")
        else:  # what was done before somebody wished it again is not wished any more
            files.filter(pk=each.pk, work=each.work).update(work="", work_by="")
    return len(waiting)
