"""A paper of several pages: what stands in it, and its frame.

A room says what a paper holds, in parts with words, points, tables and pictures. The frame is the same for all: head
and foot of each page with its number, the day, the mark of a draft or of what is frozen, and the list of contents.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from threading import BoundedSemaphore
from typing import ClassVar

from django.template.loader import render_to_string
from django.utils.html import strip_tags

from training.press import fonts, press
from training.ui.charts import Funnel, Matrix, Spread, Trend

DESIGN = "training/press/print/paper"
NUMBER = re.compile(r"[-+£]?[\d,.]*\s?%?|\*|n/a")
AT_ONCE = BoundedSemaphore(1)  # papers drawn for pages of one web process: each takes a child and a second
WAIT_SECONDS = 10
BUSY = "Other papers are being made just now. Try again in a minute."


class Busy(press.CannotPrint):
    """Too many are being drawn."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading under that of a part."""

    heading: str
    template: ClassVar[str] = "press/heading.html"


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs; small ones are notes on what stands above them."""

    paragraphs: tuple[str, ...]
    is_small: bool = False
    template: ClassVar[str] = "press/words.html"


@dataclass(frozen=True, slots=True)
class Points:
    """A list, perhaps under a title, perhaps with numbers to speak of its lines by; a small one takes little room."""

    lines: tuple[str, ...]
    title: str = ""
    is_numbered: bool = False
    is_small: bool = False
    template: ClassVar[str] = "press/points.html"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head, which comes again on each page. The first cell of a row is what the row is of.

    `tags` are cells that stand out, each with its look: 'good', 'middling', 'bad' or 'unknown'. `layout` is a class of
    the design, for tables that come again and should look alike. `has_total`: the last row is the whole of the others.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tags: tuple[tuple[str, str], ...] = ()
    layout: str = ""
    has_total: bool = False
    template: ClassVar[str] = "press/table.html"

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """The head, each with whether its column holds numbers alone."""
        return list(zip(self.head, self._are_numbers(), strict=True))

    @property
    def cells(self) -> list[list[tuple[str, bool, str]]]:
        """The rows, each cell with whether its column holds numbers alone, and its look as a tag."""
        are_numbers, looks = self._are_numbers(), dict(self.tags)
        return [
            [(text, is_number, looks.get(text, "")) for text, is_number in zip(row, are_numbers, strict=True)]
            for row in self.rows
        ]

    def _are_numbers(self) -> list[bool]:
        return [
            place > 0 and not self.layout and all(NUMBER.fullmatch(row[place].strip()) for row in self.rows)
            for place in range(len(self.head))
        ]


@dataclass(frozen=True, slots=True)
class Bars:
    """Figures as bars: label, figure as it is read, value; a value of None draws no bar."""

    rows: tuple[tuple[str, str, float | None], ...]
    most: float = 0  # what a whole bar stands for, where that is more than any value

    @property
    def drawn(self) -> list[tuple[str, str, float]]:
        """Label, figure, and how long its bar is."""
        most = max([self.most, *(value or 0 for _, _, value in self.rows)]) or 1
        return [(label, text, LONGEST * (value or 0) / most) for label, text, value in self.rows]


LONGEST = 340  # of the 640 that a picture is wide


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart and what it says in words, perhaps under a title. Its figures stand in a table of the paper."""

    says: str
    chart: Trend | Matrix | Bars | Spread | Funnel
    title: str = ""
    head: tuple[str, str] = ("", "")  # of its two columns as a table, where a page shows it as one beside

    @property
    def kind(self) -> str:
        """What sort of chart it is: 'trend', 'spread'."""
        return type(self.chart).__name__.lower()

    @property
    def template(self) -> str:
        """That of its kind."""
        return f"press/{self.kind}.html"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the contents and what stands under it. `is_wide`: on pages that lie on their side."""

    title: str
    blocks: Sequence[Heading | Words | Points | Table | Picture]
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """All of it. `name` is what its file and a reader's window show, and says nothing of the subject."""

    name: str
    heading: str
    issuer: str
    as_at: date
    parts: Sequence[Part]
    mark: str = ""  # such as 'Draft', on every page
    proof: str = ""  # of what is frozen: the hash of what it holds
    has_contents: bool = False


def html_of(paper: Paper) -> str:
    """Its page, for the design DESIGN. Raises CannotPrint where a letter is in none of our faces."""
    html = render_to_string("press/paper.html", {"paper": paper})
    press.insist_on_letters(strip_tags(html), fonts.FOR_TEXT, what="paper")
    return html


def as_pdf(paper: Paper) -> bytes:
    """The paper for somebody who waits for it: of a few pages. Raises CannotPrint."""
    html = html_of(paper)
    if not AT_ONCE.acquire(timeout=WAIT_SECONDS):
        raise Busy(BUSY)
    try:
        return press.pdf(html, design=DESIGN)
    finally:
        AT_ONCE.release()


def as_long_pdf(paper: Paper, tell: Callable[[int], object] | None = None) -> bytes:
    """The paper by the worker, letting others go first: of many pages, of which `tell` is told. Raises CannotPrint."""
    return press.long_pdf(html_of(paper), design=DESIGN, tell=tell)
