"""The parts of a lesson that answer to the learner, as rows for their templates."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from courses.content.questions import Question
from courses.content.schema import Scenario, Tomorrow
from courses.content.told import Directory
from courses.draw import shown
from courses.pictures import picture
from courses.stories import Turn, Walk, walk

if TYPE_CHECKING:
    from courses.models import LocalService


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Where an option can be put."""

    key: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One answer, or one thing to put in its place. `verdict` is 'right' or 'wrong' once chosen and marked, else ''."""

    key: str
    text: str
    is_chosen: bool
    verdict: str
    feedback: str
    places: tuple[PlaceRow, ...] = ()

    @property
    def place(self) -> str:
        """Where it has been put, in words."""
        return next((place.text for place in self.places if place.is_chosen), "")


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """Where a question is answered: in another part, or on the page that asks it."""

    title: str
    url: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question, what was chosen, and what to say to that. `place` is its anchor on the page.

    `times` is how often it has been answered: a page sends it back, so that the same page sent twice counts once.
    """

    key: str
    place: str
    number: int
    prompt: str
    kind: str
    options: tuple[OptionRow, ...]
    explanation: str
    picture: SafeString = SafeString("")
    times: int = 0
    is_answered: bool = False
    is_correct: bool = False
    is_open: bool = True
    error: str = ""
    read_again: ReadAgain | None = None

    @property
    def is_single(self) -> bool:
        """Whether one answer is chosen."""
        return self.kind == "single"

    @property
    def is_placed(self) -> bool:
        """Whether every option is given a place."""
        return self.kind in {"order", "match"}

    @property
    def others(self) -> tuple[OptionRow, ...]:
        """The answers that were not chosen."""
        return tuple(option for option in self.options if not option.is_chosen)


def question_card(
    question: Question,
    *,
    number: int = 1,
    chosen: Collection[str] | None = None,
    given: Collection[str] | None = None,
    times: int = 0,
    is_correct: bool = False,
    is_open: bool = True,
    error: str = "",
    read_again: ReadAgain | None = None,
) -> QuestionCard:
    """The card of a question: `chosen` is None until it is answered, `given` what was sent and could not be kept."""
    is_marked = chosen is not None and given is None
    return QuestionCard(
        key=question.key,
        place=f"check-{number}",
        number=number,
        prompt=question.prompt,
        kind=question.kind,
        options=_option_rows(question, given if given is not None else chosen or (), is_marked=is_marked),
        explanation=question.explanation,
        picture=picture(question.image, question.alt),
        times=times,
        is_answered=is_marked,
        is_correct=is_correct,
        is_open=is_open,
        error=error,
        read_again=read_again,
    )


def _option_rows(question: Question, chosen: Collection[str], *, is_marked: bool) -> tuple[OptionRow, ...]:
    right, places = question.right(), question.places() if question.is_placed else []
    rows = []
    for option in shown(question):
        answers = [f"{option.key}:{place.key}" for place in places] or [option.key]
        picked = [answer for answer in answers if answer in chosen]
        verdict = ("right" if right.issuperset(picked) else "wrong") if is_marked and picked else ""
        put = tuple(
            PlaceRow(place.key, place.text, answer in picked) for place, answer in zip(places, answers, strict=False)
        )
        rows.append(OptionRow(option.key, option.text, bool(picked), verdict, option.feedback, put))
    return tuple(rows)


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


@dataclass(frozen=True, slots=True)
class DirectoryCard:
    """Local services of one kind: rows of courses.models.LocalService whose check holds today."""

    place: str
    title: str
    services: "tuple[LocalService, ...]"


def directory_card(directory: Directory, services: "Iterable[LocalService]" = (), *, number: int = 1) -> DirectoryCard:
    """The card of the list."""
    return DirectoryCard(f"services-{number}", directory.title, tuple(services))
