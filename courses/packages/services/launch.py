"""Opening a package: a token for the content host, and what its wrapper page is seeded with."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import transaction

from courses.models import Attempt, ItemState, Launch, Package
from courses.packages.items import Item, Reading
from courses.packages.limits import LAUNCH_LASTS
from courses.packages.prerequisites import read_prerequisites
from courses.packages.seed import seed_of
from training.access.actor import Actor

REASON = "the token is the right to it"
UNKNOWN, EXPIRED, ELSEWHERE, FINISHED = "unknown", "expired", "elsewhere", "finished"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a package holds, and when a part of it counts as done."""

    reading: Reading
    counts_when: str


@lru_cache(maxsize=64)
def terms_of(folder: str) -> Terms:
    """Of the package in this folder. It never changes, so each worker keeps what it has read."""
    package = Package.objects.get(folder=folder)
    return Terms(package.contents, package.counts_when)


def open_launch(attempt: Attempt, package: Package, *, by: Actor, at: datetime) -> str:
    """A new token for this run, to be handed to the learner's browser and kept nowhere else."""
    token = secrets.token_urlsafe(32)
    Launch.objects.create(attempt=attempt, package=package, token_hash=hashed(token), opened_by=str(by), opened_at=at)
    return token


def hashed(token: str) -> str:
    """As the token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def held(token: str) -> Launch | None:
    """The launch of this token with its attempt, held until the transaction is over."""
    launches = Launch.objects.everywhere(reason=REASON).select_for_update(no_key=True, of=("self",))
    wanted = launches.select_related("attempt", "package").only(
        "last_number", "opened_by", "opened_at", "started_at", "ended_at",
        "attempt__state", "attempt__uid", "attempt__person", "package__folder",
    )  # fmt: skip
    return wanted.filter(token_hash=hashed(token)).first()


def why_not(launch: Launch | None, at: datetime) -> str:
    """Why nothing can be saved by this launch, in a word of the wrapper's; empty if it can."""
    if launch is None:
        return UNKNOWN
    if not launch.attempt.is_open:
        return FINISHED
    if launch.ended_at is not None:
        return ELSEWHERE
    return EXPIRED if at - launch.opened_at > LAUNCH_LASTS else ""


@transaction.atomic
def start_launch(token: str, *, at: datetime) -> dict[str, Any]:
    """What the wrapper page needs before it lets the package load. From now on no earlier launch of the run saves.

    {"refused": word}, or the package's contents with the stored state of each part.
    """
    _hold_all(token)
    launch = held(token)
    if refused := why_not(launch, at):
        return {"refused": refused}
    assert launch is not None, "why_not refuses a launch that is not there"
    others = Launch.objects.everywhere(reason=REASON).filter(attempt=launch.attempt, ended_at__isnull=True)
    others.exclude(pk=launch.pk).update(ended_at=at)
    Launch.objects.everywhere(reason=REASON).filter(pk=launch.pk).update(started_at=launch.started_at or at)
    reading = terms_of(launch.package.folder).reading
    states = states_of(launch.attempt)
    learner = launch.attempt.uid.hex
    shown = standing_of(reading, states)
    return {
        "kind": reading.kind,
        "number": launch.last_number,
        "files": f"/files/{launch.package.folder}/",
        "items": [_row(item, shown) for item in reading.items],
        "seeds": {item.key: seed_of(reading.kind, item, states.get(item.key), learner) for item in reading.playable},
        "current": _current(reading, states, shown),
    }


def _hold_all(token: str) -> None:
    """All launches of the run that still save, in order: two windows opened at once would each wait for the other's."""
    launches = Launch.objects.everywhere(reason=REASON)
    run = launches.filter(token_hash=hashed(token)).values("attempt")
    list(
        launches.filter(attempt__in=run, ended_at=None).select_for_update(no_key=True).order_by("pk").values_list("pk")
    )


def states_of(attempt: Attempt) -> dict[str, ItemState]:
    """What each part of the run last said of itself."""
    rows = ItemState.objects.everywhere(reason=REASON).filter(attempt=attempt)
    return {row.item: row for row in rows}


def standing_of(reading: Reading, states: Mapping[str, ItemState]) -> dict[str, dict[str, Any]]:
    """How each part stands: {status, is_done, is_open}; not open while its prerequisites are not met."""
    status = {key: state.status for key, state in states.items()}
    return {
        item.key: {
            "status": status.get(item.key, "not attempted"),
            "is_done": item.key in states and states[item.key].is_done,
            "is_open": not item.prerequisites or read_prerequisites(item.prerequisites)(status),
        }
        for item in reading.playable
    }


def _row(item: Item, shown: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "key": item.key,
        "title": item.title,
        "depth": item.depth,
        "href": item.href,
        "is_sco": item.is_sco,
        "is_shown": item.is_shown,
        "choice": item.choice,
        "flow": item.flow,
        **shown.get(item.key, {}),
    }


def _current(reading: Reading, states: Mapping[str, ItemState], shown: Mapping[str, dict[str, Any]]) -> str:
    """Where to go on: the part last worked on unless it is done, else the first open one that is not done."""
    last = max(states.values(), key=lambda state: state.changed_at, default=None)
    if last is not None and not last.is_done:
        return last.item
    todo = [item.key for item in reading.playable if shown[item.key]["is_open"] and not shown[item.key]["is_done"]]
    return todo[0] if todo else reading.playable[0].key
