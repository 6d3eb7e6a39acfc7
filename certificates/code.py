"""Certificate codes: 160 random bits in Crockford's base 32, in groups of four, forgiving of how they are typed.

The alphabet leaves out I, L, O and U, so that what looks like a 1 or a 0 is one (https://www.crockford.com/base32.html).
"""

import hashlib
import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 32  # 5 bits each
GROUP = 4
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
LONGEST_TYPED = 400  # a whole address, pasted


class NotACode(ValueError):
    """What was typed cannot be a code, whatever we have issued."""


def new_code() -> str:
    """A code nobody can guess, as it is stored: 32 letters and figures, without groups."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """The code as it is printed: 'K7Q2-9ABC-...'."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def normalised(typed: str) -> str:
    """The stored form of what somebody typed or pasted, a whole address or 'Code: ...' included. Raises NotACode."""
    if len(typed) > LONGEST_TYPED:
        raise NotACode
    address = re.split("[?#]", typed.strip())[0].rstrip("/")
    last = address.rpartition("/")[2].rpartition(":")[2]
    plain = unicodedata.normalize("NFKC", last.removesuffix(".json")).upper().translate(LOOK_ALIKES)
    kept = "".join(letter for letter in plain if not _is_filler(letter))
    if len(kept) != LENGTH or not set(kept) <= set(ALPHABET):
        raise NotACode
    return kept


def is_of_passport(typed: str) -> bool:
    """Whether it is the address of a link to a passport: such a code opens no certificate."""
    return "/passport/" in typed.lower()


def hash_of(plain: str) -> str:
    """What is left of a code once its certificate is erased: nobody guesses 160 bits from it."""
    return hashlib.sha256(plain.encode()).hexdigest()


def _is_filler(letter: str) -> bool:
    """Spaces, hyphens and dashes of every kind, and what no one can see."""
    return letter.isspace() or unicodedata.category(letter) in ("Pd", "Cf", "Pc") or letter == "."
