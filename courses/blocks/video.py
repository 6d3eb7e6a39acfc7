"""A film of our own, a link to one, or its transcript alone. Nothing is ever fetched from a third party."""

from wagtail.documents.blocks import DocumentChooserBlock

from courses.content.told import Video

from .recording import RecordingBlock


class VideoBlock(RecordingBlock):
    """Title and transcript always; a file comes with captions."""

    part = Video
    captions = DocumentChooserBlock(required=False, help_text="Captions as WebVTT: needed with a file")

    class Meta:
        icon = "media"
        label = "Film"
        template = "courses/blocks/video.html"
