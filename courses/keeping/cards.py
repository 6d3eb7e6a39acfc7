"""What a learner keeps, as rows for the templates of its blocks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from courses.content.keeping import Reflection, Statement, Survey

TAPS = (
    (1, "Not at all sure"),
    (2, "A little sure"),
    (3, "Fairly sure"),
    (4, "Sure"),
    (5, "Very sure"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A note as its author sees it. One that `is_lost` cannot be opened: its key is gone. `window` wrote it last."""

    uid: UUID
    course: str
    prompt: str
    text: str
    number: int
    written_at: datetime
    is_lost: bool = False
    window: str = ""


@dataclass(frozen=True, slots=True)
class NoteCard:
    """A place to write. `seen` is the number of the words that are kept, `window` a new name for this drawing of it.

    Without an address nothing can be written. With an `error`, `text` is what was typed and `kept_text` what is kept.
    """

    place: str
    key: str
    prompt: str
    text: str = ""
    seen: int = 0
    written_at: datetime | None = None
    url: str = ""
    is_lost: bool = False
    error: str = ""
    kept_text: str = ""
    window: str = ""


def note_card(
    reflection: Reflection,
    *,
    number: int = 1,
    kept: Kept | None = None,
    url: str = "",
    typed: str | None = None,
    error: str = "",
) -> NoteCard:
    """The card of a reflection, with what is kept there, or with what was typed and could not be kept."""
    text = kept.text if kept else ""
    return NoteCard(
        place=f"note-{number}",
        key=reflection.key,
        prompt=reflection.text,
        text=text if typed is None else typed,
        seen=kept.number if kept else 0,
        written_at=kept.written_at if kept else None,
        url=url,
        is_lost=kept.is_lost if kept else False,
        error=error,
        kept_text=text,
        window=uuid4().hex,
    )


@dataclass(frozen=True, slots=True)
class SurveyCard:
    """How sure one feels. `state` is 'asked', 'answered', 'not_before' (skipped then, so not asked now) or 'off'."""

    place: str
    key: str
    is_before: bool
    statements: tuple[Statement, ...]
    taps: tuple[tuple[int, str], ...] = TAPS
    state: str = "asked"
    url: str = ""


def survey_card(survey: Survey, *, number: int = 1, state: str = "asked", url: str = "") -> SurveyCard:
    """The card of a survey. What was answered is not shown again: it cannot be changed."""
    return SurveyCard(
        place=f"survey-{number}",
        key=survey.key,
        is_before=survey.moment == "before",
        statements=tuple(survey.statements),
        state=state,
        url=url,
    )
