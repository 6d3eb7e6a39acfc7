"""A roster that an agency's own program sends: read, staged, guarded and applied as HR's files are.

The rows go the way of a file, through the confined child: what a file may not bring, a program may not either.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction

from training.access.actor import Actor
from training.people.models import AgencyToken, RosterImport, RosterRow
from training.people.models.roster import ImportState
from training.people.tokens import answered, keep_answer

from .apply import apply_import, heed_alarm
from .approve import tell_colleagues
from .errors import NotApproved, TooManyLeavers
from .limits import ROWS_AT_ONCE, Refused
from .read import Sheet, pack, read_roster
from .stage import Preview, compare, keep, leave, look_again


class NoneUsable(Refused):
    """Nothing can be made of the rows; `problems` says why by row."""

    def __init__(self, reason: str, problems: dict[int, str]) -> None:
        self.problems = problems
        super().__init__(reason)


NOT_YOURS = "Nothing was done: a token brings its own agency's roster alone."


class NotYours(NoneUsable):
    """Some row names another agency."""


@dataclass(frozen=True, slots=True)
class SentRoster:
    """What was sent: texts by field of the template, the same fields in every row."""

    rows: Sequence[Mapping[str, str]]
    is_full: bool
    leavers_are_right: bool


def look_at(token: AgencyToken, sent: SentRoster, *, on: date) -> Preview:
    """What the rows would change; writes nothing. Raises Refused, NotYours or NoneUsable."""
    seen = compare(token.agency, _sheet(sent.rows), as_at=on, is_full=sent.is_full)
    foreign = {row.number: row.reasons[0] for row in seen.plan.rows if row.number and "agency_code" in row.values}
    if foreign:
        raise NotYours(NOT_YOURS, foreign)
    if seen.plan.reasons:
        problems = {row.number: "; ".join(row.reasons) for row in seen.plan.rows if row.number and row.reasons}
        raise NoneUsable(" ".join(seen.plan.reasons), problems)
    return seen


def send(token: AgencyToken, sent: SentRoster, *, key: str, body: bytes, on: date, at: datetime) -> RosterImport:
    """Apply the rows, or leave them waiting where so much change must be said to be right; many, to the worker.

    The same request again finds the import as it stands now. Raises as `look_at`, OtherBody, or RosterError.
    """
    if before := _before(token, key, body):
        return before
    by, is_right = token.actor, sent.leavers_are_right
    seen = _sheet(sent.rows) if is_many(sent) else look_at(token, sent, on=on)
    try:
        with transaction.atomic():
            if isinstance(seen, Sheet):
                kept = leave(
                    token.agency, seen, as_at=on, is_full=sent.is_full, leavers_are_right=is_right, by=by, at=at
                )
            else:
                kept = keep(seen, as_at=on, is_full=sent.is_full, by=by, at=at)
                if kept.needs_approval:
                    tell_colleagues(kept, on=on)
            keep_answer(token, key, body, {"roster": str(kept.uid)}, at=at)
            return kept if kept.work else _apply(kept, is_right, by=by, at=at)
    except IntegrityError:
        # The same request came twice at once: the other one was first.
        if before := _before(token, key, body):
            return before
        raise


def is_many(sent: SentRoster) -> bool:
    """Whether it is more than a web worker should work out while a program waits."""
    return len(sent.rows) > ROWS_AT_ONCE


@transaction.atomic
def finish(waiting: RosterImport, *, by: Actor, at: datetime) -> RosterImport:
    """For the worker: with many rows, what `send` does at once with a few. Raises NotYours, NotWaiting, RosterMoved."""
    seen = look_again(waiting, by=by, at=at)
    foreign = RosterRow.objects.of(seen).filter(values__has_key="agency_code").order_by("id")
    if first := foreign.first():
        others = foreign.count() - 1
        raise NotYours(f"{NOT_YOURS} Row {first.number}{f' and {others} more' if others else ''}: another agency.", {})
    return _apply(seen, seen.leavers_are_right, by=by, at=at) if seen.state == ImportState.STAGED else seen


def _apply(kept: RosterImport, is_right: bool, *, by: Actor, at: datetime) -> RosterImport:
    """Apply it, unless somebody has to say first that so much change is right."""
    try:
        heed_alarm(kept, is_confirmed=is_right)
    except (NotApproved, TooManyLeavers):
        return kept
    return apply_import(kept, by=by, at=at, allow_leavers=is_right)


def _before(token: AgencyToken, key: str, body: bytes) -> RosterImport | None:
    said = answered(token, key, body)
    return RosterImport.objects.get(agency=token.agency, uid=said["roster"]) if said else None


def _sheet(rows: Sequence[Mapping[str, str]]) -> Sheet:
    """The rows as read from a file of them, counted from 1 as the sender counts. HR's words for columns are HR's."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    sheet = read_roster(io.BytesIO(text.getvalue().encode()))
    lines = (json.dumps([number - 1, *values]).encode() for number, *values in sheet.lines())
    return replace(sheet, packed=pack(lines))
