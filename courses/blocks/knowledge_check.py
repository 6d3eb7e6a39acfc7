"""A question asked on the way, with feedback for every answer; marked on the server."""

from wagtail import blocks

from courses.cards import QuestionCard, question_card
from courses.content.schema import KnowledgeCheck

from .checked import CheckedBlock


class OptionBlock(blocks.StructBlock):
    """One answer, and what to say to somebody who chose it."""

    key = blocks.CharBlock(max_length=60)
    text = blocks.CharBlock(max_length=400)
    correct = blocks.BooleanBlock(required=False)
    feedback = blocks.TextBlock()


class KnowledgeCheckBlock(CheckedBlock):
    """One question. `read_again` names the part of the course that answers it."""

    part = KnowledgeCheck
    key = blocks.CharBlock(max_length=60, help_text="A short name, used once in the course: small letters and hyphens")
    kind = blocks.ChoiceBlock(choices=[("single", "One answer"), ("multiple", "Several answers")])
    prompt = blocks.TextBlock(label="Question")
    options = blocks.ListBlock(OptionBlock(), min_num=3)
    explanation = blocks.TextBlock(help_text="Shown once it has been answered rightly")
    read_again = blocks.CharBlock(max_length=60, help_text="The slug of the lesson to read again")

    def card(self, part: KnowledgeCheck) -> QuestionCard:
        """As it stands before anyone has touched it."""
        return question_card(part, is_open=False)

    class Meta:
        icon = "help"
        template = "courses/blocks/knowledge_check.html"
