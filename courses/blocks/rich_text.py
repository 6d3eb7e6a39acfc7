"""Plain words with headings, lists and links."""

from typing import Any

from wagtail import blocks

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


class RichTextBlock(blocks.RichTextBlock):
    """Text with the few marks that a lesson uses; nothing can be embedded."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = "Text"
        template = "courses/blocks/rich_text.html"
