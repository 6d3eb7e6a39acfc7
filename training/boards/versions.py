"""Reading what any release has frozen: each change of the shape has a number and a step from the one before. Pure.

Whoever changes the shape of `contents.py` raises VERSION, adds the step, and keeps a snapshot of the new shape with the
tests. What is stored is never written anew: a step makes of it what this release can draw.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

VERSION = 1
"""The shape that this release freezes."""

Shape = dict[str, Any]
STEPS: Mapping[int, Callable[[Shape], Shape]] = {}
"""By version, from it to the next: of `Contents`, of `Figures` alone and of `Restated`, told apart by their keys."""


class FrozenLater(ValueError):
    """It was frozen by a later release, which this one cannot read."""


def as_now(text: str) -> str:
    """What was written out, in the shape of this release."""
    kept = json.loads(text)
    version = version_of(kept)
    if version > VERSION:
        raise FrozenLater(f"It was frozen in version {version} of its shape; this release reads up to {VERSION}.")
    if version == VERSION:
        return text
    for number in range(version, VERSION):
        kept = STEPS[number](kept)
    return json.dumps(kept)


def version_of(kept: Shape) -> int:
    """The version that it says: a pack says it with its figures."""
    return int((kept.get("figures") or kept)["version"])
