"""A question asked on the way, with feedback for every answer; marked on the server."""

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from courses.cards import QuestionCard, question_card
from courses.content.questions import KnowledgeCheck

from .checked import CheckedBlock

KINDS = [
    ("single", "One answer"),
    ("multiple", "Several answers"),
    ("order", "Put in order"),
    ("match", "Match, or sort into groups"),
]


class OptionBlock(blocks.StructBlock):
    """An answer and what to say to who chose it; or a thing to put in its place, and why it belongs there."""

    key = blocks.CharBlock(max_length=60)
    text = blocks.CharBlock(max_length=400)
    correct = blocks.BooleanBlock(required=False, default=False, help_text="Where answers are chosen")
    goes_with = blocks.CharBlock(
        max_length=60, required=False, default="", help_text="For matching: the key of its group"
    )
    feedback = blocks.TextBlock()


class GroupBlock(blocks.StructBlock):
    """Where options can be put."""

    key = blocks.CharBlock(max_length=60)
    text = blocks.CharBlock(max_length=160, help_text="A phone shows about 25 letters of it")


class QuestionBlock(blocks.StructBlock):
    """What every question has, in a lesson or in the pool of the final check."""

    key = blocks.CharBlock(max_length=60, help_text="A short name, used once in the course: small letters and hyphens")
    kind = blocks.ChoiceBlock(choices=KINDS)
    prompt = blocks.TextBlock(label="Question")
    image = ImageChooserBlock(
        required=False, help_text="If the question is about a picture, its options name places that can be seen in it"
    )
    alt = blocks.CharBlock(
        max_length=300,
        required=False,
        default="",
        help_text="What the picture shows: enough to answer without seeing it",
    )
    groups = blocks.ListBlock(GroupBlock(), default=[], help_text="For matching only: two or more")
    options = blocks.ListBlock(
        OptionBlock(), min_num=3, help_text="To put in order: write them in the right order. Learners meet them mixed."
    )
    explanation = blocks.TextBlock(help_text="Shown once it has been answered rightly")
    read_again = blocks.CharBlock(max_length=60, help_text="The slug of the lesson to read again")


class KnowledgeCheckBlock(CheckedBlock, QuestionBlock):
    """One question. `read_again` names the part of the course that answers it."""

    part = KnowledgeCheck

    def card(self, part: KnowledgeCheck, number: int) -> QuestionCard:
        """As it stands before anyone has touched it."""
        return question_card(part, number=number, is_open=False)

    class Meta:
        icon = "help"
        template = "courses/blocks/knowledge_check.html"
