"""What a job title may mean: role groups whose titles, or the titles that are usual in them, are like it.

A suggestion is shown with what it is like and is never taken by itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from rapidfuzz import fuzz

from .headers import plain

USUAL = Path(__file__).resolve().parents[1] / "data" / "job_titles.yaml"
ALIKE = 62  # of 100: below it two titles are not called alike
MOST = 3
# Words that say how senior somebody is, or how they are paid, and not what they do.
NO_MATTER = frozenset(
    ("senior", "junior", "lead", "deputy", "assistant", "bank", "band", "acting", "interim", "trainee", "student")
) | frozenset(("the", "of", "and", "in", "a"))
SHORT_FOR = {
    "hca": "healthcare assistant",
    "cpn": "community mental health nurse",
    "rmn": "community mental health nurse",
    "rgn": "registered nurse",
    "pc": "police constable",
    "dc": "detective constable",
    "ps": "police sergeant",
    "sw": "social worker",
    "ta": "teaching assistant",
    "tas": "teaching assistant",
    "pso": "probation service officer",
    "dsl": "designated safeguarding lead",
    "ed": "emergency department",
    "admin": "administrator",
    "hv": "health visitor",
    "ot": "occupational therapist",
    "mw": "midwife",
    "snr": "senior",
    "asst": "assistant",
    "mgr": "manager",
    "offr": "officer",
    "comm": "community",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A role group that a title may mean, how alike of 100, and the title it is like."""

    role_group: str
    score: int
    like: str


class Suggester:
    """Likens titles to what is known: role groups' own titles, what HR said before, and usual titles."""

    def __init__(self, role_groups: Iterable[tuple[str, str]], said: Mapping[str, str]) -> None:
        groups = dict(role_groups)
        known = [(title, code) for code, titles in usual_titles().items() if code in groups for title in titles]
        known += [(title, code) for code, title in groups.items()]
        known += list(said.items())
        self.titles = [title for title, _code in known]
        self.codes = [code for _title, code in known]
        self.words = [in_words(title) for title in self.titles]

    def suggest(self, title: str) -> list[Suggestion]:
        """Up to three role groups, the likest first; none where nothing is like it."""
        words = in_words(title)
        found: dict[str, Suggestion] = {}
        scores = sorted((-_alike(words, known), place) for place, known in enumerate(self.words))
        for minus, place in scores:
            if -minus < ALIKE:
                break
            code = self.codes[place]
            found.setdefault(code, Suggestion(code, round(-minus), self.titles[place]))
        return list(found.values())[:MOST]


def _alike(one: str, other: str) -> float:
    """Of 100: mostly the words that both have, and a little the order they stand in."""
    return 0.7 * fuzz.token_set_ratio(one, other) + 0.3 * fuzz.ratio(one, other)


def in_words(title: str) -> str:
    """A title in small letters, its short forms written out, without rank and pay."""
    words = " ".join(SHORT_FOR.get(word, word) for word in plain(title).split()).split()
    kept = [word for word in words if word not in NO_MATTER and not word.isdigit()]
    return " ".join(kept or words)


@cache
def usual_titles() -> dict[str, list[str]]:
    """The packaged titles, by role group."""
    return yaml.safe_load(USUAL.read_text(encoding="utf-8"))
