"""A lesson as its page draws it: finished mark-up, and between it the parts that answer to the learner."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue

from courses.blocks import LessonBody
from courses.blocks.checked import CheckedBlock
from courses.cards import question_card
from courses.content.base import Part
from courses.content.questions import KnowledgeCheck
from courses.content.schema import FinalCheck, Scenario, Tomorrow

BODY = LessonBody()
CHECK_CAPTION = "Check what you know"
LIVE = ("knowledge_check", "scenario", "reflection", "survey", "tomorrow", "final_check", "directory")
PLACES = {
    "knowledge_check": "check-{}",
    "scenario": "story-{}",
    "reflection": "note-{}",
    "survey": "survey-{}",
    "tomorrow": "tomorrow",
}
# Left out of the text-only version, with what announces them
STORIES = ("scenario", "video", "audio")


@dataclass(frozen=True, slots=True)
class Piece:
    """Mark-up that is the same for everyone (`html`), or a part (`part`), counted among its kind from 1.

    A question has both: its mark-up is what it looks like before it has been answered.

    `places` are its anchors on the page, to one of which a learner can be brought back.
    """

    kind: str
    html: SafeString = SafeString("")
    part: Part | None = None
    number: int = 0
    places: tuple[str, ...] = ()


def read_pieces(raw: list[dict[str, Any]], *, text_only: bool = False) -> tuple[Piece, ...]:
    """The pieces of a lesson's stream."""
    stream = BODY.to_python(without_stories(raw) if text_only else raw)
    counts = dict.fromkeys(LIVE, 0)
    pieces: list[Piece] = []
    numbered = enumerate(stream, start=1)
    for is_live, group in groupby(numbered, lambda each: each[1].block_type in LIVE):
        if not is_live:
            pieces.append(_static(list(group)))
            continue
        for _, child in group:
            kind = child.block_type
            counts[kind] += 1
            place = PLACES.get(kind, "").format(counts[kind])
            part, places = _part(child), (place,) if place else ()
            pieces.append(Piece(kind, _untouched(part, counts[kind]), part, counts[kind], places))
    return tuple(pieces)


def _untouched(part: Part, number: int) -> SafeString:
    """A question as everybody meets it first; of other parts nothing."""
    if not isinstance(part, KnowledgeCheck):
        return SafeString("")
    card = question_card(part, number=number)
    return render_to_string("courses/question.html", {"card": card, "caption": CHECK_CAPTION})


def _static(blocks: list[tuple[int, StreamValue.StreamChild]]) -> Piece:
    """Neighbouring blocks that are the same for everyone, each with its anchor."""
    html = format_html_join(
        "", '<div class="course-at" id="at-{}">{}</div>', ((n, child.render()) for n, child in blocks)
    )
    return Piece("html", html=html, places=tuple(f"at-{number}" for number, _ in blocks))


def places_of(pieces: tuple[Piece, ...]) -> frozenset[str]:
    """The anchors of a lesson's page to which a learner can be brought back."""
    return frozenset(place for piece in pieces for place in piece.places)


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
