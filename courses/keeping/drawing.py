"""A lesson's places to keep something, with what this learner has kept there."""

from django.urls import reverse

from courses.content.keeping import Reflection, Survey
from courses.models import Attempt

from .cards import NoteCard, SurveyCard, note_card, survey_card
from .notes import note_at
from .seal import can_seal
from .survey import state_of


def own_note(attempt: Attempt, lesson: str, reflection: Reflection, *, number: int) -> NoteCard:
    """One's note at a reflection. It can be written on after the course is finished, too."""
    kept = note_at(attempt.person, attempt.course, reflection.key)
    url = reverse("note-write", args=[attempt.course.slug, lesson]) if can_seal() else ""
    return note_card(reflection, number=number, kept=kept, url=url)


def own_survey(attempt: Attempt, lesson: str, survey: Survey, *, number: int) -> SurveyCard:
    """A survey as it stands in this run."""
    url = reverse("survey-answer", args=[attempt.course.slug, lesson])
    return survey_card(survey, number=number, state=state_of(attempt, survey), url=url)
