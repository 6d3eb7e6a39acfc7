"""Saying how many staff an agency has."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.models import Agency
from training.returns.errors import ReturnError, TooMany
from training.returns.limits import EVERYBODY, Declared
from training.returns.models import LARGEST, HeadCount

OLDEST = timedelta(days=3 * 366)


@transaction.atomic
def declare(*, agency: Agency, counts: Iterable[Declared], by: Actor, at: datetime) -> int:
    """Put head-counts on record, all of them or none; how many say something new.

    One of the same group and day takes the place of the one before. ReturnError, TooMany.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    standing = {
        (row.counted_on, (row.group_kind, row.group)): row
        for row in HeadCount.objects.known_now().filter(agency=agency)
    }
    new = {(each.counted_on, each.group): each.people for each in counts}
    new = {key: people for key, people in new.items() if key not in standing or standing[key].people != people}
    for (counted_on, _), people in new.items():
        _insist_on_sense(counted_on, people, london_date(at))
    _insist_on_parts({key: row.people for key, row in standing.items()} | new)
    replaced = [standing[key].pk for key in new if key in standing]
    HeadCount.objects.filter(pk__in=replaced).update(replaced_at=at)
    HeadCount.objects.bulk_create(
        HeadCount(
            agency=agency,
            counted_on=counted_on,
            group_kind=kind,
            group=group,
            people=people,
            recorded_at=at,
            recorded_by=str(by),
        )
        for (counted_on, (kind, group)), people in new.items()
    )
    if new:
        audit.record(
            "head-counts declared", by=by, at=at, kind="agency", uid=agency.uid, agency_code=agency.code, rows=len(new)
        )
    return len(new)


def _insist_on_sense(counted_on: date, people: int, today: date) -> None:
    if not today - OLDEST <= counted_on <= today:
        raise ReturnError("Give a day of the last three years on which you counted.")
    if people > LARGEST:
        raise TooMany(f"{people:,} people is more than one agency can have. Check the number.")


def _insist_on_parts(counts: dict[tuple[date, tuple[str, str]], int]) -> None:
    """No part of the staff is larger than all of it on the same day."""
    for (counted_on, _group), people in counts.items():
        whole = counts.get((counted_on, EVERYBODY))
        if whole is not None and people > whole:
            raise TooMany(
                f"{people:,} in one group is more than all staff together, {whole:,}, on "
                f"{counted_on.day} {counted_on:%B %Y}. Check both numbers."
            )
