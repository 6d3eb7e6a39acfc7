"""Rosters without a file."""

import json
from collections.abc import Mapping, Sequence

from training.people.roster.read import Sheet, pack


def sheet_of(rows: Sequence[Mapping[str, str]], *, sha256: str = "", first: int = 2) -> Sheet:
    """Rows that came by another way than a file, as if they had been read from one. All name the same fields."""
    fields = list(rows[0])
    lines = ([number, *map(row.__getitem__, fields)] for number, row in enumerate(rows, start=first))
    head = {"fields": fields, "headers": {}, "dropped": [], "ignored": [], "unknown": [], "days": {}, "blanked": 0}
    return Sheet(sha256, head | {"rows": len(rows), "spare": []}, pack(json.dumps(line).encode() for line in lines))
