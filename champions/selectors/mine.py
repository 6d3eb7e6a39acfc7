"""One's own side of the network: where one stands, what to do next, and one's requests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from champions.models import ChampionProfile
from champions.selectors.circles import partnerships_of
from champions.selectors.facts import Known, known
from champions.selectors.listings import Terms, terms_in_force
from champions.selectors.managers import post_of
from training.access.access import Access
from training.people.models import Partnership, Person


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
        """Whether one is of the network: both have said yes, and one has not stood down, however far the training."""
        return self.known.status.is_agreed

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


@dataclass(frozen=True, slots=True)
class Own:
    """The network that one's own pages show, oneself in it if one is, and the others that one may choose."""

    person: Person
    partnership: Partnership
    mine: Mine | None
    others: tuple[tuple[Partnership, Mine | None], ...] = ()

    @property
    def query(self) -> str:
        """What one's own addresses end with, so that each names the network it is about; nothing for most people."""
        return f"?network={self.partnership.code}" if self.others else ""


def own(access: Access, *, on: date, network: str = "") -> Own | None:
    """Oneself in the network of this code: else the first in which one is a champion, or else has a post."""
    person = Person.objects.visible_to(access).filter(pk=access.person_id or 0).first()
    if person is None:
        return None
    here = [each for each in _places(access, person, on) if each[1] or post_of(person, each[0], on=on)]
    chosen = [each for each in here if network in ("", each[0].code)]
    if not chosen:
        return None
    others = tuple(each for each in here if each != chosen[0])
    return Own(person, *chosen[0], others)


def all_mine(access: Access, *, on: date) -> Iterator[Mine]:
    """One's place in each network in which one is a champion, or was."""
    person = Person.objects.visible_to(access).filter(pk=access.person_id or 0).first()
    if person:
        yield from (found for _, found in _places(access, person, on) if found)


def mine(access: Access, *, on: date) -> Mine | None:
    """The first of them, or nothing."""
    return next(all_mine(access, on=on), None)


def _places(access: Access, person: Person, on: date) -> list[tuple[Partnership, Mine | None]]:
    """One's networks, first those in which something has happened, then those whose rosters alone name one."""
    places = []
    for partnership in partnerships_of(access, on=on):
        found = next(iter(known(partnership, on=on, people=[person.pk])), None)
        places.append((partnership, Mine(partnership, found, terms_in_force(partnership)) if found else None))
    return sorted(places, key=lambda it: (it[1] is None, it[1] is not None and it[1].known.champion is None))
