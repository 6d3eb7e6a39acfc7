"""The keys that seal what learners write. They live outside the database: in the environment, or in their own file.

The first key is the one that seals; the others only open what was sealed before.
"""

import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings

from training.privacy.keyfile import words_in, write_words

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
    words = settings.NOTES_KEYS or words_in(settings.NOTES_KEY_FILE)
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
    write_words(settings.NOTES_KEY_FILE, [secrets.token_urlsafe(48), *words_in(settings.NOTES_KEY_FILE)])


def forget_old_keys() -> None:
    """Leave only the key that seals. What others sealed can then never be opened again."""
    write_words(settings.NOTES_KEY_FILE, words_in(settings.NOTES_KEY_FILE)[:1])
