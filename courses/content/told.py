"""The parts of a lesson that are the same for everyone: what is shown, heard, looked up or taken away.

Published editions are drawn from what was frozen then: a new field here needs a default, and a rule may only be eased.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from courses.content.base import Html, Part, Text

# A packaged text names a file beside it (courses/content/files/); the content editor keeps the number of its own.
File = int | Text
Link = Annotated[str, StringConstraints(pattern=r"^(https://[^\s/]+\.[^\s]+)?$", strip_whitespace=True)]
CELL_ENDS = ("\t", "|")


class Recording(Part):
    """A spoken piece: a file of our own, a link to one elsewhere, or its words alone."""

    title: Text
    file: File | None = None
    link: Link | None = None
    transcript: Html

    @model_validator(mode="after")
    def is_in_one_place(self) -> Self:
        if self.file and self.link:
            raise ValueError("give a file or a link, not both")
        return self


class Video(Recording):
    type: Literal["video"]
    captions: File | None = None

    @model_validator(mode="after")
    def can_be_followed_without_sound(self) -> Self:
        if self.file and not self.captions:
            raise ValueError("add captions: some people cannot hear the film")
        return self


class Audio(Recording):
    type: Literal["audio"]


class Image(Part):
    """A picture. `shape` cuts it around its focal point; `caption` is for everybody, `alt` for who cannot see it."""

    type: Literal["image"]
    file: File
    alt: Text
    caption: str | None = None
    shape: Literal["whole", "wide", "square"] = "whole"


class Quote(Part):
    """Words in another voice; `who` says whose, never a real person's name."""

    type: Literal["quote"]
    text: Text
    who: str | None = None


class Tab(Part):
    title: Annotated[Text, StringConstraints(max_length=40)]
    html: Html


class Tabs(Part):
    """Parts of one thing, looked at one at a time; one after another on paper and without scripts."""

    type: Literal["tabs"]
    items: Annotated[list[Tab], Field(min_length=2, max_length=5)]


class Table(Part):
    """Rows of text. `grid` has a line for each row, the heads first, with | or a tab between cells."""

    type: Literal["table"]
    caption: Text
    grid: Text
    first_is_header: bool = True

    @model_validator(mode="after")
    def is_a_table(self) -> Self:
        rows = read_grid(self.grid)
        if len(rows) < 2 or not 2 <= len(rows[0]) <= 6:
            raise ValueError("a table has a line of two to six heads and at least one more line")
        for number, row in enumerate(rows, start=1):
            if len(row) != len(rows[0]):
                raise ValueError(f"line {number} has {len(row)} cells, and the heads are {len(rows[0])}")
        if not all(rows[0]):
            raise ValueError("every column needs a head")
        return self


def read_grid(grid: str) -> list[list[str]]:
    """The cells of each line that holds any; what is pasted from a sheet has tabs between them."""
    lines = [line.strip(" \r") for line in grid.split("\n") if line.strip()]
    end = next((end for end in CELL_ENDS if any(end in line for line in lines)), "|")
    return [[cell.strip() for cell in line.split(end)] for line in lines]


class Moment(Part):
    when: Text
    html: Html


class Timeline(Part):
    """What happened, in order."""

    type: Literal["timeline"]
    title: Text
    moments: Annotated[list[Moment], Field(min_length=2)]


class Download(Part):
    """A file to take away. Its name is seen on the learner's device: it says nothing of the subject."""

    type: Literal["download"]
    title: Text
    file: File
    about: str | None = None


class Word(Part):
    word: Text
    meaning: Text


class Glossary(Part):
    """Words explained where they are first met."""

    type: Literal["glossary"]
    words: Annotated[list[Word], Field(min_length=1)]


KINDS_OF_SERVICE = {
    "support": "Domestic abuse support",
    "harms": "Help for people who harm",
    "sexual": "Sexual violence support",
    "children": "Children and young people",
    "older": "Older people",
    "by-and-for": "Led by and for a community",
    "housing": "Housing and refuge",
    "safeguarding": "Safeguarding teams",
}


class Directory(Part):
    """Local services of one kind. Which they are is the partnership's business, and not the text's."""

    type: Literal["directory"]
    title: Text
    service: Text

    @model_validator(mode="after")
    def names_a_kind(self) -> Self:
        if self.service not in KINDS_OF_SERVICE:
            raise ValueError(f"service is one of {', '.join(KINDS_OF_SERVICE)}")
        return self
