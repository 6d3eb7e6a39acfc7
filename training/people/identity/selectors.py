"""Who is known to be whom, now or as known at a moment."""

from datetime import datetime

from django.db.models.functions import Coalesce

from training.people.models import Agency, Sameness

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
    said = Sameness.objects.everywhere(reason=WHY)
    said = said.known_now() if known_at is None else said.known_at(known_at)
    return training_of(said.order_by().values_list("record_id", "same_as_id", "agency_id"))
