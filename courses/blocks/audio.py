"""A spoken piece to listen to, or its words alone."""

from courses.content.told import Audio

from .recording import RecordingBlock


class AudioBlock(RecordingBlock):
    """Title and transcript always."""

    part = Audio

    class Meta:
        icon = "media"
        label = "Sound"
        template = "courses/blocks/audio.html"
