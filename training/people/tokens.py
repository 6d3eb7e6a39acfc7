"""Making an agency's tokens and taking them back, knowing them again, and answering the same request the same way."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from training.access.actor import Actor
from training.audit import services as audit

from .models import Agency, AgencyToken, AnsweredRequest

PREFIX = "tp_"
LONGEST = timedelta(days=366)
KEPT = timedelta(days=30)


class TokenError(Exception):
    """Something a token cannot be; the text can be shown to a person."""


class OtherBody(Exception):
    """The key of this request has been used with another body."""


@transaction.atomic
def make_token(agency: Agency, *, label: str, ends_on: date, on: date, by: Actor, at: datetime) -> str:
    """A new token of an agency: the only time it can be read. It ends within a year."""
    if not label.strip():
        raise TokenError("Say what the token is for.")
    if not on <= ends_on <= on + LONGEST:
        raise TokenError("A token ends within a year of the day it is made.")
    raw = PREFIX + secrets.token_urlsafe(32)
    token = AgencyToken.objects.create(
        agency=agency,
        label=label.strip(),
        digest=_digest(raw.encode()),
        ends_on=ends_on,
        recorded_at=at,
        recorded_by=str(by),
    )
    audit.record("token made", by=by, at=at, kind="token", uid=token.uid, agency_code=agency.code)
    return raw


@transaction.atomic
def end_token(token: AgencyToken, *, by: Actor, at: datetime) -> None:
    """Take a token back: from this moment it opens nothing. The row stays."""
    if not AgencyToken.objects.filter(pk=token.pk, ended_at__isnull=True).update(ended_at=at):
        raise TokenError("That token has been taken back already.")
    token.ended_at = at
    audit.record("token ended", by=by, at=at, kind="token", uid=token.uid, agency_code=token.agency.code)


def token_for(raw: str, *, on: date) -> AgencyToken | None:
    """The token, if it is one and has not ended; the day it was last used is kept."""
    if not raw.startswith(PREFIX):
        return None
    found = AgencyToken.objects.current_on(on).select_related("agency").filter(digest=_digest(raw.encode())).first()
    if found and found.last_used_on != on:
        AgencyToken.objects.filter(pk=found.pk).update(last_used_on=on)
    return found


def answered(token: AgencyToken, key: str, body: bytes) -> Any | None:
    """What this request was answered before, or None; raises OtherBody when the key came with another body."""
    before = AnsweredRequest.objects.filter(token=token, key=key).first()
    if before is None:
        return None
    if before.digest != _digest(body):
        raise OtherBody
    return before.answer


def keep_answer(token: AgencyToken, key: str, body: bytes, answer: Any, *, at: datetime) -> None:
    """Remember an answer, in the transaction that did what it says; a second one under the key breaks a constraint."""
    AnsweredRequest.objects.create(token=token, key=key, digest=_digest(body), answer=answer, recorded_at=at)


def forget_answers(*, at: datetime) -> int:
    """Delete answers older than thirty days; how many."""
    return AnsweredRequest.objects.filter(recorded_at__lt=at - KEPT).delete()[0]


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
