"""Drawing a sample of the rosters for an auditor, and dropping it."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from training.access.actor import Actor
from training.audit import services as audit
from training.inspection.drawing import Drawable, drawn
from training.inspection.errors import InspectionRefused
from training.inspection.models import Sample, SampledPost
from training.people.models import Agency, Partnership, Term
from training.strategy.selectors.facts import agencies_on

KEPT = timedelta(days=365)
MOST_A_YEAR = 10
SEED = re.compile(r"[A-Za-z0-9-]{4,40}")
WHY = "drawing a sample for an auditor"


@transaction.atomic
def draw_sample(*, partnership: Partnership, seed: str, as_at: date, by: Actor, at: datetime) -> Sample:
    """Draw 25 posts held on the day, as known now; whose record is protected is never drawn. Raises InspectionRefused.

    So many a year, as an auditor who went on drawing would in the end have read everybody's record.
    """
    if not SEED.fullmatch(seed):
        raise InspectionRefused("Give a seed of 4 to 40 letters, digits and hyphens.")
    before = Sample.objects.filter(partnership=partnership)
    if before.filter(drawn_at__gt=at - KEPT).count() >= MOST_A_YEAR:
        raise InspectionRefused(f"{MOST_A_YEAR} samples have been drawn in a year, which is the most there can be.")
    posts = drawn(_rows(partnership, as_at, at), seed)
    if not posts:
        raise InspectionRefused("No agency had anybody on its roster on that day.")
    number = (before.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            sample = Sample.objects.create(
                partnership=partnership, number=number, seed=seed, as_at=as_at, drawn_at=at, drawn_by=str(by)
            )
    except IntegrityError as error:
        raise InspectionRefused("Another sample was drawn at the same moment. Try again.") from error
    rows = [SampledPost(sample=sample, number=place, post_id=post) for place, post in enumerate(posts, 1)]
    SampledPost.objects.bulk_create(rows)
    audit.record(
        "sample drawn", by=by, at=at, kind="sample", uid=sample.uid, partnership_code=partnership.code, seed=seed
    )
    return sample


def _rows(partnership: Partnership, as_at: date, at: datetime) -> Iterator[Drawable]:
    agencies = agencies_on(partnership, on=as_at, known_at=at)
    terms = Term.objects.among(Agency.objects.filter(pk__in=agencies)).known_at(at).current_on(as_at)
    person = "post__employment__person"
    open_to_all = {f"{person}__is_protected": False, f"{person}__is_protected_elsewhere": False}
    found = terms.filter(**open_to_all).order_by().values_list("post__uid", "post_id", f"{person}_id")
    yield from ((str(uid), post, who) for uid, post, who in found.iterator(chunk_size=5000))


def drop_samples(*, at: datetime) -> int:
    """Drop those that were drawn a year ago; how many."""
    old = Sample.objects.filter(drawn_at__lt=at - KEPT)
    count = old.count()
    old.delete()
    return count
