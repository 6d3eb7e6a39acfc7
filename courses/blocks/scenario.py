"""A story in steps that only lead onward; no way through it is recorded."""

from wagtail import blocks

from courses.cards import StoryCard, story_card
from courses.content.schema import Scenario

from .checked import CheckedBlock
from .rich_text import RichTextBlock


class ChoiceBlock(blocks.StructBlock):
    """One thing the learner could do. The consequence is what the person feels able to do next."""

    key = blocks.CharBlock(max_length=60)
    text = blocks.CharBlock(max_length=400)
    consequence = RichTextBlock()
    goes_to = blocks.CharBlock(max_length=60, help_text="The key of a later step, or 'debrief'")


class StepBlock(blocks.StructBlock):
    """A moment of the story, and what could be done."""

    key = blocks.CharBlock(max_length=60)
    text = RichTextBlock()
    choices = blocks.ListBlock(ChoiceBlock(), min_num=2)


class ScenarioBlock(CheckedBlock):
    """A short branching story, each way ending in the debrief."""

    part = Scenario
    key = blocks.CharBlock(max_length=60)
    title = blocks.CharBlock(max_length=160)
    intro = RichTextBlock()
    steps = blocks.ListBlock(StepBlock(), min_num=1)
    debrief = RichTextBlock()

    def card(self, part: Scenario, number: int) -> StoryCard:
        """As it stands before anyone has touched it."""
        return story_card(part, number=number)

    class Meta:
        icon = "arrows-up-down"
        template = "courses/blocks/scenario.html"
