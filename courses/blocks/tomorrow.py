"""What I will do tomorrow: chosen from a list, never typed."""

from wagtail import blocks

from courses.cards import TomorrowCard, tomorrow_card
from courses.content.schema import Tomorrow

from .checked import CheckedBlock


class TomorrowOptionBlock(blocks.StructBlock):
    """One thing to do."""

    key = blocks.CharBlock(max_length=60)
    text = blocks.CharBlock(max_length=300)


class TomorrowBlock(CheckedBlock):
    """Small things a learner may choose to do next."""

    part = Tomorrow
    options = blocks.ListBlock(TomorrowOptionBlock(), min_num=2)

    def card(self, part: Tomorrow, number: int) -> TomorrowCard:
        """As it stands before anyone has touched it. A lesson has one."""
        return tomorrow_card(part, is_open=False)

    class Meta:
        icon = "date"
        label = "What I will do tomorrow"
        template = "courses/blocks/tomorrow.html"
