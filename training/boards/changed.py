"""What has changed of a pack that waited to be frozen, in words. Pure.

Where a figure moved by few people it is not said to what, as in a restatement.
"""

from collections.abc import Iterator

from .contents import Figures, Line
from .restating import FEW, moved

TELLS = "Not frozen, since this has changed: "
GOES_ON = "Look at it, and at the words that explain it, and freeze again."
LONGEST = 300  # of what went wrong with a pack
ELSE = "the strategy's words"


def said_to_have_changed(seen: Figures, now: Figures) -> str:
    """The refusal, with as many of the changes as it has room for."""
    changes = list(dict.fromkeys(_changes(seen, now))) or [ELSE]
    for count in range(len(changes), 0, -1):
        more = [f"and {len(changes) - count} more"] if count < len(changes) else []
        text = f"{TELLS}{'; '.join([*changes[:count], *more])}. {GOES_ON}"
        if len(text) <= LONGEST:
            return text
    return f"{TELLS}{len(changes)} figures or targets. {GOES_ON}"


def _changes(seen: Figures, now: Figures) -> Iterator[str]:
    for each in moved(seen, now):
        to = "not told, as few people moved it" if each.after == FEW else each.after
        yield f"{each.what} ({each.place}): {each.before} to {to}"
    for code, line in now.lines.items():
        was = seen.lines.get(code)
        if was is None:
            yield f"{line.title}: new"
        elif was != line:
            yield from _beside(was, line)


def _beside(was: Line, line: Line) -> Iterator[str]:
    """What stands beside a figure; of earlier figures only that they changed."""
    if was.target_text != line.target_text:
        yield f"{line.title}, target: {was.target_text} to {line.target_text}"
    if (was.quarter, was.year, was.trend) != (line.quarter, line.year, line.trend):
        yield f"{line.title}: its earlier figures"
