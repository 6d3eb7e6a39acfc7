"""A lesson's pieces with what this learner has done in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from courses import cards
from courses.content.keeping import Reflection, Survey
from courses.content.questions import KnowledgeCheck
from courses.content.schema import Scenario, Tomorrow
from courses.content.told import Directory
from courses.forms import AnswerForm
from courses.keeping.drawing import own_note, own_survey
from courses.models import Answer, Attempt
from courses.outline import Outline
from courses.pieces import Piece
from courses.selectors import local_services
from courses.stories import read_way

ANSWERED_ELSEWHERE = "This question was answered on another page meanwhile. What was kept then is shown here."


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the pieces are drawn from. `asked` is the address's query, `refused` what could not be kept."""

    attempt: Attempt
    lesson: str
    outline: Outline
    answers: Mapping[str, Answer]
    asked: Mapping[str, str]
    refused: Mapping[str, AnswerForm]
    on: date

    def drawn(self, piece: Piece) -> dict[str, Any]:
        """One piece for the page's template: finished mark-up, or a card and its template."""
        return {
            "html": piece.html,
            "card": self._card(piece),
            "template": f"courses/blocks/{piece.kind}.html",
            "kept_at": self._kept_at(piece),
        }

    def _kept_at(self, piece: Piece) -> datetime | None:
        """When the answer that is shown was kept."""
        answer = self.answers.get(piece.part.key) if isinstance(piece.part, KnowledgeCheck) else None
        return answer.answered_at if answer else None

    def _card(self, piece: Piece) -> Any:
        if isinstance(piece.part, KnowledgeCheck):
            return self._question(piece.part, piece.number)
        if isinstance(piece.part, Scenario):
            is_told = self.asked.get("story") == str(piece.number)
            way = read_way(self.asked.get("way", "")) if is_told else ()
            return cards.story_card(piece.part, number=piece.number, way=way)
        if isinstance(piece.part, Reflection):
            return own_note(self.attempt, self.lesson, piece.part, number=piece.number)
        if isinstance(piece.part, Survey):
            return own_survey(self.attempt, self.lesson, piece.part, number=piece.number)
        if isinstance(piece.part, Tomorrow):
            return cards.tomorrow_card(piece.part, chosen=self.attempt.tomorrow, is_open=self.attempt.is_open)
        if isinstance(piece.part, Directory):
            services = local_services(self.attempt, piece.part.service, on=self.on)
            return cards.directory_card(piece.part, services, number=piece.number)
        return None

    def _question(self, check: KnowledgeCheck, number: int) -> cards.QuestionCard:
        answer = self.answers.get(check.key)
        form = self.refused.get(check.key)
        return cards.question_card(
            check,
            number=number,
            chosen=answer.chosen if answer else None,
            is_correct=bool(answer and answer.is_correct),
            is_open=self.attempt.is_open,
            given=form.given if form else None,
            times=answer.times if answer else 0,
            error=form.error if form else "",
            read_again=read_again(self.outline, self.attempt.course.slug, check.read_again, here=self.lesson),
        )


def read_again(outline: Outline, course: str, slug: str, *, here: str = "") -> cards.ReadAgain | None:
    """The lesson that answers a question, if the edition has it; `here` is the one whose page asks."""
    found = outline.lesson(slug)
    return cards.ReadAgain(found.title, reverse("lesson", args=[course, slug]), slug == here) if found else None
