"""What is looked for in the directory, wish by wish: each finds only what its owner shows to the one who looks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Exists, OuterRef, Q

from champions.models import ChampionOffer, Neighbours
from champions.needs import SPECIALISMS, need_numbered
from champions.offers import LISTS, Audience, OfferKind
from champions.selectors.circles import Circle, terms_of
from training.people.models import Agency
from training.people.models.posts import TermQuerySet

MOST_WORDS = 6
NAMES = ("person__first_name", "person__last_name", "person__preferred_name")


@dataclass(frozen=True, slots=True)
class Search:
    """What a reader looks for; what is left blank narrows nothing, and never widens the partnerships.

    `need` and `specialism` are numbers of champions.needs; a locality is looked for with its neighbours if `is_near`;
    every word of `text` has to be found somewhere on the card.
    """

    need: int | None = None
    specialism: int | None = None
    language: str = ""
    locality: int | None = None
    is_near: bool = True
    agency_kind: str = ""
    day: str = ""
    text: str = ""

    def places(self) -> dict[str, str]:
        """Where was looked, for the audit. What help is nobody's business: it tells of the reader."""
        places = {"locality": self.locality, "agency_kind": self.agency_kind}
        return {name: str(value) for name, value in places.items() if value}

    @property
    def is_blank(self) -> bool:
        """Whether nothing in particular is looked for."""
        return not any(getattr(self, each.name) for each in fields(self) if each.name != "is_near")


class Wishes:
    """A search as conditions on champions, for one who finds them in some circles."""

    def __init__(self, search: Search, circles: Iterable[Circle], *, on: date) -> None:
        self.search, self.circles, self.on = search, tuple(circles), on

    def all(self) -> list[Q]:
        """A condition for each wish. One query where a locality is wished, for its neighbours."""
        return list(self._each())

    def here(self) -> Q | None:
        """Whether they work in the very locality, where one is wished."""
        return self._placed({self.search.locality}) if self.search.locality else None

    def works_on(self, day: str) -> Q:
        """Whether they say that they can be asked on this day of the week."""
        return self._offers(OfferKind.DAY, (day,))

    def _each(self) -> Iterator[Q]:
        search = self.search
        if search.need:
            need = need_numbered(search.need)
            yield self._offers(OfferKind.SPECIALISM, need.specialisms if need else ())
        if search.specialism:
            yield self._offers(OfferKind.SPECIALISM, SPECIALISMS[search.specialism - 1 : search.specialism])
        if search.language:
            yield self._offers(OfferKind.LANGUAGE, (search.language,))
        if search.day:
            yield self._offers(OfferKind.DAY, (search.day,))
        if search.locality:
            near = Neighbours.objects.beside(search.locality) if search.is_near else set()
            yield self._placed({search.locality} | near)
        if search.agency_kind:
            yield self.shows("agency") & self._holds(Q(post__employment__agency__kind=search.agency_kind))
        for word in search.text.split()[:MOST_WORDS]:
            yield self._says(word)

    def shows(self, name: str) -> Q:
        """Whether this is shown to the one who looks."""
        own = [circle.partnership for circle in self.circles if circle.is_champion]
        to_champions = Q(**{f"profile__{name}_to": Audience.CHAMPIONS}, partnership__in=own)
        return Q(**{f"profile__{name}_to": Audience.EVERYBODY}) | to_champions

    def _offers(self, kind: OfferKind, codes: Iterable[str]) -> Q:
        offers = ChampionOffer.objects.everywhere(reason="subquery")
        picked = offers.filter(profile=OuterRef("profile"), kind=kind, code__in=list(codes))
        return self.shows(f"{kind}s") & Q(Exists(picked))

    def _holds(self, which: Q) -> Q:
        """Whether they are champions in such a post."""
        found = Q(pk__in=[])
        for circle in self.circles:
            posts: TermQuerySet = terms_of(circle.partnership, on=self.on).filter(which)
            found |= Q(partnership=circle.partnership, person__in=posts.values("post__employment__person"))
        return found

    def _placed(self, localities: Iterable[int | None]) -> Q:
        places = list(localities)
        by_workplace = Q(locality__isnull=True, workplace__locality__in=places)
        return self.shows("locality") & self._holds(Q(locality__in=places) | by_workplace)

    def _says(self, word: str) -> Q:
        """Whether a word is on the card: in the name, the agency, the district, or what they offer."""
        name = Q(profile__alias__icontains=word) & ~self.shows("name")
        for column in NAMES:
            for written in {
                word,
                word.lower(),
                word.capitalize(),
                word.upper(),
            }:  # SQLite knows the case of a to z alone
                name |= Q(**{f"{column}__istartswith": written}) & self.shows("name")
        agencies = Agency.objects.filter(title__icontains=word).values("pk")
        said = name | (self.shows("agency") & self._holds(Q(post__employment__agency__in=agencies)))
        titled = Q(locality__title__icontains=word) | Q(
            locality__isnull=True, workplace__locality__title__icontains=word
        )
        said |= self.shows("locality") & self._holds(titled)
        for kind, words in LISTS.items():
            if codes := [each.value for each in words if begins(str(each.label), word)]:
                said |= self._offers(kind, codes)
        return said


def begins(title: str, word: str) -> bool:
    """Whether a word of the title begins with this one."""
    return any(each.startswith(word.casefold()) for each in title.casefold().replace("-", " ").split())
