"""A lesson as its page draws it: finished mark-up, and between it the parts that answer to the learner."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue

from courses.blocks import LessonBody
from courses.blocks.checked import CheckedBlock
from courses.content.base import Part
from courses.content.questions import KnowledgeCheck
from courses.content.schema import FinalCheck, Scenario, Tomorrow

BODY = LessonBody()
LIVE = ("knowledge_check", "scenario", "tomorrow", "final_check", "directory")
# Left out of the text-only version, with what announces them
STORIES = ("scenario", "video", "audio")


@dataclass(frozen=True, slots=True)
class Piece:
    """Mark-up that is the same for everyone (`html`), or a part (`part`), counted among its kind from 1."""

    kind: str
    html: SafeString = SafeString("")
    part: Part | None = None
    number: int = 0


def read_pieces(raw: list[dict[str, Any]], *, text_only: bool = False) -> tuple[Piece, ...]:
    """The pieces of a lesson's stream."""
    stream = BODY.to_python(without_stories(raw) if text_only else raw)
    counts = dict.fromkeys(LIVE, 0)
    pieces: list[Piece] = []
    for is_live, blocks in groupby(stream, lambda child: child.block_type in LIVE):
        if not is_live:
            html = "".join(child.render() for child in blocks)
            pieces.append(Piece("html", html=mark_safe(html)))  # noqa: S308  rendered by our own templates
            continue
        for child in blocks:
            counts[child.block_type] += 1
            pieces.append(Piece(child.block_type, part=_part(child), number=counts[child.block_type]))
    return tuple(pieces)


def without_stories(raw: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The stream without stories and films, nor the notes that announce them."""
    following = [*raw[1:], {"type": ""}]
    return [
        child
        for child, after in zip(raw, following, strict=True)
        if child["type"] not in STORIES and not (child["type"] == "content_note" and after["type"] in STORIES)
    ]


def _part(child: StreamValue.StreamChild) -> Part:
    block: CheckedBlock = child.block
    return block.read(block.get_prep_value(child.value))


def parts(pieces: tuple[Piece, ...], kind: type[Part]) -> Iterator[Any]:
    """The parts of one kind."""
    return (piece.part for piece in pieces if isinstance(piece.part, kind))


def knowledge_checks(pieces: tuple[Piece, ...]) -> dict[str, KnowledgeCheck]:
    """The questions of a lesson by key."""
    return {check.key: check for check in parts(pieces, KnowledgeCheck)}


def place_of(check: str, pieces: tuple[Piece, ...]) -> str:
    """The anchor of a question on its page."""
    return f"check-{list(knowledge_checks(pieces)).index(check) + 1}"


def scenarios(pieces: tuple[Piece, ...]) -> tuple[Scenario, ...]:
    """The stories of a lesson."""
    return tuple(parts(pieces, Scenario))


def tomorrow(pieces: tuple[Piece, ...]) -> Tomorrow | None:
    """What may be chosen for tomorrow."""
    return next(parts(pieces, Tomorrow), None)


def final_check(pieces: tuple[Piece, ...]) -> FinalCheck | None:
    """The final check."""
    return next(parts(pieces, FinalCheck), None)
