"""Which agencies belong to a partnership's network, and which duties make a champion."""

from datetime import date

from django.db.models import QuerySet

from training.people.models import Membership, Partnership

DESIGNATION = "CHAMPION"
COMMUNITY = "COMMUNITY_CHAMPION"
DESIGNATIONS = (DESIGNATION, COMMUNITY)


def members(partnership: Partnership, on: date) -> QuerySet:
    """The agencies in a partnership on a day, for a subquery."""
    return Membership.objects.known_now().current_on(on).filter(partnership=partnership).values("agency")
