"""The keys that seal what learners write. They live outside the database: in the environment, or in their own file.

The first key is the one that seals; the others only open what was sealed before.
"""

import hashlib
import os
import secrets
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

SHORTEST = 32
MARK_BYTES = 4


class BadKey(Exception):
    """A key is too short to be one."""


@dataclass(frozen=True, slots=True)
class Key:
    """One secret. `mark` names it beside what it sealed, and tells nothing of it."""

    secret: bytes

    @property
    def mark(self) -> bytes:
        """The first bytes of a hash of it."""
        return hashlib.sha256(b"mark:" + self.secret).digest()[:MARK_BYTES]


def keys() -> tuple[Key, ...]:
    """All keys, the one that seals first; none where notes are switched off. Read anew each time: they may change."""
    words = settings.NOTES_KEYS or _lines(settings.NOTES_KEY_FILE)
    if any(len(word) < SHORTEST for word in words):
        raise BadKey(f"Each key for notes is at least {SHORTEST} characters long.")
    return tuple(Key(word.encode()) for word in words)


def are_in_environment() -> bool:
    """Whether the environment holds the keys, so that the file is not looked at."""
    return bool(settings.NOTES_KEYS)


def make_key_file() -> bool:
    """A file with a first key, for the site's own user alone; False where there are keys already."""
    if keys():
        return False
    add_key()
    return True


def add_key() -> None:
    """A new key on top of the file: it seals from now on."""
    _write([secrets.token_urlsafe(48), *_lines(settings.NOTES_KEY_FILE)])


def forget_old_keys() -> None:
    """Leave only the key that seals. What others sealed can then never be opened again."""
    _write(_lines(settings.NOTES_KEY_FILE)[:1])


def is_open_to_others(path: Path) -> bool:
    """Whether anybody but its owner may read or change this file."""
    return path.exists() and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _lines(path: Path) -> list[str]:
    if not path.exists():
        return []
    return [line.strip() for line in path.read_text().splitlines() if line.strip()]


def _write(lines: Sequence[str]) -> None:
    """Whole or not at all, and never readable by anybody else in between."""
    path: Path = settings.NOTES_KEY_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write("".join(f"{line}\n" for line in lines))
        opened.flush()
        os.fsync(opened.fileno())
    fresh.replace(path)
