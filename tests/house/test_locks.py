"""Whoever locks a row keeps nobody from writing rows that point at it (docs/decisions/0014-one-order-of-locks.md)."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = re.compile(r"select_for_update\((.*?)\)")


def test_every_lock_leaves_keys_alone():
    locks = [
        (path.relative_to(ROOT).as_posix(), said)
        for room in ("training", "courses", "certificates", "champions", "home")
        for path in sorted((ROOT / room).rglob("*.py"))
        for said in LOCK.findall(path.read_text())
    ]
    assert len(locks) > 10
    assert [lock for lock in locks if "no_key=True" not in lock[1]] == []
