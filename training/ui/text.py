"""Text from outside: how numbers are typed, and what reads otherwise than it is written. Pure."""

import re

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The signs of Unicode that turn the direction of writing around other words, so that 'not' can read 'ton'."""
SHOWN = 20
NUMBER = re.compile("[0-9]+|[0-9]{1,3}([, ][0-9]{3})+")
"""Digits, perhaps in threes: '1,5' is a half to some and fifteen to nobody."""


def digits_in(text: str) -> str:
    """The digits of a whole number as people type it, '1240' for '1,240'; nothing where it is none."""
    text = text.strip()
    return re.sub("[, ]", "", text) if NUMBER.fullmatch(text) else ""


def turned(text: str) -> str:
    """Where such a sign stands, in words for who wrote the text; nothing where there is none."""
    place = next((number for number, letter in enumerate(text) if letter in TURNING), None)
    if place is None:
        return ""
    before = " ".join(text[:place][-SHOWN:].split())
    where = f"after '{before}'" if before else "at the beginning"
    return f"There is an unseen sign {where} that turns the direction of the text. Type it anew from there."
