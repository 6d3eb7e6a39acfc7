"""Competence text as the Electronic Staff Record writes it: 'NHS|CSTF|Fire Safety - 2 Years|'. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

PERIOD = re.compile(r"\s+-\s+(\d{1,3}|one|two|three|four|five) (year|month)s?(?: only)?\s*$", re.IGNORECASE)
NO_PERIOD = re.compile(
    r"\s+-\s+(?:no (?:renewal|expiry|specified renewal)|non[- ]renewable|once only)\s*$", re.IGNORECASE
)
WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
NATIONAL_MARK = re.compile(r"^\d{3} (?=\D)")


@dataclass(frozen=True, slots=True)
class Competence:
    """A title without its wrapping; who gives it, as far as the text says; and how long it is said to last."""

    title: str
    provider: str = ""
    months: int | None = None


def parse(text: str) -> Competence:
    """What a competence text or a plain title says."""
    provider = ""
    parts = [part.strip() for part in text.split("|")]
    if len(parts) > 1:
        filled = [part for part in parts if part]
        *before, text = filled or [""]
        provider = " ".join(before)
    text = text.strip()
    months = None
    if found := PERIOD.search(text):
        number = WORDS.get(found[1].lower()) or int(found[1])
        months = number * (12 if found[2].lower() == "year" else 1)
        text = text[: found.start()]
    elif found := NO_PERIOD.search(text):
        text = text[: found.start()]
    return Competence(NATIONAL_MARK.sub("", text).strip(), provider, months)


def build(prefix: str, title: str, months: int | None) -> str:
    """The text that an agency's own system takes for its competence: '457|LOCAL|Clinical Risk - 3 Years|'."""
    safe = " ".join(title.replace("|", " ").split())
    period = ""
    if months:
        number, word = divmod(months, 12)[0], "Year"
        if months % 12:
            number, word = months, "Month"
        period = f" - {number} {word}{'' if number == 1 else 's'}"
    return f"{prefix}|LOCAL|{safe}{period}|"


@lru_cache(maxsize=1 << 16)
def key(text: str) -> str:
    """A title or a provider as it is compared: small letters and figures, whatever stands between them."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold().replace("&", " and ")).split())[:200]
