"""Somebody's words, invented or with their consent, never attributed to a real person."""

from wagtail import blocks


class QuoteBlock(blocks.StructBlock):
    """A sentence or two in another voice."""

    text = blocks.TextBlock()

    class Meta:
        icon = "openquote"
        template = "courses/blocks/quote.html"
