"""A file to take away."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from courses.content.told import Download

from .told import ToldBlock


class DownloadBlock(ToldBlock):
    """Shown with its name, type and size, so that nobody is surprised by what it costs or leaves behind."""

    part = Download
    title = blocks.CharBlock(max_length=160)
    file = DocumentChooserBlock(help_text="Its name stays on the learner's device: let it say nothing of the subject")
    about = blocks.CharBlock(max_length=300, required=False, help_text="What is in it, in a sentence")

    class Meta:
        icon = "download"
        template = "courses/blocks/download.html"
