"""The branches of a story as its author sees them: a map, and what is wrong with it in words.

Reads what is half written too, so that the map can be looked at while the story grows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

DEBRIEF = "debrief"
NAMED_BY = 40


@dataclass(frozen=True, slots=True)
class Way:
    """One choice of a step, and the key of the step it leads to."""

    text: str
    goes_to: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of a story and what could be done there."""

    key: str
    text: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class MapWay:
    """A choice on the map. `number` is that of the step it leads to, none for the debrief or where it leads nowhere."""

    text: str
    leads_to: str
    number: int | None
    fault: str


@dataclass(frozen=True, slots=True)
class MapStep:
    """A step on the map, counted from 1, with its choices and what is wrong with it."""

    number: int
    title: str
    ways: tuple[MapWay, ...]
    fault: str


def first_words(text: str) -> str:
    """What a step or a choice is called: its first words, without tags."""
    words = " ".join(re.sub(r"<[^>]+>", " ", text).split())
    return words if len(words) <= NAMED_BY else f"{words[:NAMED_BY].rsplit(' ', 1)[0].rstrip('.,;:')}..."


def story_map(moments: Sequence[Moment]) -> tuple[MapStep, ...]:
    """The steps in order, each way out followed."""
    numbers = {moment.key: number for number, moment in reversed(list(enumerate(moments, 1)))}
    reached = {way.goes_to for moment in moments for way in moment.ways} | {moment.key for moment in moments[:1]}
    return tuple(
        MapStep(
            number,
            first_words(moment.text),
            tuple(_way(way, number, moments, numbers) for way in moment.ways),
            _step_fault(moment, number, reached, numbers),
        )
        for number, moment in enumerate(moments, 1)
    )


def faults(moments: Sequence[Moment]) -> list[str]:
    """Dead ends, ways back, steps that nothing leads to: each with the words of its step and choice."""
    found = []
    for step in story_map(moments):
        if step.fault:
            found.append(f"Step {step.number} ('{step.title}'): {step.fault}.")
        found += [
            f"In step {step.number} ('{step.title}'), the choice '{way.text}' {way.fault}."
            for way in step.ways
            if way.fault
        ]
    return found


def _step_fault(moment: Moment, number: int, reached: set[str], numbers: dict[str, int]) -> str:
    if moment.key == DEBRIEF:
        return "its key is 'debrief', which stands for the end of the story"
    if numbers[moment.key] != number:
        return f"has the same key as step {numbers[moment.key]}, '{moment.key}'"
    if moment.key not in reached:
        return "no choice leads to it, so nobody would ever see it"
    return "" if moment.ways else "a dead end: it has no choices"


def _way(way: Way, here: int, moments: Sequence[Moment], numbers: dict[str, int]) -> MapWay:
    text = first_words(way.text)
    if way.goes_to == DEBRIEF:
        return MapWay(text, "Looking back", None, "")
    there = numbers.get(way.goes_to)
    if there is None:
        fault = f"is a dead end: no step has the key '{way.goes_to}'" if way.goes_to else "is a dead end: say where to"
        return MapWay(text, "Nowhere", None, fault)
    title = first_words(moments[there - 1].text)
    if there <= here:
        return MapWay(
            text, f"Step {there}: {title}", there, f"leads back to step {there} ('{title}'), round in circles"
        )
    return MapWay(text, f"Step {there}: {title}", there, "")
