"""What a lesson is made of: one file and one template a block."""

from wagtail.blocks import StreamBlock

from .audio import AudioBlock
from .callout import CalloutBlock
from .content_note import ContentNoteBlock
from .details import DetailsBlock
from .directory import DirectoryBlock
from .download import DownloadBlock
from .final_check import FinalCheckBlock
from .glossary import GlossaryBlock
from .image import ImageBlock
from .knowledge_check import KnowledgeCheckBlock
from .quote import QuoteBlock
from .reflection import ReflectionBlock
from .reflection_prompt import ReflectionPromptBlock
from .rich_text import RichTextBlock
from .scenario import ScenarioBlock
from .survey import SurveyBlock
from .table import TableBlock
from .tabs import TabsBlock
from .timeline import TimelineBlock
from .tomorrow import TomorrowBlock
from .video import VideoBlock


class LessonBody(StreamBlock):
    """A lesson, from top to bottom. The names are those of a packaged course's text (courses/content/schema.py)."""

    rich_text = RichTextBlock()
    callout = CalloutBlock()
    content_note = ContentNoteBlock()
    video = VideoBlock()
    audio = AudioBlock()
    image = ImageBlock()
    quote = QuoteBlock()
    details = DetailsBlock()
    tabs = TabsBlock()
    table = TableBlock()
    timeline = TimelineBlock()
    download = DownloadBlock()
    glossary = GlossaryBlock()
    directory = DirectoryBlock()
    knowledge_check = KnowledgeCheckBlock()
    scenario = ScenarioBlock()
    reflection_prompt = ReflectionPromptBlock()
    reflection = ReflectionBlock()
    survey = SurveyBlock()
    tomorrow = TomorrowBlock()
    final_check = FinalCheckBlock()

    class Meta:
        block_counts = {"final_check": {"max_num": 1}, "tomorrow": {"max_num": 1}}


__all__ = ["LessonBody"]
