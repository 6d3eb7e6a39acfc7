"""A letter's plain words, as they are shown: in pieces, with lines that begin with a dash as lists. Pure."""

from dataclasses import dataclass

DASH = "- "


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines, and a list below them. Where there is a list, a single line above it is its heading."""

    lines: tuple[str, ...]
    items: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """What stands above a list."""
        return self.lines[0] if self.items and len(self.lines) == 1 else ""


def pieces(words: str) -> tuple[Piece, ...]:
    """'Meetings\\n- One\\n\\nHello' is a heading with a list of one, and a paragraph."""
    found: list[Piece] = []
    lines: list[str] = []
    items: list[str] = []
    for line in [*words.splitlines(), ""]:
        is_item = line.startswith(DASH)
        if not is_item and (lines or items) and (items or not line.strip()):
            found.append(Piece(tuple(lines), tuple(items)))
            lines, items = [], []
        if is_item:
            items.append(line.removeprefix(DASH))
        elif line.strip():
            lines.append(line)
    return tuple(found)
