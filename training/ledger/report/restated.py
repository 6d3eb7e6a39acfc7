"""Restatements: a figure as at a day, first given as known at a moment, and given anew when more became known."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from training.access.clock import LONDON
from training.people.models import Agency

from .changes import Change, changes
from .figures import Figure, Numbers, figures_of
from .lines import Line, lines_as_known


@dataclass(frozen=True, slots=True)
class Restatement:
    """A figure that came out otherwise at the end of a day than before. None: there was no such figure.

    `because` counts what became known that day for posts whose standing moved, in words and in order.
    """

    figure: Figure
    known_on: date
    before: Numbers | None
    after: Numbers | None
    because: tuple[tuple[str, int], ...]


def restatements(agency: Agency, *, on: date, first_at: datetime, known_at: datetime) -> tuple[Restatement, ...]:
    """How the figures as at a day moved between the moment at which they were first given and another; in order.

    The first reported value is `before` of a figure's first restatement, the value as known at `known_at` is `after`
    of its last. A figure that is not named stands as it was first given.
    """
    lines = lines_as_known(agency, on=on, known_at=first_at)
    by_day: dict[date, list[Change]] = {}
    for change in changes(agency, after=first_at, until=known_at):
        by_day.setdefault(change.known_on, []).append(change)
    found: list[Restatement] = []
    before = dict(figures_of(lines.values()))
    for day in sorted(by_day):
        moved = _moved(agency, lines, by_day[day], on, min(_end_of(day), known_at))
        if not moved:
            continue
        after = dict(figures_of(lines.values()))
        found += _restated(day, before, after, by_day[day], moved)
        before = after
    return tuple(found)


def _moved(
    agency: Agency, lines: dict[tuple[int, int], Line], known: Iterable[Change], on: date, at: datetime
) -> dict[int, set[Line]]:
    """Bring the lines up to what was known at a moment; the lines that moved, before and after, by post."""
    posts = {change.post for change in known}
    touched = None if None in posts else {post for post in posts if post is not None}
    anew = lines_as_known(agency, on=on, known_at=at, posts=touched)
    moved: dict[int, set[Line]] = {}
    keys = {key for key in lines if touched is None or key[0] in touched} | anew.keys()
    for key in keys:
        was, now = lines.pop(key, None), anew.get(key)
        if now is not None:
            lines[key] = now
        if was != now:
            moved.setdefault(key[0], set()).update(line for line in (was, now) if line is not None)
    return moved


def _restated(
    day: date,
    before: dict[Figure, Numbers],
    after: dict[Figure, Numbers],
    known: list[Change],
    moved: dict[int, set[Line]],
) -> list[Restatement]:
    found = []
    for figure in sorted(before.keys() | after.keys()):
        if before.get(figure) != after.get(figure):
            posts = {post for post, lines in moved.items() if any(figure.takes(line) for line in lines)}
            words = Counter(change.what for change in known if change.post is None or change.post in posts)
            because = tuple(sorted(words.items()))
            found.append(Restatement(figure, day, before.get(figure), after.get(figure), because))
    return found


def _end_of(day: date) -> datetime:
    """The last moment of a day in London."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON) - timedelta(microseconds=1)
