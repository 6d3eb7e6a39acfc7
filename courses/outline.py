"""A course as an edition froze it, without the lessons' bodies."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

# What a page says of every draft: a note that opens with it does not say it twice
DRAFT = "Draft for specialist review."


@dataclass(frozen=True, slots=True)
class LessonOutline:
    """One part of a course. `number` counts from 1. `package` is the uid of the package that is the part, if one is."""

    slug: str
    number: int
    title: str
    neutral_title: str
    minutes: int
    content_notes: tuple[str, ...]
    is_final: bool
    package: str = ""


@dataclass(frozen=True, slots=True)
class Welcome:
    """What is said before anything else, as rich text."""

    stop: str
    quiet_route: str
    support: str


@dataclass(frozen=True, slots=True)
class Review:
    """Whether a specialist has still to read the course, and when its law was last checked."""

    is_draft: bool
    note: str
    law_checked_on: date | None
    law_of: str
    reviewed_on: date | None = None
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """After so many tries at the final check there are so many hours of rest, and then as many tries again."""

    after: int
    hours: int

    def ends(self, number: int, marked_at: datetime) -> datetime | None:
        """When the rest after the try of this number ends, if there is one after it."""
        return marked_at + timedelta(hours=self.hours) if number % self.after == 0 else None


@dataclass(frozen=True, slots=True)
class Outline:
    """What the course covers and how long it takes."""

    title: str
    neutral_title: str
    summary: str
    minutes: int
    pass_mark: int
    outcomes: tuple[str, ...]
    references: tuple[str, ...]
    welcome: Welcome
    review: Review
    lessons: tuple[LessonOutline, ...]
    is_online: bool = True
    is_part: bool = False
    how_to_book: str = ""
    how_to_record: str = ""
    rest: Rest | None = None

    def lesson(self, slug: str) -> LessonOutline | None:
        """The lesson at this address, if there is one."""
        return next((lesson for lesson in self.lessons if lesson.slug == slug), None)

    def before(self, lesson: LessonOutline) -> LessonOutline | None:
        """The lesson before this one."""
        return self.lessons[lesson.number - 2] if lesson.number > 1 else None

    def after(self, lesson: LessonOutline) -> LessonOutline | None:
        """The lesson after this one."""
        return self.lessons[lesson.number] if lesson.number < len(self.lessons) else None

    @property
    def is_package(self) -> bool:
        """Whether it is a package written elsewhere."""
        return any(lesson.package for lesson in self.lessons)

    @property
    def final(self) -> LessonOutline | None:
        """The lesson that holds the final check."""
        return next((lesson for lesson in self.lessons if lesson.is_final), None)

    def minutes_left(self, done: Collection[str]) -> int:
        """How long the lessons take that are not among these."""
        return sum(lesson.minutes for lesson in self.lessons if lesson.slug not in done)


def read_outline(content: dict[str, Any]) -> Outline:
    """The outline of an edition's content."""
    lessons = [
        LessonOutline(
            slug=lesson["slug"],
            number=number,
            title=lesson["title"],
            neutral_title=lesson["neutral_title"],
            minutes=lesson["minutes"],
            content_notes=tuple(lesson["content_notes"]),
            is_final=lesson["is_final"],
            package=lesson.get("package", ""),
        )
        for number, lesson in enumerate(content["lessons"], start=1)
    ]
    return Outline(
        title=content["title"],
        neutral_title=content["neutral_title"],
        summary=content["summary"],
        minutes=content["minutes"],
        pass_mark=content["pass_mark"],
        outcomes=tuple(content["outcomes"]),
        references=tuple(content.get("references", ())),
        welcome=Welcome(**content["welcome"]),
        review=_review(content["review"]),
        lessons=tuple(lessons),
        is_online=content.get("is_online", True),
        is_part=content.get("counts_as") == "part",
        how_to_book=content.get("how_to_book", ""),
        how_to_record=content.get("how_to_record", ""),
        rest=Rest(**content["rest"]) if "rest" in content else None,
    )


def _review(said: dict[str, Any]) -> Review:
    return Review(
        is_draft=said["is_draft"],
        note=said["note"].removeprefix(DRAFT).strip(),
        law_checked_on=_day(said["law_checked_on"]),
        law_of=said["law_of"],
        reviewed_on=_day(said.get("reviewed_on", "")),
        review_by=_day(said.get("review_by", "")),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
