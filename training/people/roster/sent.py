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

from training.people.models import AgencyToken, RosterImport
from training.people.tokens import answered, keep_answer

from .apply import apply_import, heed_alarm
from .approve import tell_colleagues
from .errors import NotApproved, TooManyLeavers
from .limits import Refused
from .read import Sheet, pack, read_roster
from .stage import Preview, compare, keep


class NoneUsable(Refused):
    """Nothing can be made of the rows; `problems` says why by row."""

    def __init__(self, reason: str, problems: dict[int, str]) -> None:
        self.problems = problems
        super().__init__(reason)


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
        raise NotYours("Nothing was done: a token brings its own agency's roster alone.", foreign)
    if seen.plan.reasons:
        problems = {row.number: "; ".join(row.reasons) for row in seen.plan.rows if row.number and row.reasons}
        raise NoneUsable(" ".join(seen.plan.reasons), problems)
    return seen


def send(token: AgencyToken, sent: SentRoster, *, key: str, body: bytes, on: date, at: datetime) -> RosterImport:
    """Apply the rows, or leave them waiting where so much change must be said to be right.

    The same request again finds the import as it stands now. Raises as `look_at`, OtherBody, or RosterError.
    """
    if before := _before(token, key, body):
        return before
    seen = look_at(token, sent, on=on)
    try:
        with transaction.atomic():
            kept = keep(seen, as_at=on, is_full=sent.is_full, by=token.actor, at=at)
            keep_answer(token, key, body, {"roster": str(kept.uid)}, at=at)
            try:
                heed_alarm(kept, is_confirmed=sent.leavers_are_right)
            except NotApproved:
                tell_colleagues(kept, on=on)
                return kept
            except TooManyLeavers:
                return kept
            return apply_import(kept, by=token.actor, at=at, allow_leavers=sent.leavers_are_right)
    except IntegrityError:
        # The same request came twice at once: the other one was first.
        if before := _before(token, key, body):
            return before
        raise


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
