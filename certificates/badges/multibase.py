"""Bytes as text in base58btc behind the letter z, as W3C's Multikey and Data Integrity write keys and proofs."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LONGEST = 200  # a proof takes 88: the time to read one grows with the square of its length
ED25519 = b"\xed\x01"


class NotMultibase(ValueError):
    """The text is not base58btc behind a z."""


def encoded(data: bytes) -> str:
    """'z' and the digits; a leading zero byte is a leading 1."""
    number, digits = int.from_bytes(data), ""
    while number:
        number, rest = divmod(number, 58)
        digits = ALPHABET[rest] + digits
    return "z" + "1" * (len(data) - len(data.lstrip(b"\0"))) + digits


def decoded(text: str) -> bytes:
    """The bytes again; NotMultibase where the text is none."""
    digits = text[1:]
    if len(digits) > LONGEST:
        raise NotMultibase
    if text[:1] != "z" or not digits or set(digits) - set(ALPHABET):
        raise NotMultibase
    number = 0
    for digit in digits:
        number = number * 58 + ALPHABET.index(digit)
    zeros = len(digits) - len(digits.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def as_multikey(key: Ed25519PublicKey) -> str:
    """A public key as it is published."""
    return encoded(ED25519 + key.public_bytes_raw())


def of_multikey(text: str) -> Ed25519PublicKey:
    """The key again; NotMultibase where the text is none."""
    data = decoded(text)
    if not data.startswith(ED25519):
        raise NotMultibase
    return Ed25519PublicKey.from_public_bytes(data.removeprefix(ED25519))
