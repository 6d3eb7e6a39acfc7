"""A thought to hold for a moment."""

from wagtail import blocks


class ReflectionPromptBlock(blocks.StructBlock):
    """There is nothing to type and nothing is kept."""

    text = blocks.TextBlock()

    class Meta:
        icon = "pick"
        label = "Think for a moment"
        template = "courses/blocks/reflection_prompt.html"
