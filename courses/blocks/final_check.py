"""The check at the end: questions drawn from a pool. It makes its lesson the last one of the course."""

from typing import Any

from wagtail import blocks

from courses.cards import QuestionCard, question_card
from courses.content.schema import FinalCheck
from courses.plain import plain

from .checked import CheckedBlock
from .knowledge_check import QuestionBlock
from .rich_text import RichTextBlock


class FinalQuestionBlock(QuestionBlock):
    """A question of the pool, tied to the outcome it shows."""

    outcome = blocks.IntegerBlock(min_value=1, help_text="Which of the course's outcomes, counted from 1")


class FinalCheckBlock(CheckedBlock):
    """How many are asked, the pool, and what is said afterwards. The pass mark is the course's."""

    part = FinalCheck
    ask = blocks.IntegerBlock(min_value=1, help_text="How many questions are asked each time")
    intro = RichTextBlock()
    questions = blocks.ListBlock(FinalQuestionBlock(), min_num=1)
    passed = RichTextBlock(help_text="Said to those who pass")
    not_yet = RichTextBlock(help_text="Said to those who have not passed yet")

    def read(self, raw: dict[str, Any]) -> FinalCheck:
        """The check as a frozen row; title and minutes are its lesson's business."""
        lesson = {"slug": "final", "title": "Final check", "neutral_title": "Final check", "minutes": 1}
        return FinalCheck.model_validate({**lesson, **plain(raw)})

    def card(self, part: FinalCheck, number: int) -> tuple[QuestionCard, ...]:
        """The whole pool, for its author to read."""
        return tuple(question_card(question, number=number) for number, question in enumerate(part.questions, number))

    class Meta:
        icon = "tick-inverse"
        template = "courses/blocks/final_check.html"
