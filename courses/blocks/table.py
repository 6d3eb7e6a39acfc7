"""Rows of text under heads."""

from typing import Any

from wagtail import blocks

from courses.content.told import Table, read_grid

from .told import ToldBlock


class TableBlock(ToldBlock):
    """Written as lines, so that a sheet can be pasted in."""

    part = Table
    caption = blocks.CharBlock(max_length=160, help_text="What the table shows")
    grid = blocks.TextBlock(
        label="Rows", help_text="One row a line, the heads first. Write | between cells, or paste from a sheet."
    )
    first_is_header = blocks.BooleanBlock(required=False, default=True, label="The first cell heads its row")

    def facts(self, value: Any) -> dict[str, Any]:
        """The cells."""
        head, *rows = read_grid(value["grid"] or "") or [[]]
        return {"head": head, "rows": rows}

    class Meta:
        icon = "table"
        template = "courses/blocks/table.html"
