"""The keys that sign badges. They live outside the database: in the environment, or in their own file.

A word is a secret (32 bytes in base64), or the public half of a key whose secret is gone. The first secret signs.
Every public half stays published, so that what older keys signed can be checked for good.
"""

import base64
import binascii
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from certificates.badges.multibase import as_multikey, of_multikey
from training.privacy.keyfile import words_in, write_words

SECRET_BYTES = 32
DEMO = "A demo made these keys: what they sign is proof of nothing."


class BadKey(Exception):
    """A word is neither a secret nor a public half."""


class NoKey(Exception):
    """The site has no key to sign with: badges are switched off."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What is published of a key. `name` is its Multikey, which names it too."""

    name: str
    key: Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key with its secret."""

    name: str
    key: Ed25519PrivateKey


def signing_key() -> SigningKey:
    """The newest key with a secret. Raises NoKey."""
    for word in _words():
        if not _is_public(word):
            private = _private(word)
            return SigningKey(as_multikey(private.public_key()), private)
    raise NoKey


def public_keys() -> list[PublicKey]:
    """Every key that signed or signs, the newest first."""
    found = [_public(word) if _is_public(word) else _private(word).public_key() for word in _words()]
    return [PublicKey(as_multikey(key), key) for key in found]


def can_sign() -> bool:
    """Whether badges are switched on."""
    return any(not _is_public(word) for word in _words())


def are_in_environment() -> bool:
    """Whether the environment holds the keys, so that the file is not looked at."""
    return bool(settings.BADGE_KEYS)


def make_key_file() -> bool:
    """A demo's file with a first key, marked so; False where there are keys already."""
    if _words():
        return False
    write_words(settings.BADGE_KEY_FILE, [_new_secret()], said=DEMO)
    return True


def rotate() -> str:
    """A new key signs from now on; of the older ones only the public halves stay. The new key's name."""
    older = [each.name for each in public_keys()]
    write_words(settings.BADGE_KEY_FILE, [_new_secret(), *older])
    return signing_key().name


def _words() -> list[str]:
    """Read anew each time: they may change."""
    return settings.BADGE_KEYS or words_in(settings.BADGE_KEY_FILE)


def _new_secret() -> str:
    return base64.urlsafe_b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()


def _is_public(word: str) -> bool:
    return word.startswith("z6Mk")


def _private(word: str) -> Ed25519PrivateKey:
    try:
        secret = base64.urlsafe_b64decode(word)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != SECRET_BYTES:
        raise BadKey("A key for badges is 32 bytes in base64, or the public half of one, which begins with z6Mk.")
    return Ed25519PrivateKey.from_private_bytes(secret)


def _public(word: str) -> Ed25519PublicKey:
    try:
        return of_multikey(word)
    except ValueError:
        raise BadKey("The public half of a key for badges is damaged.") from None
