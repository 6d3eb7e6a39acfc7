"""A picture that says in words what it shows."""

from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from courses.content.told import Image

from .told import ToldBlock

# How wide a lesson shows a picture: on a phone, in its column, and for a fine screen.
WIDTHS = (400, 800, 1200)
HEIGHTS = {"wide": 0.4, "square": 1.0}
SHAPES = [
    ("whole", "Whole, as it is"),
    ("wide", "A wide strip around its focal point"),
    ("square", "A square around its focal point"),
]


class ImageBlock(ToldBlock):
    """An image with its alternative text, which nobody may leave out."""

    part = Image
    image = ImageChooserBlock(help_text="Its focal point, set where images are kept, stays in view however it is cut")
    alt = blocks.CharBlock(max_length=300, help_text="What the picture tells, for those who cannot see it")
    caption = blocks.CharBlock(max_length=300, required=False, help_text="For everybody, below the picture")
    shape = blocks.ChoiceBlock(choices=SHAPES, default="whole")

    def read(self, raw: dict[str, Any]) -> Image:
        """The part, which calls the image its file."""
        named = {"file" if name == "image" else name: value for name, value in raw.items()}
        return Image.model_validate({"type": self.name, **named})

    def facts(self, value: Any) -> dict[str, Any]:
        """The picture in each width, none wider than it is; nothing once it has been taken away."""
        image, cut = value["image"], HEIGHTS.get(value["shape"])
        if image is None:
            return {"drawn": []}
        specs = [f"fill-{width}x{round(width * cut)}" if cut else f"width-{width}" for width in WIDTHS]
        renditions = image.get_renditions(*(f"{spec}|format-webp" for spec in specs))
        return {"drawn": list({drawn.width: drawn for drawn in renditions.values()}.values())}

    class Meta:
        icon = "image"
        template = "courses/blocks/image.html"
