"""What films and spoken pieces share: a file of our own or a link, and always the words."""

from typing import Any
from urllib.parse import urlsplit

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from .rich_text import RichTextBlock
from .told import ToldBlock


class RecordingBlock(ToldBlock):
    """Nothing plays by itself, and nothing is fetched from elsewhere: a link opens there, with its host named."""

    title = blocks.CharBlock(max_length=160)
    file = DocumentChooserBlock(required=False, help_text="A file kept on this site")
    link = blocks.URLBlock(required=False, help_text="Or the address of one kept elsewhere. It is opened there.")
    transcript = RichTextBlock(help_text="Every word that is spoken, and who speaks")

    def facts(self, value: Any) -> dict[str, Any]:
        """Whose site the link leads to."""
        return {"host": urlsplit(value.get("link") or "").hostname or ""}
