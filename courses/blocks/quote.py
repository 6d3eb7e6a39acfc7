"""Somebody's words, invented or with their consent, never attributed to a real person."""

from wagtail import blocks

from courses.content.told import Quote

from .told import ToldBlock


class QuoteBlock(ToldBlock):
    """A sentence or two in another voice."""

    part = Quote
    text = blocks.TextBlock()
    who = blocks.CharBlock(max_length=120, required=False, help_text="'A tenant, invented'. Never a real person's name")

    class Meta:
        icon = "openquote"
        template = "courses/blocks/quote.html"
