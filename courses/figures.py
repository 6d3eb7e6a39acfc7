"""A course in numbers, as its authors may see it: where people stop, which questions are hard, which ways they choose.

Pure. Every count passes `training.strategy.suppress` before it leaves: of ten people or more, to the nearest 5, and
none that could be worked out from the others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags

from courses.content.branches import DEBRIEF
from courses.content.questions import Question
from courses.content.schema import Scenario
from courses.keeping.confidence import Confidence
from courses.outline import Outline
from training.strategy.disclosure import Sum
from training.strategy.suppress import Audience, Count, suppress

FINISHED = "finished"
UNDER_WAY = "under way"
GONE = ""  # a part that the newest edition no longer has


@dataclass(frozen=True, slots=True)
class Facts:
    """What was counted, of people. `places` says where each is: FINISHED, UNDER_WAY or the part they left off in.

    `questions` gives right the first time, and answered; `choices` gives, of a story, who took which choice at which
    step; `useful` gives how many said 4 or 5 of 5, and how many said anything.
    """

    places: Mapping[str, int]
    questions: Mapping[str, tuple[int, int]]
    choices: Mapping[str, Mapping[tuple[str, str], int]]
    useful: tuple[int, int]


def shown(facts: Facts, outline: Outline, questions: Iterable[Question], stories: Iterable[Scenario]) -> dict[str, Any]:
    """All of it as plain texts, with `*` for what is hidden."""
    asked = [question for question in questions if question.key in facts.questions]
    return {
        "places": places(facts.places, outline),
        "questions": _questions(asked, facts.questions),
        "stories": [
            {"title": story.title, "steps": steps(story, facts.choices[story.key])}
            for story in stories
            if story.key in facts.choices
        ],
        "useful": _share(*facts.useful),
    }


def places(counted: Mapping[str, int], outline: Outline) -> list[dict[str, str]]:
    """Where those are who began: everybody is in one place."""
    titles = {lesson.slug: f"Left off in part {lesson.number}: {lesson.title}" for lesson in outline.lessons}
    titles[GONE] = "Left off in a part that is no longer there"
    known = {FINISHED, UNDER_WAY, *titles}
    parts = {("place", place): 0 for place in (FINISHED, UNDER_WAY, *titles)}
    for place, people in counted.items():
        parts["place", place if place in known else GONE] += people
    cells: dict[tuple[str, ...], Count | None] = {key: Count(people) for key, people in parts.items()}
    cells["begun",] = Count(sum(parts.values()))
    figures = suppress(cells, Audience.AUTHORS, [Sum(("begun",), tuple(parts))])
    named = {FINISHED: "Finished", UNDER_WAY: "Busy with it in the last 30 days", **titles}
    rows = [{"title": "Began", "people": figures["begun",].numerator_text}]
    gone = parts["place", GONE]
    return rows + [
        {"title": title, "people": figures["place", place].numerator_text}
        for place, title in named.items()
        if place != GONE or gone
    ]


def felt(told: Mapping[str, Confidence], statements: Mapping[str, str]) -> list[dict[str, str]]:
    """How sure the same people felt before and after, from 1 to 5, and the share that felt surer."""
    return [
        {"text": text, "before": f"{one.mean_before:.1f}", "after": f"{one.mean_after:.1f}"}
        | _share(one.moved_up, one.people)
        for key, text in statements.items()
        if (one := told.get(key))
    ]


def _questions(asked: Sequence[Question], counted: Mapping[str, tuple[int, int]]) -> list[dict[str, str]]:
    rows = [{"prompt": question.prompt, **_share(*counted[question.key])} for question in asked]
    return sorted(rows, key=lambda row: (row["share"] == "*", int(row["share"].rstrip("%").replace("*", "0"))))


def _share(some: int, people: int) -> dict[str, str]:
    """So many of so many people, and the share."""
    figure = suppress({("one",): Count(some, people)}, Audience.AUTHORS)["one",]
    whole = suppress({("all",): Count(people)}, Audience.AUTHORS)["all",]
    return {"people": whole.numerator_text, "share": figure.percent_text.replace("n/a", "*")}


def steps(story: Scenario, counted: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    """Each step's choices with how many took them.

    Who comes to a step took a choice that leads there, so all the counts of a story are weighed together.
    """
    cells: dict[tuple[str, ...], Count | None] = {}
    into: dict[str, list[tuple[str, ...]]] = {}
    sums = []
    for step in story.steps:
        choices = tuple(("choice", step.key, choice.key) for choice in step.choices)
        cells |= {key: Count(counted.get((key[1], key[2]), 0)) for key in choices}
        cells["step", step.key] = Count(sum(counted.get((key[1], key[2]), 0) for key in choices))
        sums.append(Sum(("step", step.key), choices))
        for choice, key in zip(step.choices, choices, strict=True):
            into.setdefault(choice.goes_to, []).append(key)
    sums += [
        Sum(("step", story.steps[0].key) if goes_to == DEBRIEF else ("step", goes_to), tuple(keys))
        for goes_to, keys in into.items()
    ]
    figures = suppress(cells, Audience.AUTHORS, sums)
    return [
        {
            "text": " ".join(strip_tags(step.text.replace("</p>", " ")).split()),
            "people": figures["step", step.key].numerator_text,
            "choices": [
                {"text": choice.text, "people": figures["choice", step.key, choice.key].numerator_text}
                for choice in step.choices
            ],
        }
        for step in story.steps
    ]
