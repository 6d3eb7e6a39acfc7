"""Words set apart: to know, to beware of, or where to turn."""

from wagtail import blocks

from .rich_text import RichTextBlock


class CalloutBlock(blocks.StructBlock):
    """A short titled piece beside the text."""

    title = blocks.CharBlock(max_length=160)
    html = RichTextBlock(label="Text")
    tone = blocks.ChoiceBlock(choices=[("info", "Good to know"), ("warning", "Take care"), ("help", "Help")])

    class Meta:
        icon = "info-circle"
        template = "courses/blocks/callout.html"
