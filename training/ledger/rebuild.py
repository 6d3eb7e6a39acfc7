"""The read table of standings, written from facts: for posts marked stale, or for all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import BigIntegerField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Value

from training.access.prepared import Given, PreparedDelete, PreparedRead, PreparedUpdate, among
from training.pathways.models import Module
from training.people.models import Agency, Person, Post, StalePost
from training.people.models.posts import StalePostQuerySet
from training.people.roster.bulk import as_json, insert

from .attempts import OpenAttempts, open_attempts
from .columns import MODULE_BITS
from .models import StandingCount, StandingStep
from .plain_posts import job_rules, plain_steps
from .selectors.histories import histories, in_chunks
from .step_columns import differing, keys_of, standing_columns, write
from .steps import Step, steps

WHY = "keeping the read table of standings"
MANY = 100
"""From so many posts on, columns are quicker than post by post."""
BATCH = 10_000
BATCH_ON_SQLITE = 500
SAID = (
    "from_on",
    "until_on",
    "state",
    "is_valid",
    "is_required",
    "due_on",
    "valid_until",
    "window_opens_on",
    "began_on",
)
Said = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """Every so-manieth batch, for one of several processes that divide the work."""

    number: int = 0
    of: int = 1

    def has(self, batch: int) -> bool:
        """Whether a batch is in it."""
        return batch % self.of == self.number


WHOLE = Share()


def stale_marks(
    *, agency: Agency | None = None, person: Person | None = None, posts: QuerySet | None = None
) -> StalePostQuerySet:
    """The marks on an agency's posts, on one person's, or on these; on everybody's, where none is named."""
    marks = StalePost.objects.everywhere(reason=WHY) if agency is None else StalePost.objects.within(agency)
    if person is not None:
        marks = marks.filter(person.all_of("post__employment__person"))
    return marks if posts is None else marks.filter(post__in=posts)


def refresh_stale(
    *,
    at: datetime,
    limit: int = 500,
    agency: Agency | None = None,
    person: Person | None = None,
    posts: QuerySet | None = None,
) -> int:
    """Work out anew the standings of posts marked stale, oldest mark first; how many. Cheap when nothing is stale.

    What the worker has under its hands is left to it, and waited for where one person's or a few posts are wanted:
    they have to be right. A mark set meanwhile stays. Never inside a transaction that goes on to write the ledger
    (docs/decisions/0014-one-order-of-locks.md).
    """
    if person is not None:
        return _refresh_person((person.pk, *person.earlier_records()), at)
    marks = stale_marks(agency=agency, posts=posts)
    if not marks.exists():
        return 0
    with transaction.atomic(durable=True):
        # Who waits for marks takes them in the order of posts, as every other writer does.
        order = ("marked_at", "pk") if posts is None else ("post_id",)
        taken = marks.select_for_update(skip_locked=posts is None, no_key=True, of=("self",)).order_by(*order)[:limit]
        return _refresh_marked(dict(taken.values_list("post_id", "marked_at")), at)


def _refresh_person(records: tuple[int, ...], at: datetime) -> int:
    if not _is_marked(records):
        return 0
    with transaction.atomic(durable=True):
        return _refresh_marked(dict(_taken(records)), at)


def _refresh_marked(marked: dict[int, datetime], at: datetime) -> int:
    refresh_standings(marked, at=at)
    _unmark(marked)
    return len(marked)


def _marks_of(records: Given) -> StalePostQuerySet:
    return StalePost.objects.everywhere(reason=WHY).filter(among("post__employment__person_id", records))


@PreparedRead
def _is_marked(records: Given) -> QuerySet[StalePost, Any]:
    return _marks_of(records).values_list("pk")[:1]


@PreparedRead
def _taken(records: Given) -> QuerySet[StalePost, Any]:
    taken = _marks_of(records).select_for_update(no_key=True, of=("self",))
    return taken.order_by("post_id").values_list("post_id", "marked_at")


