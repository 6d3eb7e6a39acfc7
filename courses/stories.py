"""Walking through a story by the numbers of the choices taken. Nothing of the way is kept."""

from dataclasses import dataclass

from courses.content.branches import DEBRIEF
from courses.content.schema import Choice, Scenario, Step


@dataclass(frozen=True, slots=True)
class Turn:
    """A moment of the story and what was chosen there."""

    step: Step
    choice: Choice


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a story has been told: the turns taken, and the step that waits for a choice, if any."""

    turns: tuple[Turn, ...]
    waiting: Step | None
    way: tuple[int, ...]

    @property
    def is_over(self) -> bool:
        """Whether the debrief has been reached."""
        return self.waiting is None


def walk(scenario: Scenario, way: tuple[int, ...]) -> Walk:
    """Follow the choices, counted from 1, as far as they make sense; the rest is ignored."""
    steps = {step.key: step for step in scenario.steps}
    waiting: Step | None = scenario.steps[0]
    turns: list[Turn] = []
    for number in way:
        if waiting is None or not 1 <= number <= len(waiting.choices):
            break
        choice = waiting.choices[number - 1]
        turns.append(Turn(waiting, choice))
        waiting = None if choice.goes_to == DEBRIEF else steps[choice.goes_to]
    return Walk(tuple(turns), waiting, way[: len(turns)])


def read_way(text: str) -> tuple[int, ...]:
    """'1-3' as (1, 3); anything else as nowhere yet."""
    numbers = text.split("-")
    return tuple(int(number) for number in numbers) if all(n.isdecimal() and len(n) < 4 for n in numbers) else ()
