"""Standings worked out from facts at the moment of asking: for one person or post, as known then or now."""

from dataclasses import dataclass
from datetime import date, datetime

from training.ledger.attempts import OpenAttempts
from training.ledger.standing import Standing, standing
from training.people.models import Person, Post

from .histories import histories


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
