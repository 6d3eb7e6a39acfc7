"""Blocks that are the same for everyone: drawn from what was frozen, with a place of their own on the page."""

import json
from typing import Any
from zlib import crc32

from django.utils.safestring import SafeString
from wagtail import blocks

from .checked import CheckedBlock


class ToldBlock(CheckedBlock):
    """A checked block that answers to nobody. Its template draws `value`; `place` begins the anchors in it."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds the place: the same wherever the block is drawn."""
        context = blocks.StructBlock.get_context(self, value, parent_context=parent_context)
        raw = json.dumps(self.get_prep_value(value), sort_keys=True, default=str)
        return context | {"place": f"{self.name}-{crc32(raw.encode()):08x}"} | self.facts(value)

    def render(self, value: Any, context: dict[str, Any] | None = None) -> SafeString:
        """In the preview of a page, with what is not finished; in the player, as it was frozen."""
        if context and "page" in context:
            return super().render(value, context=context)
        return blocks.StructBlock.render(self, value, context=context)

    def facts(self, value: Any) -> dict[str, Any]:
        """What else the template is told."""
        return {}
