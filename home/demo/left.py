"""The rosters of a year ago: some agencies sent one then, with people who have left since."""

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any

from training.access.actor import Actor
from training.people.models import Agency
from training.people.roster.apply import apply_import
from training.people.roster.stage import stage_import

SENT_AGO = timedelta(days=400)
BEGAN_ON = date(2019, 9, 2)
FIRST = ("Ada", "Ben", "Cora", "Dev", "Elin", "Femi", "Gwen", "Hari", "Ines", "Jude", "Kemi", "Lowri")
LAST = ("Ashdown", "Bello", "Carver", "Dunmore", "Ekwall")
HEAD = ("agency_code", "employee_ref", "first_name", "last_name", "role_group", "start_date", "end_date", "status")


def build_left(said: dict[str, Any], *, by: Actor, at: datetime, on: date) -> int:
    """Import them as anybody would; how many have left."""
    for code, groups in said["left"].items():
        rows = [HEAD, *_rows(code, groups, on)]
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        file = io.BytesIO(text.getvalue().encode())
        sent = at - SENT_AGO
        staged = stage_import(Agency.objects.get(code=code), file, as_at=on - SENT_AGO, is_full=False, by=by, at=sent)
        apply_import(staged, by=by, at=sent)
    return sum(sum(groups.values()) for groups in said["left"].values())


def _rows(code: str, groups: dict[str, int], on: date) -> list[tuple[str, ...]]:
    """One person a row, who left some time in the last year."""
    jobs = [group for group, count in groups.items() for _ in range(count)]
    return [
        (
            code,
            f"9{number:04}",
            FIRST[number % len(FIRST)],
            LAST[number % len(LAST)],
            group,
            BEGAN_ON.isoformat(),
            (on - timedelta(days=20 + 330 * number // len(jobs))).isoformat(),
            "active",
        )
        for number, group in enumerate(jobs)
    ]
