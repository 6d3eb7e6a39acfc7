"""The parts of a lesson that answer to the learner, as rows for their templates."""

from collections.abc import Collection
from dataclasses import dataclass

from courses.content.schema import Question, Scenario, Tomorrow
from courses.stories import Turn, Walk, walk


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One answer. `verdict` is 'right' or 'wrong' for one that was chosen and marked, else ''."""

    key: str
    text: str
    is_chosen: bool
    verdict: str
    feedback: str


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """Where a question is answered."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question, what was chosen, and what to say to that. `place` is its anchor on the page."""

    key: str
    place: str
    number: int
    prompt: str
    is_single: bool
    options: tuple[OptionRow, ...]
    explanation: str
    is_answered: bool = False
    is_correct: bool = False
    is_open: bool = True
    error: str = ""
    read_again: ReadAgain | None = None

    @property
    def others(self) -> tuple[OptionRow, ...]:
        """The answers that were not chosen."""
        return tuple(option for option in self.options if not option.is_chosen)


def question_card(
    question: Question,
    *,
    number: int = 1,
    chosen: Collection[str] | None = None,
    is_correct: bool = False,
    is_open: bool = True,
    error: str = "",
    read_again: ReadAgain | None = None,
) -> QuestionCard:
    """The card of a question; `chosen` is None until it has been answered."""
    options = tuple(
        OptionRow(
            key=option.key,
            text=option.text,
            is_chosen=chosen is not None and option.key in chosen,
            verdict=("right" if option.correct else "wrong") if chosen is not None and option.key in chosen else "",
            feedback=option.feedback,
        )
        for option in question.options
    )
    return QuestionCard(
        key=question.key,
        place=f"check-{number}",
        number=number,
        prompt=question.prompt,
        is_single=question.kind == "single",
        options=options,
        explanation=question.explanation,
        is_answered=chosen is not None,
        is_correct=is_correct,
        is_open=is_open,
        error=error,
        read_again=read_again,
    )


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One thing the learner could do, and where pressing it leads."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story as far as it has been told. Addresses carry numbers alone, so that none gives the story away."""

    place: str
    title: str
    intro: str
    turns: tuple[Turn, ...]
    moment: str
    choices: tuple[ChoiceRow, ...]
    debrief: str
    again_url: str


def story_card(scenario: Scenario, *, number: int = 1, way: tuple[int, ...] = ()) -> StoryCard:
    """The card of a story after these choices."""
    told: Walk = walk(scenario, way)
    place = f"story-{number}"
    choices: tuple[ChoiceRow, ...] = ()
    if told.waiting is not None:
        choices = tuple(
            ChoiceRow(choice.text, f"?story={number}&way={_joined((*told.way, n))}#{place}-now")
            for n, choice in enumerate(told.waiting.choices, start=1)
        )
    return StoryCard(
        place=place,
        title=scenario.title,
        intro=scenario.intro,
        turns=told.turns,
        moment=told.waiting.text if told.waiting else "",
        choices=choices,
        debrief=scenario.debrief if told.is_over else "",
        again_url=f"?story={number}#{place}",
    )


def _joined(way: tuple[int, ...]) -> str:
    return "-".join(map(str, way))


@dataclass(frozen=True, slots=True)
class TomorrowCard:
    """What may be chosen for tomorrow, and what has been."""

    options: tuple[OptionRow, ...]
    is_kept: bool
    is_open: bool


def tomorrow_card(tomorrow: Tomorrow, *, chosen: Collection[str] = (), is_open: bool = True) -> TomorrowCard:
    """The card of the list."""
    options = tuple(
        OptionRow(option.key, option.text, is_chosen=option.key in chosen, verdict="", feedback="")
        for option in tomorrow.options
    )
    return TomorrowCard(options, is_kept=bool(chosen), is_open=is_open)
