"""What we look for in the words of a course: safe numbers, kind terms, answers that cannot be guessed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pydantic import BaseModel

from courses.content.questions import Option, Question

# Numbers that a person has checked; a course may name no other.
CHECKED_NUMBERS = {"999", "0808 2000 247"}
DIGITS = re.compile(r"(?<!\w)\+?\d(?:[ -]?\d){2,}")
YEAR = re.compile(r"(19|20)\d\d")
# What an Act or a standard counts: 'section 121', 'QS116'.
SECTION = re.compile(r"\bsections? \d+[A-Z]*\b|\b(?:PH|QS|NG)\d+\b")
# Fields that hold a name for the program, not words for a reader.
NAMES = {"key", "slug", "type", "tone", "goes_to", "read_again", "status", "shape", "file", "captions", "link"}

# Words that blame, label or alarm, each with why we do not use it.
UNWELCOME = {
    r"non-?complian\w*": "say overdue or not yet done",
    r"fail(s|ed|ing|ure)?": "say not yet passed",
    r"offenders?": "say person who harms, unless convicted",
    r"a domestic(?! abuse)|domestics": "not a noun",
    r"DV": "say domestic abuse",
    r"trigger warnings?": "say content note",
    r"silent victims?": "blames people who cannot speak",
    r"hard[ -]to[ -]reach": "services find it hard to reach them",
    r"toxic trio": "say complex needs",
    r"why (do|does|did)(n't| not) (she|he|they|you) (just )?leave": "ask what makes it hard to be safe",
    r"honour(?=[ -]based)(?<!so-called honour)": "say so-called honour-based abuse",
    r"battered|innocent victims?|crimes? of passion": "belittles or blames",
}
# Titles and addresses that others may see on a screen say nothing of the subject.
TELLING = re.compile(
    r"abuse|domestic|coerci|control|violen|victim|harm|safe|help|law|sign|stalk|honour|marriage|fgm", re.IGNORECASE
)


def texts(part: object, where: str = "") -> Iterator[tuple[str, str]]:
    """Every piece of text with its place: ('lessons.2.title', '...')."""
    if isinstance(part, BaseModel):
        part = part.model_dump()
    if isinstance(part, str):
        yield where, part
    elif isinstance(part, dict):
        for name, value in part.items():
            if name in NAMES:
                continue
            yield from texts(value, f"{where}.{name}".lstrip("."))
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from texts(value, f"{where}.{number}".lstrip("."))


def unchecked_numbers(part: object) -> list[str]:
    """Anything that could be dialled and that nobody has checked, with its place."""
    return [
        f"{where}: {number}"
        for where, text in texts(part)
        for number in DIGITS.findall(SECTION.sub("", text))
        if number not in CHECKED_NUMBERS and not YEAR.fullmatch(number)
    ]


def unwelcome_words(part: object) -> list[str]:
    """Words we do not use, with their place and what to say instead."""
    return [
        f"{where}: '{found.group()}' ({reason})"
        for where, text in texts(part)
        for pattern, reason in UNWELCOME.items()
        for found in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
    ]


def longest_is_correct(questions: Sequence[Question]) -> float:
    """The share of questions a learner would get by always picking the longest option."""
    return _share(max(question.options, key=_length).correct for question in questions)


def shortest_is_correct(questions: Sequence[Question]) -> float:
    """The same for the shortest option, which is what over-careful editing leads to."""
    return _share(min(question.options, key=_length).correct for question in questions)


def _length(option: Option) -> int:
    return len(option.text)


def _share(answers: Iterable[bool]) -> float:
    found = list(answers)
    return sum(found) / len(found)


def commonest_place(questions: Sequence[Question]) -> float:
    """The share of single choices a learner would get by always picking the same place in the list."""
    places = [
        number
        for question in questions
        if question.kind == "single"
        for number, option in enumerate(question.options)
        if option.correct
    ]
    return max(Counter(places).values()) / len(places)


def words(part: object) -> int:
    """How many words the learner could read, tags apart."""
    return sum(len(_prose(text).split()) for _, text in texts(part))


def school_year(part: object) -> float:
    """The Flesch-Kincaid grade: about five more is the age at which the text reads easily (grade 7, age 12)."""
    prose = " ".join(_prose(text) for _, text in texts(part))
    sentences = len(re.findall(r"[.!?:](?:\s|$)", prose)) or 1
    found = re.findall(r"[a-z']+", prose.lower()) or [""]
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", word.removesuffix("e")))) for word in found)
    return 0.39 * len(found) / sentences + 11.8 * syllables / len(found) - 15.59


def _prose(html: str) -> str:
    """Text without tags; what ends a line on the screen ends a sentence."""
    ended = re.sub(r"(?<![.!?:])</(?:p|li|h2|h3)>", ". ", html)
    return re.sub(r"<[^>]+>", " ", ended)
