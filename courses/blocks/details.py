"""More for those who want it."""

from wagtail import blocks

from .rich_text import RichTextBlock


class DetailsBlock(blocks.StructBlock):
    """Text that opens when asked for."""

    summary = blocks.CharBlock(max_length=160)
    html = RichTextBlock(label="Text")

    class Meta:
        icon = "collapse-down"
        template = "courses/blocks/details.html"
