"""What a partnership asks of its champions on a day."""

from collections.abc import Iterable
from datetime import date

from champions.conditions import Conditions
from champions.models import NetworkConditions
from training.people.models import Partnership


def conditions_on(partnership: Partnership, on: date) -> Conditions:
    """The version in force that day; nothing is asked before the first. One query."""
    return in_force(NetworkConditions.objects.begun_on(on).filter(partnership=partnership))


def in_force(begun: Iterable[NetworkConditions]) -> Conditions:
    """What the versions that have begun, oldest first, come to: the last of them, and since when it asks check-ins."""
    asks_since, last = None, None
    for last in begun:
        asks_since = (asks_since or last.starts_on) if last.check_in_months else None
    if last is None:
        return Conditions()
    return Conditions(last.meetings_needed, last.meetings_of, last.check_in_months, last.warn_days, asks_since)
