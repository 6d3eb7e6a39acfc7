"""Every figure on a day, in the order of the list of indicators."""

from .counts import completions_of_a_year, confidence, directory_complete, narrative_present, roster_quality
from .coverage import coverages, designated_contacts, induction_on_time
from .network import champions
from .places import places_forecast
from .promises import commitments, return_on_time

WAYS = (
    coverages,
    induction_on_time,
    confidence,
    commitments,
    champions,
    designated_contacts,
    places_forecast,
    completions_of_a_year,
    roster_quality,
    return_on_time,
    directory_complete,
    narrative_present,
)


def figures(facts, on):
    """All of them."""
    return [figure for way in WAYS for figure in way(facts, on)]
