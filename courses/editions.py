"""Reading editions. They never change, so each worker keeps what it has read."""

from collections.abc import Callable
from typing import Any

from django.core.cache import caches

from courses.content.keeping import Survey
from courses.content.questions import Question
from courses.content.schema import FinalCheck, Scenario, Tomorrow
from courses.models import Edition
from courses.outline import Outline, read_outline
from courses.pieces import Piece, final_check, knowledge_checks, parts, read_pieces, scenarios, tomorrow

KEPT_SECONDS = 6 * 60 * 60


def outline_of(edition: Edition) -> Outline:
    """What the edition covers."""
    return _kept(f"outline:{edition.uid}", lambda: read_outline(_content(edition)))


def pieces_of(edition: Edition, lesson: str, *, text_only: bool = False) -> tuple[Piece, ...]:
    """The lesson at this address, ready to be drawn; nothing if the edition has no such lesson."""

    def read() -> tuple[Piece, ...]:
        bodies = {row["slug"]: row["body"] for row in _content(edition)["lessons"]}
        return read_pieces(bodies.get(lesson, []), text_only=text_only)

    return _kept(f"lesson:{edition.uid}:{lesson}:{'text' if text_only else 'full'}", read)


def final_of(edition: Edition, lesson: str) -> FinalCheck:
    """The final check held by this lesson."""
    check = final_check(pieces_of(edition, lesson))
    assert check is not None, "only a lesson with a final check is asked for it"
    return check


def tomorrow_of(edition: Edition) -> Tomorrow | None:
    """What the course offers to choose for tomorrow, in whichever lesson it stands."""
    lessons = (pieces_of(edition, lesson.slug) for lesson in outline_of(edition).lessons)
    return next(filter(None, map(tomorrow, lessons)), None)


def questions_of(edition: Edition) -> list[Question]:
    """Every question of the course, the pool of the final check last."""
    found: list[Question] = []
    for lesson in outline_of(edition).lessons:
        pieces = pieces_of(edition, lesson.slug)
        check = final_check(pieces)
        found += [*knowledge_checks(pieces).values(), *(check.questions if check else [])]
    return found


def stories_of(edition: Edition) -> dict[str, Scenario]:
    """Every story of the course by its key."""
    lessons = (pieces_of(edition, lesson.slug) for lesson in outline_of(edition).lessons)
    return {story.key: story for pieces in lessons for story in scenarios(pieces)}


def statements_of(edition: Edition) -> dict[str, str]:
    """What the surveys of the course ask how sure one feels of, by key."""
    lessons = (pieces_of(edition, lesson.slug) for lesson in outline_of(edition).lessons)
    asked = (survey for pieces in lessons for survey in parts(pieces, Survey))
    return {statement.key: statement.text for survey in asked for statement in survey.statements}


def _content(edition: Edition) -> dict[str, Any]:
    return Edition.objects.values_list("content", flat=True).get(pk=edition.pk)


def _kept(key: str, make: Callable[[], Any]) -> Any:
    found = caches["local"].get(key)
    if found is None:
        found = make()
        caches["local"].set(key, found, KEPT_SECONDS)
    return found
