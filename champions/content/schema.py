"""The text of a packaged briefing pack, as it is written down."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

HERE = Path(__file__).parent


class Row(BaseModel):
    """Nothing that is not named here."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Row):
    """Some words under a heading, as the page's editor keeps them."""

    title: str = ""
    text: str


class Piece(Words):
    """One piece of a briefing."""

    kind: Literal["say", "ask", "note"]


class PackText(Row):
    """A whole pack."""

    slug: str
    title: str
    audience: str
    minutes: int
    summary: str
    content_notes: str
    law_checked_on: date
    references: str
    body: tuple[Piece, ...]
    handout: tuple[Words, ...]


def packaged_packs() -> Iterator[PackText]:
    """Those that come with the program."""
    for path in sorted(HERE.glob("*.yaml")):
        yield PackText.model_validate(yaml.safe_load(path.read_text()))


class ResourceText(Row):
    """Something for the champions' shelf."""

    slug: str
    title: str
    kind: str
    summary: str
    content_notes: str
    law_checked_on: date
    references: str
    body: tuple[Words, ...]


def packaged_resources() -> Iterator[ResourceText]:
    """Those that come with the program."""
    for path in sorted((HERE / "resources").glob("*.yaml")):
        yield ResourceText.model_validate(yaml.safe_load(path.read_text()))
