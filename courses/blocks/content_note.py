"""Says before a story or film what is coming."""

from wagtail import blocks


class ContentNoteBlock(blocks.StructBlock):
    """Kind of harm, length, and that it may be skipped. Stands just before what it speaks of."""

    kind = blocks.CharBlock(max_length=200, help_text="What kind of harm is shown or spoken of")
    minutes = blocks.IntegerBlock(min_value=1)
    text = blocks.TextBlock(help_text="Say that it may be skipped, and that skipping never counts against anyone")

    class Meta:
        icon = "warning"
        template = "courses/blocks/content_note.html"
