"""Standings worked out from facts at the moment of asking: what the read table is held against."""

from dataclasses import dataclass
from datetime import date, datetime

from training.ledger.attempts import OpenAttempts
from training.ledger.selectors import MyStanding, histories
from training.ledger.selectors.mine import by_module
from training.ledger.standing import Standing, standing
from training.pathways.models import Module
from training.people.models import Person, Post


@dataclass(frozen=True, slots=True)
class PostStanding:
    """How one post stands with one module on a day."""

    post: int
    person: int
    module: int
    standing: Standing


def standings_of(
    who: Person | Post, *, on: date, known_at: datetime | None = None, attempts: OpenAttempts | None = None
) -> tuple[PostStanding, ...]:
    """The standings of one post, or of every post of a person, on a day: worked out from facts, never from the table.

    What no rule asks of the post, on that day or later, is left out.
    """
    if isinstance(who, Post):
        ids = [who.pk]
    else:
        posts = Post.objects.everywhere(reason="one person's own standings")
        ids = list(posts.filter(who.all_of("employment__person")).order_by("pk").values_list("pk", flat=True))
    found = []
    for each in histories(ids, known_at=known_at, attempts=attempts):
        now = standing(each.history, on)
        if now is not None:
            found.append(PostStanding(each.post, each.person, each.module, now))
    return tuple(found)


def my_standings(
    person: Person, *, on: date, known_at: datetime | None = None, attempts: OpenAttempts | None = None
) -> tuple[MyStanding, ...]:
    """The same worked out from facts, as known now or at a moment."""
    found = standings_of(person, on=on, known_at=known_at, attempts=attempts)
    modules = Module.objects.in_bulk({each.module for each in found})
    return by_module((modules[each.module], each.standing) for each in found)
