"""What an author sees of a page before it is published: as a learner meets it, and what to look at."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import StreamValue

from courses.blocks import LessonBody
from courses.content import wording
from courses.content.branches import MapStep, Moment, Way, story_map
from courses.content.whole import stops, warnings
from courses.models import CoursePage, LessonPage
from courses.outline import LessonOutline, Outline, read_outline
from courses.pieces import without_stories
from courses.plain import plain
from courses.services.publishing import lesson_content, snapshot

BODY = LessonBody()
# The grade that packaged lessons keep below, and the number of words from which a grade says anything
READING_GRADE = 7
PROSE = 50


@dataclass(frozen=True, slots=True)
class StoryMap:
    """The branches of one story of a lesson."""

    title: str
    steps: tuple[MapStep, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What stands in the way of publishing, and what is worth another look."""

    stops: list[str]
    warnings: list[str]
    words: list[str]


def course_outline(page: CoursePage) -> Outline:
    """The course as it would be frozen now, this draft of its page included."""
    return read_outline(snapshot(page))


def lesson_preview(page: LessonPage, *, text_only: bool = False) -> dict[str, Any]:
    """What the lesson's preview draws: the course around it, its place there, and its blocks."""
    parent = page.get_parent().specific
    siblings = list(LessonPage.objects.child_of(parent).order_by("path").values_list("pk", flat=True))
    place = siblings.index(page.pk) + 1 if page.pk in siblings else len(siblings) + 1
    raw = page.body.get_prep_value()
    return {
        "course": parent.slug,
        "outline": course_outline(parent),
        "lesson": _outlined(page, place),
        "parts": max(len(siblings), place),
        "blocks": _numbered(BODY.to_python(without_stories(raw)) if text_only else page.body),
        "is_text_only": text_only,
    }


def _numbered(blocks: Iterable[StreamValue.StreamChild]) -> list[tuple[int, StreamValue.StreamChild]]:
    """Each with its number among its kind, as the player counts them."""
    counts: Counter[str] = Counter()
    numbered = []
    for block in blocks:
        counts[block.block_type] += 1
        numbered.append((counts[block.block_type], block))
    return numbered


def _outlined(page: LessonPage, place: int) -> LessonOutline:
    content = lesson_content(page)
    notes = tuple(content["content_notes"])
    return LessonOutline(
        page.slug, place, page.title, page.neutral_title, page.minutes or 0, notes, is_final=content["is_final"]
    )


def story_maps(page: LessonPage) -> list[StoryMap]:
    """The branches of each story of the lesson, finished or not."""
    blocks = plain(page.body.get_prep_value())
    stories = (block["value"] for block in blocks if block["type"] == "scenario")
    return [StoryMap(story.get("title") or "Story", story_map(_moments(story))) for story in stories]


def _moments(story: dict[str, Any]) -> list[Moment]:
    return [
        Moment(
            step.get("key") or "",
            step.get("text") or "",
            tuple(Way(choice.get("text") or "", choice.get("goes_to") or "") for choice in step.get("choices") or ()),
        )
        for step in story.get("steps") or ()
    ]


def look_at_course(page: CoursePage) -> Looked:
    """The whole course, as it would be published now."""
    content = snapshot(page)
    said = {name: content[name] for name in ("title", "summary", "outcomes", "welcome", "how_to_book", "how_to_record")}
    return Looked(stops(content), warnings(content), _words(said, (page.slug, page.neutral_title)))


def look_at_lesson(page: LessonPage) -> Looked:
    """One lesson: its words, and what its blocks still want."""
    said = {
        f"block {number} ({child.block.label})": plain(child.block.get_prep_value(child.value))
        for number, child in enumerate(page.body, 1)
    }
    unfinished = [
        f"{child.block.label}: {fault}"
        for child in page.body
        if hasattr(child.block, "faults")
        for fault in child.block.faults(child.value)
    ]
    found = _words(said, (page.slug, page.neutral_title, page.whats_new))
    if wording.words(said) > PROSE and wording.school_year(said) > READING_GRADE:
        found.append("The text is hard to read: use shorter sentences and shorter words.")
    return Looked(unfinished, [], found)


def _words(said: dict[str, Any], shown: tuple[str, ...]) -> list[str]:
    """What the words of a page are looked at for (courses/content/wording.py), each with its place."""
    found = [f"A number that nobody has checked. {place}" for place in wording.unchecked_numbers(said)]
    found += [f"A word that we do not use. {place}" for place in wording.unwelcome_words(said)]
    telling = [text for text in shown if wording.TELLING.search(text)]
    return [*found, *(f"'{text}' tells the subject to whoever looks over a shoulder." for text in telling)]
