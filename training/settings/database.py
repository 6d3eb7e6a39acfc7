"""The database profiles: SQLite as the embedded default, PostgreSQL in production."""

import sqlite3
from pathlib import Path
from typing import Any

import dj_database_url

# Library versions in which the WAL-reset bug is mended: https://sqlite.org/wal.html
WAL_MENDED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))

# Pages ask short questions, for which compiling a query takes longer than answering it; and disks no longer turn.
PLANNER = "-c jit=off -c random_page_cost=1.1 -c work_mem=32MB"


def wal_is_safe(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite can use write-ahead logging without risk of losing a commit."""
    same_line = [mended for mended in WAL_MENDED if mended[:2] == tuple(version[:2])]
    if same_line:
        return tuple(version) >= same_line[0]
    return tuple(version) > WAL_MENDED[-1]


def journal_mode() -> str:
    """The journal that this SQLite library can be trusted with."""
    return "WAL" if wal_is_safe() else "TRUNCATE"


def database(url: str, var: Path) -> dict[str, Any]:
    """Django's settings for the database at this address; an empty one means SQLite under var/."""
    settings: dict[str, Any] = dict(dj_database_url.parse(url or f"sqlite:///{var / 'site.sqlite3'}"))
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": f"PRAGMA journal_mode={journal_mode()};PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-16000;PRAGMA mmap_size=134217728;",
        }
    else:
        options = settings.setdefault("OPTIONS", {})
        options["pool"] = {"min_size": 1, "max_size": 8}
        options.setdefault("options", PLANNER)
    return settings
