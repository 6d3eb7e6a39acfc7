"""The read table of standings, written from facts: for posts marked stale, or for all."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction

from training.people.models import Agency, Person, Post, StalePost

from .attempts import OpenAttempts
from .models import StandingStep
from .selectors.histories import histories, in_chunks
from .steps import Step, steps

WHY = "keeping the read table of standings"
FIELDS = (
    "state",
    "is_valid",
    "is_required",
    "due_on",
    "valid_until",
    "window_opens_on",
    "began_on",
)


def refresh_stale(*, at: datetime, limit: int = 500, agency: Agency | None = None, person: Person | None = None) -> int:
    """Work out anew the standings of posts marked stale, oldest mark first; how many. Cheap when nothing is stale.

    Pages of an agency or a person call it before they read; the worker calls it for everybody. A mark set meanwhile
    stays.
    """
    marks = StalePost.objects.everywhere(reason=WHY) if agency is None else StalePost.objects.within(agency)
    if person is not None:
        marks = marks.filter(person.all_of("post__employment__person"))
    if not marks.exists():
        return 0
    with transaction.atomic():
        taken = marks.select_for_update(skip_locked=True, of=("self",)).order_by("marked_at", "pk")[:limit]
        marked = dict(taken.values_list("post_id", "marked_at"))
        refresh_standings(marked, at=at)
        _unmark(marked)
    return len(marked)


def refresh_standings(post_ids: Iterable[int], *, at: datetime, attempts: OpenAttempts | None = None) -> int:
    """Bring the read table up to the facts for these posts; how many posts' steps were written anew."""
    written = 0
    for chunk in in_chunks(sorted(post_ids)):
        with transaction.atomic():
            written += _refresh(chunk, at, attempts)
    return written


def rebuild_standings(*, at: datetime, agency: Agency | None = None) -> int:
    """Drop the read table (or an agency's part of it), so many posts at a time, and write it from facts; how many."""
    posts = Post.objects.everywhere(reason=WHY) if agency is None else Post.objects.within(agency)
    ids = list(posts.order_by("pk").values_list("pk", flat=True))
    for chunk in in_chunks(ids):
        with transaction.atomic():
            marks = StalePost.objects.everywhere(reason=WHY).filter(post__in=chunk)
            marked = dict(marks.order_by("post_id").select_for_update().values_list("post_id", "marked_at"))
            _lock(chunk)
            StandingStep.objects.everywhere(reason=WHY).filter(post__in=chunk).delete()
            _refresh(chunk, at, None)
            _unmark(marked)
    return len(ids)


def _unmark(marked: dict[int, datetime]) -> None:
    """Take away these marks, unless they have been set anew since they were read."""
    for moment in sorted(set(marked.values())):
        posts = [post for post, marked_at in marked.items() if marked_at == moment]
        StalePost.objects.everywhere(reason=WHY).filter(post__in=posts, marked_at=moment).delete()


def _lock(ids: list[int]) -> None:
    """One writer of these posts' steps at a time. Marks are locked before posts, and both in the order of posts."""
    posts = Post.objects.everywhere(reason=WHY).filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    list(posts.values_list("pk"))


def _refresh(ids: list[int], at: datetime, attempts: OpenAttempts | None) -> int:
    """Write the steps of the posts whose steps differ from what stands there."""
    _lock(ids)
    wanted: dict[int, list[StandingStep]] = {}
    for each in histories(ids, attempts=attempts):
        wanted.setdefault(each.post, []).extend(_rows(each.post, each.module, steps(each.history), at))
    standing: dict[int, list[StandingStep]] = {}
    table = StandingStep.objects.everywhere(reason=WHY)
    for row in table.filter(post__in=ids):
        standing.setdefault(row.post_id, []).append(row)
    differing = [pk for pk in ids if _said(wanted.get(pk, ())) != _said(standing.get(pk, ()))]
    table.filter(post__in=[pk for pk in differing if pk in standing]).delete()
    StandingStep.objects.bulk_create([row for pk in differing for row in wanted.get(pk, ())], batch_size=2000)
    same = [pk for pk in ids if pk not in differing]
    table.filter(post__in=same).update(worked_out_at=at)
    return len(differing)


def _rows(post: int, module: int, found: Iterable[Step], at: datetime) -> Iterator[StandingStep]:
    for step in found:
        said = {name: getattr(step.standing, name) for name in FIELDS}
        yield StandingStep(
            post_id=post,
            module_id=module,
            from_on=step.from_on,
            until_on=step.until_on,
            reasons=list(step.standing.reasons),
            worked_out_at=at,
            **said,
        )


def _said(rows: Iterable[StandingStep]) -> set[tuple[object, ...]]:
    """What rows say, but for when they were worked out."""
    names = ("module_id", "from_on", "until_on", *FIELDS)
    return {(*(getattr(row, name) for name in names), tuple(row.reasons)) for row in rows}
