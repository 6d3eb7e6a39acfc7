"""Every word and figure printed on a certificate, frozen on the day it is issued."""

import unicodedata
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

TEMPLATE = "2"  # what new certificates are printed with; older ones keep theirs
FIRST_TEMPLATE = "1"
DATES = ("completed_on", "valid_until", "issued_on")
MASKED = "Not shown"  # a name too short for initials
JOINERS = "\u200c\u200d"  # invisible, but they decide how the letters beside them are written


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What is printed. `rule` names the requirement, and the day its version began, that decided `valid_until`.

    `method` is how it was learnt, and `minutes` how long it took. `provider` is who taught it, where that is known and
    says nothing of where the holder works; `trainer` who led it, where somebody did. `template` names the files that
    draw it, `design` the partnership's colours, logo and signatories as they were, by uid; none for the plain ones.
    `is_recorded_only`: the completion by itself made nothing in date. `site` is the address of this site on that day.

    Certificates are never rewritten: a field that comes later has the value that older ones stand for.
    """

    name: str
    module_code: str
    module_title: str
    edition: str
    outcomes: tuple[str, ...]
    tier: str
    nice_level: int
    standards: str
    minutes: int
    method: str
    completed_on: date
    valid_until: date | None
    rule: str
    partnership: str
    issued_on: date
    template: str = TEMPLATE
    is_recorded_only: bool = False
    provider: str = ""
    trainer: str = ""
    design: str = ""
    site: str = ""

    def as_json(self) -> dict[str, Any]:
        """For the column; dates as ISO texts."""
        values = asdict(self)
        return values | {name: values[name] and values[name].isoformat() for name in DATES}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """From the column. Words that later formats added are left out."""
        values = {field.name: stored[field.name] for field in fields(cls) if field.name in stored}
        days = {name: date.fromisoformat(values[name]) if values[name] else None for name in DATES}
        return cls(**(values | days | {"outcomes": tuple(values["outcomes"])}))

    @property
    def initials(self) -> str:
        """The name as somebody under protection shows it."""
        return initials_of(self.name)


def initials_of(name: str) -> str:
    """What a name is masked with: 'A. L.'. Where a letter is a word or a syllable, initials could be all of a name, so
    they are never more than a third of its letters: else the first alone, 李. of 李 小龙, else none.
    """
    letters = sum(_is_letter(letter) for letter in name)
    firsts = [first for part in name.split() if (first := next(filter(_is_letter, part), ""))]
    for shown in (firsts, firsts[:1]):
        if 0 < len(shown) * 3 <= letters:
            return " ".join(f"{first.upper()}." for first in shown)
    return MASKED


def printable(text: str) -> str:
    """A text made fit to print: composed letters, single spaces, nothing invisible that could turn it about."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(letter for letter in composed if _is_kept(letter)).split())


def _is_letter(letter: str) -> bool:
    """Or a vowel written as a mark, which is as much of a name."""
    return unicodedata.category(letter)[0] in "LM"


def _is_kept(letter: str) -> bool:
    return letter.isspace() or letter in JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Co", "Cs")