def refresh_standings(post_ids: Iterable[int], *, at: datetime, attempts: OpenAttempts | None = None) -> int:
    """Bring the read table up to the facts for these posts; how many posts' steps were written anew."""
    written = 0
    for chunk in _batches(sorted(post_ids)):
        with transaction.atomic(savepoint=False):
            written += _refresh(chunk, at, attempts)
    return written


def rebuild_standings(*, at: datetime, agency: Agency | None = None, share: Share = WHOLE) -> int:
    """Work out every post's standings (or an agency's) from facts and put right what the table has; how many posts.

    So many posts at a time, each batch its own transaction: nobody waits long, and whoever is killed in the middle
    leaves each post with its old rows or its new. `share` is for several processes that divide the posts.
    """
    posts = Post.objects.everywhere(reason=WHY) if agency is None else Post.objects.within(agency)
    done = 0
    for number, chunk in enumerate(_batches(list(posts.order_by("pk").values_list("pk", flat=True)))):
        if not share.has(number):
            continue
        with transaction.atomic():
            marks = StalePost.objects.everywhere(reason=WHY).filter(among("post_id", chunk))
            taken = marks.order_by("post_id").select_for_update(no_key=True)
            marked = dict(taken.values_list("post_id", "marked_at"))
            _refresh(chunk, at, None)
            _unmark(marked)
        done += len(chunk)
    return done


def sweep() -> int:
    """Take rows of posts and modules that are gone out of the read table, which no foreign key guards; how many."""
    posts, modules = Post.objects.everywhere(reason=WHY), Module.objects.all()
    table = StandingStep.objects.everywhere(reason=WHY)
    with transaction.atomic():
        gone = table.filter(~Exists(posts.filter(pk=OuterRef("post_id")))).delete()[0]
        gone += table.filter(~Exists(modules.filter(pk=OuterRef("module_id")))).delete()[0]
        if gone:  # locked in the order in which everybody locks them
            list(StandingCount.objects.order_by("agency_id").select_for_update(no_key=True).values_list("pk"))
            StandingCount.objects.update(changes=F("changes") + 1)
    return gone


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while batch := list(islice(left, BATCH if connection.vendor == "postgresql" else BATCH_ON_SQLITE)):
        yield batch


def _unmark(marked: dict[int, datetime]) -> None:
    """Take away these marks, unless they have been set anew since they were read."""
    for moment in sorted(set(marked.values())):
        _take_off([post for post, marked_at in marked.items() if marked_at == moment], moment)


@PreparedDelete
def _take_off(posts: Given, marked_at: Given) -> QuerySet[StalePost]:
    return StalePost.objects.everywhere(reason=WHY).filter(among("post_id", posts), marked_at=marked_at)


@PreparedRead
def _locked(posts: Given) -> QuerySet[Post, Any]:
    """One writer of these posts' steps at a time. Marks are locked before posts, and both in the order of posts."""
    rows = Post.objects.everywhere(reason=WHY).filter(among("pk", posts)).order_by("pk")
    return rows.select_for_update(no_key=True, of=("self",)).values_list("employment__agency_id")


def _refresh(ids: list[int], at: datetime, attempts: OpenAttempts | None) -> int:
    """Write the steps of the posts whose steps differ from what stands there."""
    agencies = {agency for (agency,) in _locked(ids)}
    if len(ids) < MANY:
        written = sum(_refresh_one_by_one(chunk, at, attempts) for chunk in in_chunks(ids))
    else:
        written = _refresh_in_columns(ids, at, attempts)
    _count_a_change(agencies)
    return written


def _count_a_change(agencies: set[int]) -> None:
    """Say of the agencies of these posts that their counts are old; last in a transaction, since it makes others wait.

    Also where no step differs: a post may have gone to another team.
    """
    ordered = sorted(agencies)
    if len(ordered) == 1 and _one_more(ordered):
        return
    locked = {agency for (agency,) in _locked_counts(ordered)}
    if missing := [agency for agency in ordered if agency not in locked]:
        StandingCount.objects.bulk_create(
            (StandingCount(agency_id=agency) for agency in missing), ignore_conflicts=True
        )
        _locked_counts(ordered)
    _one_more(ordered)


