"""What should stand for a post after a roster row: pure rules over its terms and duties.

Read docs of `Term`: a change in the job closes the running term and begins another, a correction restates it.
Every rule answers with the whole list that should stand, so that applying the same row twice changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)


class Content(NamedTuple):
    """What a post is during a term; '' and None where nothing is said. `manager` is another post's key."""

    role_group: str
    post_title: str
    team: str
    site_code: str
    locality_id: int | None
    manager: tuple[str, str] | None
    employment_type: str
    status: str
    fte: str


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which a post is one thing, or holds a designation."""

    starts_on: date
    ends_on: date | None
    content: Content | None = None

    def reaches(self, day: date) -> bool:
        """Whether it has not ended before this day."""
        return self.ends_on is None or self.ends_on >= day

    def ending(self, ends_on: date | None) -> "Span":
        """The same with another end."""
        return replace(self, ends_on=ends_on)


class Clash(ValueError):
    """The row cannot be fitted to what stands. The text says why."""


def running(spans: Sequence[Span]) -> list[Span]:
    """The last unbroken run of spans."""
    run = list(spans[-1:])
    for span in reversed(spans[:-1]):
        if span.ends_on is None or span.ends_on + DAY != run[0].starts_on:
            break
        run.insert(0, span)
    return run


def wanted_terms(stand: Sequence[Span], row: Span, as_at: date) -> list[Span]:
    """The terms that should stand after this row. `row` runs from the post's start to its end. May raise Clash."""
    if not stand:
        return [row]
    last = stand[-1]
    if last.ends_on is not None and row.starts_on > last.ends_on:
        return [*stand, row]
    run = running(stand)
    earlier = list(stand[: len(stand) - len(run)])
    if not row.reaches(last.starts_on):
        run = _cut_short(run, row)
    elif row.content == last.content:
        run = [*run[:-1], last.ending(row.ends_on)]
    else:
        run = _changed(run, row, row.starts_on if row.starts_on > last.starts_on else as_at)
    if row.starts_on not in {span.starts_on for span in run}:
        run = _beginning(run, row.starts_on)
    if earlier and earlier[-1].reaches(row.starts_on):
        raise Clash(f"start_date {row.starts_on} lies inside an earlier time in the same post")
    return [*earlier, *run]


def _changed(run: list[Span], row: Span, day: date) -> list[Span]:
    """The run with another last content, from a day; a term that begins on or after that day is restated."""
    last = run[-1]
    if day > last.starts_on and row.reaches(day):
        return [*run[:-1], last.ending(day - DAY), Span(day, row.ends_on, row.content)]
    if len(run) > 1 and run[-2].content == row.content and row.starts_on < last.starts_on:
        return [*run[:-2], run[-2].ending(row.ends_on)]
    return [*run[:-1], Span(last.starts_on, row.ends_on, row.content)]


def _cut_short(run: list[Span], row: Span) -> list[Span]:
    """The run, ended before its last change: what the row says the post was, it was at its end."""
    kept = [span for span in run if span.starts_on <= row.ends_on] or [row]  # type: ignore[operator]
    return [*kept[:-1], Span(kept[-1].starts_on, row.ends_on, row.content)]


def _beginning(run: list[Span], starts_on: date) -> list[Span]:
    """The run, beginning on another day."""
    first, *rest = [*(span for span in run[:-1] if span.reaches(starts_on)), run[-1]]
    return [replace(first, starts_on=starts_on), *rest]


def wanted_duties(
    stand: Sequence[Span], *, is_held: bool | None, before: Sequence[Span], after: Sequence[Span], as_at: date
) -> list[Span]:
    """The days of one designation on a post whose terms were `before` and shall be `after`.

    `is_held` is what the row says; None where the file has no such column: then duties only follow the post's end.
    """
    ends_on = after[-1].ends_on
    stand = [span for span in stand if ends_on is None or span.starts_on <= ends_on]
    follows = _ended_with_post(stand, before, after)
    if is_held is False:
        spans = closed(stand, as_at - DAY)
    elif stand and (follows or (is_held and stand[-1].reaches(as_at))):
        spans = [*stand[:-1], stand[-1].ending(ends_on)]
    else:
        begins = _duty_begins(stand, before, after, as_at)
        is_new = is_held and (ends_on is None or begins <= ends_on)
        spans = [*stand, Span(begins, ends_on)] if is_new else list(stand)
    return closed(spans, ends_on) if ends_on is not None else spans


def _ended_with_post(stand: Sequence[Span], before: Sequence[Span], after: Sequence[Span]) -> bool:
    """Whether the duty ended on the post's last day, in a run of terms that goes on."""
    if not stand or not before or stand[-1].ends_on is None or stand[-1].ends_on != before[-1].ends_on:
        return False
    return running(after)[0].starts_on <= stand[-1].ends_on


def _duty_begins(stand: Sequence[Span], before: Sequence[Span], after: Sequence[Span], as_at: date) -> date:
    """A new post's duties begin with it; another's on the day of the change, if the post has begun."""
    start = running(after)[0].starts_on
    begins = max(as_at, start) if before else start
    return max(begins, stand[-1].ends_on + DAY) if stand and stand[-1].ends_on is not None else begins


def closed(spans: Sequence[Span], last_day: date) -> list[Span]:
    """The spans, none later than this day."""
    return [
        span if span.ends_on is not None and span.ends_on <= last_day else span.ending(last_day)
        for span in spans
        if span.starts_on <= last_day
    ]
