"""Words explained where they are first met."""

from wagtail import blocks

from courses.content.told import Glossary

from .told import ToldBlock


class WordBlock(blocks.StructBlock):
    """A word and its meaning."""

    word = blocks.CharBlock(max_length=80)
    meaning = blocks.TextBlock(help_text="In words that need no explaining themselves")


class GlossaryBlock(ToldBlock):
    """One word or a few."""

    part = Glossary
    words = blocks.ListBlock(WordBlock(), min_num=1)

    class Meta:
        icon = "openquote"
        label = "Words explained"
        template = "courses/blocks/glossary.html"
