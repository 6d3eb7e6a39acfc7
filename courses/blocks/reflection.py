"""A place to write for oneself. What is written is sealed, and opens for its author alone."""

from wagtail import blocks

from courses.content.keeping import Reflection
from courses.keeping.cards import NoteCard, note_card

from .checked import CheckedBlock


class ReflectionBlock(CheckedBlock):
    """One question to write about. Under the same key a learner finds what they wrote, whatever the edition."""

    part = Reflection
    key = blocks.CharBlock(max_length=60, help_text="A short name, used once in the course. Do not change it later")
    text = blocks.TextBlock(label="Question", help_text="Ask about the learner's own practice, never about a real case")

    def card(self, part: Reflection, number: int) -> NoteCard:
        """As it stands before anyone has written."""
        return note_card(part, number=number)

    class Meta:
        icon = "edit"
        label = "Write for yourself"
        template = "courses/blocks/reflection.html"
