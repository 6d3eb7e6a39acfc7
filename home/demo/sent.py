"""The rosters that agencies have sent: a year of quarterly files, each of the people who had begun by then."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from training.access.actor import Actor
from training.people.models import Agency, RosterImport
from training.people.roster.apply import apply_import
from training.people.roster.read import Sheet, pack, read_roster
from training.people.roster.stage import compare, keep

ROSTERS = Path(__file__).parent / "rosters"
SENT_AGO = (360, 270, 180, 90, 0)


def send_rosters(said: dict[str, Any], *, by: Actor, at: datetime, on: date) -> RosterImport:
    """Import an agency's file as it would have been on each day it was sent; the last of them.

    Only today's is full: those who have left since (left.py) are in none of them.
    """
    agency = Agency.objects.get(code=said["code"])
    with (ROSTERS / said["roster"]).open("rb") as file:
        sheet = read_roster(file)
    for ago in (timedelta(days=days) for days in said.get("sent", SENT_AGO)):
        then, is_full = _as_of(on - ago, agency, sheet), not ago
        seen = compare(agency, then, as_at=on - ago, is_full=is_full)
        staged = keep(seen, as_at=on - ago, is_full=is_full, by=by, at=at - ago)
        last = apply_import(staged, by=by, at=at - ago)
    return last


def _as_of(day: date, agency: Agency, sheet: Sheet) -> Sheet:
    """The same without those who began later."""
    rows = compare(agency, sheet, as_at=day, is_full=False).plan.rows
    later = {row.number for row in rows if row.values.get("start_date", "") > day.isoformat()}
    return replace(sheet, packed=pack(json.dumps(line).encode() for line in sheet.lines() if line[0] not in later))
