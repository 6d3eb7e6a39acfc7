"""Sealing words for one owner: AES-256-GCM under a key derived from the site's own for this owner alone.

What is sealed is: a version, the mark of the site's key, a nonce, and the text, filled up so that its length tells
little. The owner's name goes into the derivation and is authenticated, so that a row moved to somebody else does
not open.
"""

import secrets
from typing import Any

from django.views.decorators.debug import sensitive_variables

from .keys import MARK_BYTES, Key, keys

VERSION = b"\x01"
NONCE_BYTES = 12
FILLED_TO = 256
END = b"\x80"


class NoKey(Exception):
    """The site has no key for notes: they are switched off."""


class CannotOpen(Exception):
    """The key is gone, or what is stored is not what was sealed. Says nothing of either."""


def can_seal() -> bool:
    """Whether notes are switched on."""
    return bool(keys())


@sensitive_variables()
def seal(words: str, *, owner: str) -> bytes:
    """The words, readable with this owner's key alone."""
    ring = keys()
    if not ring:
        raise NoKey
    text = words.encode() + END
    text += bytes(-len(text) % FILLED_TO)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + ring[0].mark + nonce + _cipher(ring[0], owner).encrypt(nonce, text, owner.encode())


@sensitive_variables()
def unseal(sealed: bytes | memoryview, *, owner: str) -> str:
    """The words again. Raises CannotOpen."""
    version, rest = bytes(sealed[:1]), bytes(sealed[1:])
    mark, nonce, text = rest[:MARK_BYTES], rest[MARK_BYTES:][:NONCE_BYTES], rest[MARK_BYTES + NONCE_BYTES :]
    key = next((key for key in keys() if key.mark == mark), None)
    if version != VERSION or key is None or len(text) < FILLED_TO:
        raise CannotOpen
    from cryptography.exceptions import InvalidTag

    try:
        opened: bytes = _cipher(key, owner).decrypt(nonce, text, owner.encode())
    except InvalidTag:
        raise CannotOpen from None
    return opened.rstrip(b"\0").removesuffix(END).decode()


def is_sealed_anew(sealed: bytes | memoryview) -> bool:
    """Whether the key that seals now sealed this."""
    ring = keys()
    return bool(ring) and bytes(sealed)[1:][:MARK_BYTES] == ring[0].mark


@sensitive_variables()
def _cipher(key: Key, owner: str) -> Any:
    """The owner's own cipher. The library is loaded at first use: a site without notes has no need of it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"kept by " + owner.encode()).derive(key.secret))
