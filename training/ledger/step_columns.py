"""The read table of standings in columns: what stands there, which posts differ, and writing many rows at once."""

import json
import struct
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import BigIntegerField, Case, Func, Value, When

from training.access.prepared import among
from training.ledger.columns import NEVER, Column, Columns, DayNumber, day_of, one_key, read_columns
from training.ledger.models import StandingStep
from training.ledger.plain import STATES
from training.ledger.plain_posts import DAYS, ROWS
from training.people.roster.bulk import insert

WHY = "keeping the read table of standings"
NULLABLE = ("until_on", "due_on", "valid_until", "window_opens_on")
ORDER = ("post_id", "module_id", "from_on", "began_on", "is_valid", "is_required", "state", "reasons", "worked_out_at")
MILLENNIUM = datetime(2000, 1, 1, tzinfo=UTC)
DAYS_TO_MILLENNIUM = 10_957
SIGNATURE = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
REASONS = 22  # of a list with one id, spaces before it


# A state as its place in STATES
STATE = Case(
    *(When(state=state.value, then=Value(place)) for place, state in enumerate(STATES)),
    default=Value(-1),
    output_field=BigIntegerField(),
)


class OnlyRequirement(Func):
    """The one requirement behind a row, or -1 where there are several."""

    output_field = BigIntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Of jsonb."""
        template = "CASE WHEN jsonb_array_length(%(expressions)s) = 1 THEN (%(expressions)s->>0)::bigint ELSE -1 END"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Of text."""
        template = (
            "CASE WHEN json_array_length(%(expressions)s) = 1 THEN json_extract(%(expressions)s, '$[0]') ELSE -1 END"
        )
        return self.as_sql(compiler, connection, template=template, **context)


def standing_columns(post_ids: Sequence[int]) -> Columns:
    """What the read table holds for these posts."""
    return read_columns(
        StandingStep.objects.everywhere(reason=WHY).filter(among("post_id", post_ids)),
        post="post_id",
        module="module_id",
        **{name: DayNumber(name) for name in DAYS},
        state=STATE,
        is_valid=flag("is_valid"),
        is_required=flag("is_required"),
        requirement=OnlyRequirement("reasons"),
    )


def flag(name: str) -> Case:
    """A yes or no as 1 or 0."""
    return Case(When(**{name: True}, then=Value(1)), default=Value(0), output_field=BigIntegerField())


def differing(wanted: Columns, standing: Columns) -> Column:
    """The posts and modules, as one key, of which the two do not hold the same rows."""
    both = {name: np.concatenate([wanted[name], standing[name]]) for name in ROWS}
    order = np.lexsort([both[name] for name in ROWS[::-1]])
    same = np.ones(max(len(order) - 1, 0), dtype=bool)
    for name in ROWS:
        column = both[name][order]
        same &= column[1:] == column[:-1]
    has_twin = np.zeros(len(order), dtype=bool)
    has_twin[1:] |= same
    has_twin[:-1] |= same
    return np.unique(keys_of(both)[order][~has_twin])


def keys_of(rows: Columns) -> Column:
    """Post and module of each row as one key."""
    return one_key(rows["post"], rows["module"])


def write(rows: Columns, *, at: datetime) -> None:
    """Put rows into the read table."""
    if connection.vendor != "postgresql":
        insert(StandingStep, (*DAYS, *(name for name in ORDER if name not in DAYS)), _plain_rows(rows, at))
        return
    into = f"{StandingStep._meta.db_table} ({', '.join((*ORDER, *NULLABLE))})"
    with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(SIGNATURE)
        for block in _packed(rows, at):
            copy.write(block)
        copy.write(struct.pack(">h", -1))


def _plain_rows(rows: Columns, at: datetime) -> Iterator[tuple[Any, ...]]:
    days = zip(*(rows[name].tolist() for name in DAYS), strict=True)
    said = zip(*(rows[name].tolist() for name in ROWS if name not in DAYS), strict=True)
    for when, (post, module, state, is_valid, is_required, requirement) in zip(days, said, strict=True):
        yield (
            *(None if day == NEVER else day_of(day) for day in when),
            post,
            module,
            bool(is_valid),
            bool(is_required),
            STATES[state].value,
            json.dumps([requirement]),
            at,
        )


def _packed(rows: Columns, at: datetime) -> Iterator[bytes]:
    """The rows as PostgreSQL takes them in binary: those alike in state and in what is not known, together."""
    missing = [rows[name] == NEVER for name in NULLABLE]
    kind = rows["state"].copy()
    for gap in missing:
        kind = kind * 2 + gap
    for value in np.unique(kind):
        here = np.flatnonzero(kind == value)
        yield _block({name: rows[name][here] for name in ROWS}, [bool(gap[here[0]]) for gap in missing], at).tobytes()


def _block(rows: Columns, missing: Sequence[bool], at: datetime) -> np.ndarray:
    state = STATES[int(rows["state"][0])].value.encode()
    moment = (at - MILLENNIUM) // timedelta(microseconds=1)
    fields: list[tuple[str, str, Any]] = [
        ("post_id", ">i8", rows["post"]),
        ("module_id", ">i8", rows["module"]),
        ("from_on", ">i4", rows["from_on"] - DAYS_TO_MILLENNIUM),
        ("began_on", ">i4", rows["began_on"] - DAYS_TO_MILLENNIUM),
        ("is_valid", "u1", rows["is_valid"]),
        ("is_required", "u1", rows["is_required"]),
        ("state", f"S{len(state)}", state),
        ("reasons", f"S{REASONS + 1}", _reasons(rows["requirement"])),
        ("worked_out_at", ">i8", moment),
    ]
    for name, is_missing in zip(NULLABLE, missing, strict=True):
        fields.append((name, "", None) if is_missing else (name, ">i4", rows[name] - DAYS_TO_MILLENNIUM))
    layout: list[tuple[str, str]] = [("fields", ">i2")]
    for name, kind, _ in fields:
        layout += [(f"{name}_length", ">i4"), *([(name, kind)] if kind else [])]
    block = np.empty(len(rows["post"]), dtype=np.dtype(layout))
    block["fields"] = len(fields)
    for name, kind, value in fields:
        block[f"{name}_length"] = block.dtype[name].itemsize if kind else -1
        if kind:
            block[name] = value
    return block


def _reasons(requirements: Column) -> Column:
    """A list with one id each, as jsonb is sent: a version, then text of one length."""
    known, where = np.unique(requirements, return_inverse=True)
    texts = [b"\x01[" + str(pk).rjust(REASONS - 2).encode() + b"]" for pk in known.tolist()]
    return np.array(texts, dtype=f"S{REASONS + 1}")[where]