@PreparedRead
def _locked_counts(agencies: Given) -> QuerySet[StandingCount, Any]:
    counts = StandingCount.objects.filter(among("agency_id", agencies)).order_by("agency_id")
    return counts.select_for_update(no_key=True).values_list("agency_id")


@PreparedUpdate
def _one_more(agencies: Given) -> tuple[QuerySet[StandingCount], dict[str, Any]]:
    return StandingCount.objects.filter(among("agency_id", agencies)), {"changes": F("changes") + 1}


def _refresh_in_columns(ids: list[int], at: datetime, attempts: OpenAttempts | None) -> int:
    """Plain posts all together, the others one by one."""
    people = (
        Post.objects.everywhere(reason=WHY).filter(among("pk", ids)).values_list("employment__person_id", flat=True)
    )
    under_way = open_attempts(sorted(set(people))) if attempts is None else attempts
    wanted, others = plain_steps(ids, job_rules(), under_way)
    plain = sorted(set(ids) - set(others))
    standing = standing_columns(plain)
    pairs = differing(wanted, standing)
    _delete(np.intersect1d(pairs, keys_of(standing)).tolist())
    rows = np.isin(keys_of(wanted), pairs)
    write({name: column[rows] for name, column in wanted.items()}, at=at)
    written = len(np.unique(pairs >> MODULE_BITS))
    return written + sum(_refresh_one_by_one(chunk, at, under_way) for chunk in in_chunks(others))


def _refresh_one_by_one(ids: list[int], at: datetime, attempts: OpenAttempts | None) -> int:
    wanted: dict[int, set[Said]] = {}
    for each in histories(ids, attempts=attempts):
        key = (each.post << MODULE_BITS) | each.module
        wanted.setdefault(key, set()).update((each.post, each.module, *_said(step)) for step in steps(each.history))
    standing: dict[int, set[Said]] = {}
    for post, module, *row, reasons in _standing(ids):
        standing.setdefault((post << MODULE_BITS) | module, set()).add((post, module, *row, tuple(reasons)))
    pairs = [key for key in sorted(wanted | standing) if wanted.get(key, set()) != standing.get(key, set())]
    _delete([key for key in pairs if key in standing])
    rows = ((*row, as_json(reasons), at) for key in pairs for *row, reasons in wanted.get(key, ()))
    insert(StandingStep, ("post_id", "module_id", *SAID, "reasons", "worked_out_at"), rows)
    return len({key >> MODULE_BITS for key in pairs})


@PreparedRead
def _standing(posts: Given) -> QuerySet[StandingStep, Any]:
    rows = StandingStep.objects.everywhere(reason=WHY).filter(among("post_id", posts))
    return rows.values_list("post_id", "module_id", *SAID, "reasons")


def _delete(keys: list[int]) -> None:
    """Take away what stands for these posts and modules."""
    if keys:
        _delete_steps({key >> MODULE_BITS for key in keys}, keys)


@PreparedDelete
def _delete_steps(posts: Given, keys: Given) -> QuerySet[StandingStep]:
    key = ExpressionWrapper(F("post_id") * Value(1 << MODULE_BITS) + F("module_id"), output_field=BigIntegerField())
    rows = StandingStep.objects.everywhere(reason=WHY).filter(among("post_id", posts))  # by the index
    return rows.filter(among(key, keys))


def _said(step: Step) -> Said:
    """A row of SAID with its reasons; plain, since an object of the table takes longer to make than a step to find."""
    it = step.standing
    days = (it.due_on, it.valid_until, it.window_opens_on, it.began_on)
    return (step.from_on, step.until_on, it.state.value, it.is_valid, it.is_required, *days, tuple(it.reasons))
