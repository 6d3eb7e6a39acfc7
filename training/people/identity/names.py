"""When two names are one name: whatever their case, accents, order, or the short form of a first name. Pure."""

import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process

ALIKE = 88.0
"""Of 100; from there on two names are near enough to be one, mistyped: Nia Reyes and Nia Reys."""

# Short forms, after the long one: as common in Britain as the long form itself
SHORT = """
alexander alex sandy
alexandra alex sandra
andrew andy drew
anthony tony
benjamin ben
catherine katherine kathryn cathy kathy kate katie
charles charlie
christine chris chrissie
christopher chris
daniel dan danny
david dave
deborah debbie deb
edward ed eddie ted
elizabeth liz lizzie beth betty
emily em
frances fran
geoffrey geoff
gillian jill
gregory greg
jacqueline jackie
james jim jimmy jamie
jennifer jen jenny
jessica jess
john jon jonathan jack
joseph joe
joanna joanne jo
joshua josh
kenneth ken
kimberley kim
lawrence laurence larry
leonard len
margaret maggie meg peggy
matthew matt
michael mike mick
mohammed mohammad muhammad mohamed
nicholas nick
nicola nicky nicki
pamela pam
patricia pat trish
patrick pat paddy
peter pete
philip phillip phil
rebecca becky becca
richard rick dick
robert rob bob bobby
ronald ron
samantha sam
samuel sam
stephanie steph
stephen steven steve
susan sue susie
terence terry
thomas tom
timothy tim
valerie val
victoria vicky vicki
vincent vince
william will bill billy liam
zachary zac zak
"""


def _meanings() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in SHORT.split("\n"):
        forms = line.split()
        for form in forms:
            found.setdefault(form, set()).add(forms[0])
    return {form: frozenset(long) for form, long in found.items()}


LONG = _meanings()
# Letters that are no other letter with a mark, as they are written where a keyboard lacks them
WITHOUT = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})


def folded(name: str) -> str:
    """Small letters without accents, marks as spaces: "O'Neill-Brón" is "o neill bron"."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(WITHOUT))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return " ".join("".join(each if each.isalnum() else " " for each in letters).split())


def keys(first_names: list[str], last_name: str) -> frozenset[str]:
    """The ways in which a person may be written: each first name or preferred name, long and short, in any order."""
    last = folded(last_name).split()
    found = set()
    for first in first_names:
        words = folded(first).split()
        if words and last:
            for form in LONG.get(words[0], {words[0]}) | {words[0]}:
                found.add(" ".join(sorted([form, *words[1:], *last])))
    return frozenset(found)


def in_order(name: str) -> str:
    """The folded words in the order of the alphabet: as two names are held against each other."""
    return " ".join(sorted(folded(name).split()))


def are_alike(one: str, other: str) -> bool:
    """Whether two names, in order, differ by no more than a slip of the keyboard."""
    return fuzz.ratio(one, other) >= ALIKE


def alike_among(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of those names, in order, of which two are alike."""
    scores = process.cdist(names, names, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8)
    yield from map(tuple, np.argwhere(np.triu(scores, 1)).tolist())
