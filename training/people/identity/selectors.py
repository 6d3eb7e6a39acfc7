"""Who is known to be whom, now or as known at a moment."""

from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from training.people.models import Agency, Sameness, Sharing

from .groups import first_records, training_of

WHY = "who is known to be whom"
# Of a term: the record its post was entered as, whatever HR has merged since
ENTERED_AS = Coalesce("post__employment__entered_as_id", "post__employment__person_id")


def one_for_many(known_at: datetime | None = None, *, agency: Agency | None = None) -> dict[int, int]:
    """For each record that is joined to others, the first of its group. Count by this, and each person counts once.

    As known now or at a moment; with an agency, by what its HR said alone. Records that stand alone are not in it. One
    query, small whatever the agencies' size.
    """
    said = Sameness.objects.everywhere(reason=WHY) if agency is None else Sameness.objects.within(agency)
    said = said.known_now() if known_at is None else said.known_at(known_at)
    return first_records(said.order_by().values_list("record_id", "same_as_id"))


def whose_training(known_at: datetime | None = None) -> dict[int, frozenset[int]]:
    """For each record joined to others, the records whose training counts for it; now, or as known at a moment."""
    said = list(_said(known_at))
    if not said:
        return {}  # nothing is shared where nothing is joined
    shared = Sharing.objects.everywhere(reason=WHY)
    shared = shared.known_now() if known_at is None else shared.known_at(known_at)
    return training_of(said, shared.order_by().values_list("record_id", "own_id"))


def whose_runs() -> dict[int, frozenset[int]]:
    """The same now for runs through courses under way: those of joined records, for none are shared."""
    return training_of(_said(None))


def _said(known_at: datetime | None) -> QuerySet[Sameness, tuple[int, int, int | None]]:
    said = Sameness.objects.everywhere(reason=WHY)
    said = said.known_now() if known_at is None else said.known_at(known_at)
    return said.order_by().values_list("record_id", "same_as_id", "agency_id")
