"""Why somebody holds what they hold: what they completed that stands in for a module of which they are asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from training.pathways.models import Module, Satisfies


@dataclass(frozen=True, slots=True)
class Lent:
    """One module counts for another."""

    lender: str
    borrower: str


def lent_to(held: Collection[Module], completed: Collection[int], *, on: date) -> tuple[Lent, ...]:
    """Of the modules held without having been completed themselves, which completed module counts for each.

    `completed` are ids of modules. One query, and none where everything held was completed.
    """
    borrowed = [module.pk for module in held if module.pk not in completed]
    if not borrowed:
        return ()
    links = Satisfies.objects.known_now().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), borrower__in=borrowed, lender__in=completed, starts_on__lte=on
    )
    named = links.order_by("borrower__position", "lender__position").values_list("lender__title", "borrower__title")
    return tuple(Lent(*pair) for pair in dict.fromkeys(named))
