"""Where the parts of a chart stand: laid out here, drawn as plain SVG by the template in templates/ui/ of its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from textwrap import wrap

LABEL, COLUMN, ROW, LINE = 200, 84, 44, 16
LEVELS = 4
TOP, DEEP = 28, 160
MOST_LABELS = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text and where it stands."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A square with its figure. Level 0 is hatched, 1 to 4 ever darker, -1 has no figure."""

    x: int
    y: int
    text: str
    level: int

    @property
    def middle(self) -> tuple[int, int]:
        """Where its text stands."""
        return self.x + COLUMN // 2 - 2, self.y + ROW // 2 + 4


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows by columns, with the same as a table."""

    row_head: str
    columns: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    words: tuple[Word, ...]
    heads: tuple[Word, ...]
    tiles: tuple[Tile, ...]
    width: int
    height: int


Value = int | float | None


def matrix(row_head: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[tuple[str, Value]]]]) -> Matrix:
    """Each row has a label and as many cells as there are columns: (figure as it is read, value); None has no value."""
    lines = [wrap(title, 11)[:3] for title in columns]
    head = LINE * max((len(each) for each in lines), default=0) + 8
    most = max((value for _, cells in rows for _, value in cells if value is not None), default=0)
    heads, words, tiles = [], [], []
    for column, titles in enumerate(lines):
        x = LABEL + column * COLUMN + COLUMN // 2 - 2
        heads += [Word(x, head - 8 - LINE * (len(titles) - 1 - place), text) for place, text in enumerate(titles)]
    for row, (label, cells) in enumerate(rows):
        y = head + row * ROW
        said = wrap(label, 24)[:2]
        words += [Word(0, y + ROW // 2 + 4 + LINE * place - 8 * (len(said) - 1), it) for place, it in enumerate(said)]
        tiles += [
            Tile(LABEL + column * COLUMN, y, text, _level(value, most)) for column, (text, value) in enumerate(cells)
        ]
    return Matrix(
        row_head=row_head,
        columns=tuple(columns),
        table=tuple((label, *(text for text, _ in cells)) for label, cells in rows),
        words=tuple(words),
        heads=tuple(heads),
        tiles=tuple(tiles),
        width=LABEL + COLUMN * len(columns),
        height=head + ROW * len(rows),
    )


def _level(value: Value, most: float) -> int:
    if value is None:
        return -1
    return min(LEVELS, -int(-LEVELS * value // most)) if most and value > 0 else 0


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a trend: its place from the left as a percentage, and from the top; no `y` where it is not shown."""

    x: str
    y: int | None
    label: str
    text: str
    is_labelled: bool
    anchor: str
    text_y: int


@dataclass(frozen=True, slots=True)
class Trend:
    """Figures from left to right, a line between those shown, perhaps a target, and the same as a table.

    Of shares, `top` is where 100% stands.
    """

    points: tuple[Point, ...]
    lines: tuple[tuple[Point, Point], ...]
    target: int | None
    target_y: int | None
    target_text: str
    change_x: str = ""
    change_text: str = ""
    base: int = DEEP
    height: int = DEEP + 32
    top: int | None = None


