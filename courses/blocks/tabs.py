"""Parts of one thing, looked at one at a time."""

from wagtail import blocks

from courses.content.told import Tabs

from .rich_text import RichTextBlock
from .told import ToldBlock


class TabBlock(blocks.StructBlock):
    """One of them."""

    title = blocks.CharBlock(max_length=40)
    html = RichTextBlock(label="Text")


class TabsBlock(ToldBlock):
    """Two to five. Nobody has to open each: put nothing here that everybody must read."""

    part = Tabs
    items = blocks.ListBlock(TabBlock(), min_num=2, max_num=5)

    class Meta:
        icon = "folder-open-inverse"
        template = "courses/blocks/tabs.html"
