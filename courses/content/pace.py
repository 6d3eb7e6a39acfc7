"""How long a part takes, so that the minutes told to somebody between two clinics are honest.

Reading goes at 200 words a minute. A decision in a story takes one, its choices and what comes of them included. So
does a question whose lines are put in place; any other takes three quarters. Folded text is for some readers only and
counts half. Stories, films and places to write may be skipped, and are counted all the same.
"""

from collections.abc import Iterable
from typing import Any

from courses.content.wording import words

WORDS_A_MINUTE = 200
# Minutes for what is answered, whatever its words
A_DECISION = PLACED = 1.0
CHOSEN = 0.75
ANSWERED = {"survey": 0.5, "reflection": 0.5, "tomorrow": 0.5}


def minutes_needed(body: Iterable[tuple[str, Any]]) -> float:
    """How long these blocks take, each given as its kind and its plain value."""
    return sum(_minutes(kind, value) for kind, value in body)


def _minutes(kind: str, value: Any) -> float:
    if kind == "final_check":
        return value["ask"] * sum(map(_question, value["questions"])) / len(value["questions"])
    if kind == "knowledge_check":
        return _question(value)
    if kind == "scenario":
        return _story(value)
    if kind in ANSWERED:
        return ANSWERED[kind]
    return _reading(value) * (0.5 if kind == "details" else 1)


def _question(question: dict[str, Any]) -> float:
    return PLACED if question["kind"] in {"order", "match"} else CHOSEN


def _story(story: dict[str, Any]) -> float:
    """Its decisions and its telling, each step by how likely it is met if every choice is as likely as another."""
    met = {story["steps"][0]["key"]: 1.0}
    told = _reading([story["intro"], story["debrief"]])
    for step in story["steps"]:
        likely = met.get(step["key"], 0.0)
        told += likely * (A_DECISION + _reading(step["text"]))
        for choice in step["choices"]:
            met[choice["goes_to"]] = met.get(choice["goes_to"], 0.0) + likely / len(step["choices"])
    return told


def _reading(part: Any) -> float:
    return words(part) / WORDS_A_MINUTE
