"""What the content editor stores, without its own marks: as a packaged course writes it."""

import re
from typing import Any

EDITORS_MARK = re.compile(r' data-block-key="[^"]*"')


def plain(raw: Any) -> Any:
    """The same value with list items unwrapped and the rich-text editor's keys taken off."""
    if isinstance(raw, str):
        return EDITORS_MARK.sub("", raw)
    if isinstance(raw, dict):
        return {name: plain(value) for name, value in raw.items()}
    if isinstance(raw, list):
        return [plain(item["value"] if _is_wrapped(item) else item) for item in raw]
    return raw


def _is_wrapped(item: Any) -> bool:
    return isinstance(item, dict) and item.get("type") == "item" and "value" in item
