"""A film of our own, or its transcript alone. Nothing is ever fetched from a third party."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from .rich_text import RichTextBlock


class VideoBlock(blocks.StructBlock):
    """Title and transcript always; a file, if there is one, comes with captions."""

    title = blocks.CharBlock(max_length=160)
    file = DocumentChooserBlock(required=False, help_text="An MP4 or WebM file kept on this site")
    captions = DocumentChooserBlock(required=False, help_text="Captions as WebVTT: needed with a file")
    transcript = RichTextBlock()

    def clean(self, value: Any) -> Any:
        """A film without captions is refused."""
        cleaned = super().clean(value)
        if cleaned["file"] and not cleaned["captions"]:
            raise blocks.StructBlockValidationError(
                block_errors={"captions": ValidationError("Add captions: some people cannot hear the film.")}
            )
        return cleaned

    class Meta:
        icon = "media"
        template = "courses/blocks/video.html"
