"""What happened, in order."""

from wagtail import blocks

from courses.content.told import Timeline

from .rich_text import RichTextBlock
from .told import ToldBlock


class MomentBlock(blocks.StructBlock):
    """When, and what."""

    when = blocks.CharBlock(max_length=60, help_text="'2021', 'The first week', 'March'")
    html = RichTextBlock(label="Text")


class TimelineBlock(ToldBlock):
    """Two moments or more, the earliest first."""

    part = Timeline
    title = blocks.CharBlock(max_length=160)
    moments = blocks.ListBlock(MomentBlock(), min_num=2)

    class Meta:
        icon = "history"
        template = "courses/blocks/timeline.html"
