"""One's own side of the network: where one stands, what to do next, and one's requests."""

from dataclasses import dataclass
from datetime import date

from champions.models import ChampionProfile
from champions.selectors.circles import partnerships_of
from champions.selectors.facts import Known, known
from champions.selectors.listings import Terms, terms_in_force
from champions.status import Status
from training.access.access import Access
from training.people.models import Partnership


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own place in the network of a partnership."""

    partnership: Partnership
    known: Known
    terms: Terms

    @property
    def profile(self) -> ChampionProfile | None:
        """What one has let be shown, once one has."""
        champion = self.known.champion
        return getattr(champion, "profile", None) if champion else None

    @property
    def is_member(self) -> bool:
        """Whether one is of the network: with the duty, in training or further, and not stood down."""
        return self.known.facts.has_duty and self.known.status != Status.STOOD_DOWN

    @property
    def may_opt_in(self) -> bool:
        """Whether one may be listed: a member, and nothing is protected."""
        return self.is_member and not self.known.person.is_protected

    @property
    def is_listed(self) -> bool:
        """Whether others can find one now."""
        profile = self.profile
        return bool(self.may_opt_in and profile and profile.is_listed and profile.terms_version == self.terms.number)

    @property
    def asks_again(self) -> bool:
        """Whether the terms have changed since one agreed to them."""
        return bool(self.profile and self.profile.is_listed and self.profile.terms_version != self.terms.number)


def mine(access: Access, *, on: date) -> Mine | None:
    """One's place in the first of one's partnerships in which one is a champion, or nothing."""
    if access.person_id is None:
        return None
    for partnership in partnerships_of(access, on=on):
        for found in known(partnership, on=on, people=[access.person_id]):
            return Mine(partnership, found, terms_in_force(partnership))
    return None
