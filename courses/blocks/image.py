"""A picture that says in words what it shows."""

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class ImageBlock(blocks.StructBlock):
    """An image with its alternative text, which nobody may leave out."""

    image = ImageChooserBlock()
    alt = blocks.CharBlock(max_length=300, help_text="What the picture tells, for those who cannot see it")

    class Meta:
        icon = "image"
        template = "courses/blocks/image.html"
