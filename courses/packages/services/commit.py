"""Saving what a package says: numbered, journalled, and acknowledged only once it is durable."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.models import Attempt, Commit, ItemState, Launch
from courses.packages.items import Item
from courses.packages.limits import MOST_REFUSALS
from courses.packages.outcome import read_outcome
from courses.services.final import complete
from training.access.actor import Actor
from training.ledger.models import Method

from .launch import REASON, Terms, held, standing_of, states_of, terms_of, why_not

OUT_OF_ORDER, OVERSIZED, MALFORMED = "out of order", "oversized", "malformed"
MOST_NUMBER = 2**31 - 1
DEEPEST = 12


class Malformed(Exception):
    """The body is not a commit."""


@dataclass(frozen=True, slots=True)
class Said:
    """One commit: the whole state of one part. `session` numbers the openings of parts; `is_over`: it has finished."""

    number: int
    item: str
    session: int
    is_over: bool
    cmi: dict[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a commit: kept as `number`, or `refused` in a word. `items` as standing_of tells them."""

    number: int = 0
    refused: str = ""
    is_finished: bool = False
    items: dict[str, Any] = field(default_factory=dict)


def read_commit(body: bytes) -> Said:
    """The body as a commit. Raises Malformed."""
    try:
        said = json.loads(body, parse_constant=_no_number)
        number, item, session, cmi = said["number"], said["item"], said["session"], said["cmi"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Malformed from None
    whole = (number, session)
    if not all(type(each) is int and 0 < each <= MOST_NUMBER for each in whole):
        raise Malformed
    if not isinstance(item, str) or not isinstance(cmi, dict) or not _is_shallow(cmi):
        raise Malformed
    return Said(number, item, session, said.get("is_over") is True, cmi, hashlib.sha256(body).hexdigest())


def _no_number(text: str) -> None:
    raise ValueError(text)


def _is_shallow(value: Any, room: int = DEEPEST) -> bool:
    if isinstance(value, dict | list):
        inside = value.values() if isinstance(value, dict) else value
        return room > 0 and all(_is_shallow(each, room - 1) for each in inside)
    return True


@transaction.atomic
def keep_commit(token: str, said: Said, *, at: datetime) -> Answer:
    """Keep one commit, or refuse it and write that down. The same commit again is acknowledged again."""
    launch = held(token)
    if launch is not None and said.number <= launch.last_number and _is_kept(launch, said):
        return Answer(said.number, is_finished=not launch.attempt.is_open)
    refused = why_not(launch, at)
    if launch is None:
        return Answer(refused=refused)
    terms = terms_of(launch.package.folder)
    item = terms.reading.item(said.item)
    if not refused and said.number <= launch.last_number:
        refused = OUT_OF_ORDER
    if not refused and (item is None or launch.started_at is None):
        refused = MALFORMED
    if refused or item is None:
        _write_refusal(launch, said.number, said.digest, refused, at)
        return Answer(refused=refused)
    return _keep(launch, terms, item, said, at)


@transaction.atomic
def refuse_commit(token: str, refused: str, *, at: datetime) -> None:
    """Write down a commit that could not even be read."""
    launch = held(token)
    if launch is not None:
        _write_refusal(launch, 0, "", refused, at)


def _is_kept(launch: Launch, said: Said) -> bool:
    kept = Commit.objects.everywhere(reason=REASON).filter(launch=launch, number=said.number, refusal="")
    return kept.filter(digest=said.digest).exists()


def _write_refusal(launch: Launch, number: int, digest: str, refusal: str, at: datetime) -> None:
    journal = Commit.objects.everywhere(reason=REASON).filter(launch=launch)
    if journal.exclude(refusal="").count() < MOST_REFUSALS:
        journal.create(launch=launch, number=number, digest=digest, refusal=refusal, received_at=at)


def _keep(launch: Launch, terms: Terms, item: Item, said: Said, at: datetime) -> Answer:
    attempt = launch.attempt
    is_news = _keep_state(launch, terms, item, said, at)
    Commit.objects.create(launch=launch, number=said.number, digest=said.digest, received_at=at)
    Launch.objects.everywhere(reason=REASON).filter(pk=launch.pk).update(last_number=said.number)
    if not is_news and len(terms.reading.playable) == 1:
        return Answer(said.number)
    states = states_of(attempt)
    done = {key for key, state in states.items() if state.is_done}
    is_finished = terms.reading.asked <= done
    if is_finished:
        _finish(launch, attempt, at)
    return Answer(said.number, is_finished=is_finished, items=standing_of(terms.reading, states))


def _keep_state(launch: Launch, terms: Terms, item: Item, said: Said, at: datetime) -> bool:
    """Write the part's state; whether it is done by this commit and was not before."""
    outcome = read_outcome(terms.reading.kind, item, said.cmi, is_over=said.is_over)
    states = ItemState.objects.everywhere(reason=REASON).filter(attempt=launch.attempt, item=item.key)
    state = states.defer("cmi").first() or ItemState(attempt=launch.attempt, item=item.key, launch=launch)
    was_done = state.is_done
    if (state.launch_id, state.session) != (launch.pk, said.session):
        state.seconds_before = state.seconds
    state.launch, state.session = launch, said.session
    state.cmi = json.dumps(said.cmi, separators=(",", ":"))
    state.status = outcome.status
    state.is_done = was_done or outcome.is_done(terms.counts_when)
    # A part left without a word of coming back would begin anew, by the standard; the learner was told 'Saved'.
    state.can_resume = outcome.is_suspended or not said.is_over or not state.is_done
    scores = [score for score in (state.best_score, outcome.score) if score is not None]
    state.best_score = max(scores, default=None)
    state.seconds = state.seconds_before + outcome.seconds
    state.changed_at = at
    state.save()
    return state.is_done and not was_done


def _finish(launch: Launch, attempt: Attempt, at: datetime) -> None:
    kind, _, uid = launch.opened_by.partition(":")
    package = launch.package
    complete(attempt, method=Method.LAUNCH, source=f"package:{package.uid}", by=Actor(kind, uid), at=at)
