"""By what somebody is known to whom keeps them away: plain names and addresses, as tokens of one text. Pure."""

import re
from collections.abc import Iterable

from training.people.identity.names import keys

PLAIN = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+", re.ASCII)


def plain_address(address: str) -> str:
    """In small letters, without a '+tag': all that is sent to such addresses arrives at one."""
    name, _, host = "".join(address.split()).lower().partition("@")
    return f"{name.partition('+')[0]}@{host}" if name else ""


def is_plain(address: str) -> bool:
    """Whether it is written as everybody writes it: '"amira"@' arrives where 'amira@' does, and passes as another."""
    return bool(PLAIN.fullmatch(address.strip()))


def name_in(address: str) -> str:
    """The words before the '@', where they may be a name: 'amira.learner@' is; one word is nobody's full name."""
    return " ".join(re.split(r"[^\w]|_", address.partition("@")[0]))


def tokens(names: Iterable[str] = (), addresses: Iterable[str] = ()) -> frozenset[str]:
    """What stands for these full names, in any order, script and short form, and for these addresses."""
    found = {plain for each in addresses if (plain := plain_address(each))}
    for name in names:
        *given, last = name.split() or [""]
        found |= {"=" + key.replace(" ", "+") for key in keys([" ".join(given)], last)}
    return frozenset(found)


def is_name(token: str) -> bool:
    """Whether a token stands for a name, not for an address."""
    return token.startswith("=")


def as_text(found: Iterable[str]) -> str:
    """The tokens, each between two spaces."""
    return f" {' '.join(sorted(found))} " if found else ""
