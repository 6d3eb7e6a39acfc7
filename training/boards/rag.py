"""The colour of a figure, by a rule that is printed wherever the colour is. Pure.

Nothing is green that is not known, and nothing has a colour that has no target or no welcome direction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

NEAR = 2
WITHIN = 10
"""How far from a target is still near it, and still on the way: points of a share, or per cent of a number."""


class Rating(StrEnum):
    """What a figure is held to be, from worst to best, then what cannot be held to anything."""

    RED = "Red"
    AMBER = "Amber"
    NO_DATA = "No data"
    GREEN = "Green"
    UNRATED = "Unrated"


RULE = (
    f"{Rating.GREEN}: the target is met, or is within {NEAR} and the figure has not fallen back in a quarter.",
    f"{Rating.AMBER}: within {WITHIN} of the target, or within {NEAR} of it without a figure of a quarter before.",
    f"{Rating.RED}: further from the target than that. A figure in parts is red once one that is shown is.",
    f"{Rating.NO_DATA}: not collected, not reported, asked of nobody, or hidden as it is of few people. Never green.",
    f"{Rating.UNRATED}: without a target, or where more can be good or bad.",
    "Within so many is in points where a figure is a share or a score, and in per cent of the target where it is a "
    "number. An outcome has the worst colour of its figures with a target, and is green only where none of those lacks "
    "data.",
)


@dataclass(frozen=True, slots=True)
class Held:
    """A figure held against its target. `before`: what it was a quarter earlier."""

    value: float | None
    target: float | None
    direction: str
    is_number: bool = False
    before: float | None = None


def rating(held: Held) -> Rating:
    """Its colour."""
    if held.value is None:
        return Rating.NO_DATA
    if held.target is None or held.direction not in ("up", "down"):
        return Rating.UNRATED
    short = _short(held, held.value)
    has_held_on = held.before is not None and _short(held, held.before) >= short
    if short <= 0 or (short <= NEAR and has_held_on):
        return Rating.GREEN
    return Rating.AMBER if short <= WITHIN else Rating.RED


def of_outcome(figures: Iterable[tuple[Rating, bool]]) -> Rating:
    """That of an outcome, from the colours of its figures, each with whether it has a target."""
    found = list(figures)
    order = list(Rating)
    held = [each for each, has_target in found if has_target]
    if held:
        return min(held, key=order.index)
    is_unknown = bool(found) and all(each == Rating.NO_DATA for each, _ in found)
    return Rating.NO_DATA if is_unknown else Rating.UNRATED


def _short(held: Held, value: float) -> float:
    """How far a value is from the target: points, or per cent of a number; nought or less where it is met."""
    assert held.target is not None, "asked of what has a target"
    missing = value - held.target if held.direction == "down" else held.target - value
    if not held.is_number:
        return missing
    if held.target:
        return 100 * missing / held.target
    return 100 * missing  # of nought, one is already far
