"""Easy read: the pictures there are, and a page's lines under their headings. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

PICTURES = {
    "talk": "Two people talking",
    "listen": "An ear",
    "people": "Three people",
    "home": "A house",
    "work": "A workplace",
    "hospital": "A hospital",
    "school": "A school",
    "police": "A police badge",
    "learn": "An open book",
    "tick": "A tick",
    "not-yet": "A clock",
    "help": "An open hand",
    "phone": "A telephone",
    "share": "Two hands with a letter",
    "stop": "A stop sign",
    "change": "A path that turns",
    "map": "A map",
    "paper": "A sheet of paper",
    "count": "Bars that grow",
    "ask": "A question mark",
}
"""Pictures by their file's name (static/home/easy/), each with what it shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """A thought and its picture's file."""

    words: str
    picture: str


@dataclass(slots=True)
class Part:
    """Lines under a heading; the first ones may stand without."""

    heading: str
    lines: list[Line] = field(default_factory=list)


def parts(body: Iterable[Any]) -> list[Part]:
    """The stream's lines, each under the heading before it."""
    found: list[Part] = []
    for block in body:
        if block.block_type == "heading":
            found.append(Part(str(block.value)))
            continue
        if not found:
            found.append(Part(""))
        picture = block.value["picture"]
        found[-1].lines.append(Line(block.value["words"], f"home/easy/{picture}.svg" if picture in PICTURES else ""))
    return found
