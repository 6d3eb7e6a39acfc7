"""Text from outside that reads otherwise than it is written. Pure."""

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The signs of Unicode that turn the direction of writing around other words, so that 'not' can read 'ton'."""
SHOWN = 20


def turned(text: str) -> str:
    """Where such a sign stands, in words for who wrote the text; nothing where there is none."""
    place = next((number for number, letter in enumerate(text) if letter in TURNING), None)
    if place is None:
        return ""
    before = " ".join(text[:place][-SHOWN:].split())
    where = f"after '{before}'" if before else "at the beginning"
    return f"There is an unseen sign {where} that turns the direction of the text. Type it anew from there."