def trend(
    figures: Sequence[tuple[str, str, Value]],
    target: int | None = None,
    target_text: str = "",
    *,
    whole: int = 1,
    at: Sequence[float] = (),
    change: tuple[float, str] | None = None,
) -> Trend:
    """Each figure: (label, figure as it is read, value); at most four are labelled.

    `target_text`: the target with its unit. `whole`: how far up the picture goes at least, 100 for shares. `at`: how
    far from the left each figure stands, from 0 to 1, where they are not equally far apart. `change`: where an upright
    line stands, and what it says in words.
    """
    values = [value for _, _, value in figures if value is not None]
    least, most = min([0, *values]), max([whole, target or 0, *values])
    last = len(figures) - 1
    places = at or [place / max(last, 1) for place in range(len(figures))]
    labelled = _labelled(places) if at else range(last, -1, -max(1, -(-len(figures) // MOST_LABELS)))

    def down(value: float) -> int:
        return round(DEEP - (DEEP - TOP) * (value - least) / (most - least))

    target_y = None if target is None else down(target)
    top = TOP if whole == most == 100 else None
    others = [each for each in (target_y, top) if each is not None]
    points = [
        Point(
            x=_x(places[place]),
            y=None if value is None else down(value),
            label=label,
            text=text,
            is_labelled=place in labelled,
            anchor="start" if place == 0 else "end" if place == last else "middle",
            text_y=_text_y(DEEP if value is None else down(value), others),
        )
        for place, (label, text, value) in enumerate(figures)
    ]
    lines = [(a, b) for a, b in zip(points, points[1:], strict=False) if a.y is not None and b.y is not None]
    upright, said = (_x(change[0]), change[1]) if change else ("", "")
    said_target = target_text or str(target)
    return Trend(tuple(points), tuple(lines), target, target_y, said_target, upright, said, down(0), top=top)


def _x(place: float) -> str:
    return f"{2 + 96 * place:.2f}"


def _labelled(places: Sequence[float]) -> set[int]:
    """From the last on to the left, those with room for a label."""
    found: list[int] = []
    for place in range(len(places) - 1, -1, -1):
        if not found or places[found[-1]] - places[place] >= 1 / MOST_LABELS:
            found.append(place)
    return set(found)


def _text_y(point_y: int, others: Sequence[int]) -> int:
    """Where a figure stands: above its point, or, where a level line would go through it, out of its way."""
    above, below = point_y - 12, point_y + 22
    through = [each for each in others if above - 14 <= each <= above + 4]
    if not through:
        return above
    return below if below < DEEP else min(through) - 8


CROWD = 60
"""Of more dots than these each is drawn half as large."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One of those whose share is shown: its place from the left as a percentage, and from the top."""

    x: str
    y: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Spread:
    """Shares as dots between 0 and 100 per cent, those near each other piled up, and the same as a table."""

    dots: tuple[Dot, ...]
    table: tuple[tuple[str, str], ...]
    unseen: int
    middle: float | None
    middle_x: str
    radius: int
    base: int
    height: int


def spread(figures: Sequence[tuple[str, str, Value]]) -> Spread:
    """Each figure: (label, share as it is read, percentage); None stands in the table alone."""
    seen = sorted((value, label, text) for label, text, value in figures if value is not None)
    radius, wide = (6, 4) if len(seen) <= CROWD else (3, 2)
    dot = 2 * radius + 2
    piles: dict[int, int] = {}
    heights = []
    for value, _, _ in seen:
        pile = int(value // wide)
        heights.append(piles.get(pile, 0))
        piles[pile] = heights[-1] + 1
    base = TOP + dot * max(piles.values(), default=1)
    middle = median(value for value, _, _ in seen) if seen else None
    return Spread(
        dots=tuple(
            Dot(_along(value), base - dot // 2 - dot * up, label, text)
            for (value, label, text), up in zip(seen, heights, strict=True)
        ),
        table=tuple((label, text) for label, text, _ in figures),
        unseen=len(figures) - len(seen),
        middle=middle,
        middle_x="" if middle is None else _along(middle),
        radius=radius,
        base=base,
        height=base + 24,
    )


def _along(percent: float) -> str:
    """Where a percentage stands, with room for half a dot at either end."""
    return f"{2 + 0.96 * percent:.2f}"


STEP = 60


@dataclass(frozen=True, slots=True)
class Step:
    """A bar of a funnel in the middle of the picture; no `width` where its number is not shown."""

    y: int
    x: str
    width: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many are left at each step of those at the first, and the same as a table."""

    steps: tuple[Step, ...]
    table: tuple[tuple[str, str], ...]
    height: int


def funnel(figures: Sequence[tuple[str, str, Value]]) -> Funnel:
    """Each step: (label, number as it is read, number); bars are drawn against the largest."""
    most = max((value for _, _, value in figures if value is not None), default=0)
    steps = []
    for place, (label, text, value) in enumerate(figures):
        width = None if value is None else 100 * value / most if most else 0
        x = "" if width is None else f"{50 - width / 2:.2f}"
        steps.append(Step(STEP * place, x, "" if width is None else f"{width:.2f}", label, text))
    return Funnel(tuple(steps), tuple((label, text) for label, text, _ in figures), STEP * len(steps))


@dataclass(frozen=True, slots=True)
class Range:
    """A bar up to the lowest and a hatched one on to the highest, as percentages; neither where it is not shown."""

    y: int
    low: str
    more: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Ranges:
    """Numbers that lie between two others, one below the other, and the same as a table."""

    bars: tuple[Range, ...]
    table: tuple[tuple[str, str], ...]
    height: int


def ranges(figures: Sequence[tuple[str, str, tuple[int, int | None] | None]]) -> Ranges:
    """Each figure: (label, range as it is read, its ends, the last of them if known); drawn against the largest."""
    most = max((end for _, _, ends in figures for end in ends or () if end is not None), default=0) or 1
    bars = []
    for place, (label, text, ends) in enumerate(figures):
        low, high = ends or (None, None)
        solid = "" if low is None else f"{100 * low / most:.2f}"
        more = "" if low is None or high is None else f"{100 * (high - low) / most:.2f}"
        bars.append(Range(ROW * place, solid, more, label, text))
    return Ranges(tuple(bars), tuple((label, text) for label, text, _ in figures), ROW * len(bars))
