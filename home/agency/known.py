"""An agency's standings on a day as they were known at a moment gone by: worked out from facts, not from the table.

Nothing recorded after the moment is looked at, so that the same question has the same answer in three years.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from training.ledger.coverage_inputs import locality_of_term
from training.ledger.report import Line, lines_as_known
from training.ledger.selectors import Counts, added_up
from training.people.models import Agency, Term
from training.people.models.posts import TermQuerySet

MOST_POSTS = 5_000


class TooManyPosts(Exception):
    """More than a page can work out while somebody waits; the text can be shown to a person."""


@dataclass(frozen=True, slots=True)
class KnownStandings:
    """The standings by post and module, with the posts as they were known then."""

    agency: Agency
    on: date
    known_at: datetime
    found: dict[int, dict[int, Line]]

    def terms(self) -> TermQuerySet:
        """What each post was on the day, as known then."""
        return _terms(self.agency, self.on, self.known_at)

    def counted(self, by: str) -> Counts:
        """Counts for the matrix, by one of its ways ('team')."""
        part = locality_of_term(self.known_at) if by == "locality" else f"{by}_id"
        group = dict(self.terms().order_by().values_list("post_id", part))
        return added_up(
            (group[post], module, it.state, it.is_valid, it.is_required)
            for post, modules in self.found.items()
            for module, it in modules.items()
        )

    def of(self, posts: Iterable[int], module: int | None) -> dict[int, dict[int, Line]]:
        """Those of some posts, with all modules or with one."""
        chosen = {post: self.found.get(post, {}) for post in posts}
        if module is None:
            return chosen
        return {post: {module: them[module]} for post, them in chosen.items() if module in them}


def known_standings(agency: Agency, *, on: date, known_at: datetime) -> KnownStandings:
    """Raises TooManyPosts. What was begun and not finished then is no longer known, and shows as not started."""
    refuse_too_many(agency, on=on, known_at=known_at)
    found: dict[int, dict[int, Line]] = {}
    for (post, module), line in lines_as_known(agency, on=on, known_at=known_at).items():
        found.setdefault(post, {})[module] = line
    return KnownStandings(agency, on, known_at, found)


def refuse_too_many(agency: Agency, *, on: date, known_at: datetime) -> None:
    """Raises TooManyPosts where the facts of everybody would have to be read while somebody waits."""
    if _terms(agency, on, known_at).order_by()[: MOST_POSTS + 1].count() > MOST_POSTS:
        raise TooManyPosts(
            f"With more than {MOST_POSTS:,} posts this page cannot leave out what became known later."
            " Leave 'As known on' empty, or ask your administrator to run the report command."
        )


def _terms(agency: Agency, on: date, known_at: datetime) -> TermQuerySet:
    return Term.objects.within(agency).known_at(known_at).current_on(on)
