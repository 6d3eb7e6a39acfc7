"""What is looked for in the directory, wish by wish: each finds only what its owner shows to the one who looks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Q

from champions.models import Neighbours
from champions.needs import SPECIALISMS, need_numbered
from champions.offers import Day, OfferKind
from champions.selectors.circles import Circle
from training.people.identity.names import folded

MOST_WORDS = 6


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
    """A search as conditions on entries, for one who reads them in some circles."""

    def __init__(self, search: Search, circles: Iterable[Circle]) -> None:
        self.search, self.circles = search, tuple(circles)

    def all(self) -> list[Q]:
        """A condition for each wish. One query where a locality is wished, for its neighbours."""
        return list(self._each())

    def here(self) -> Q | None:
        """Whether they work in the very locality, where one is wished."""
        return self._says([f"locality:{self.search.locality}"]) if self.search.locality else None

    def works_on(self, on: date) -> Q:
        """Whether they say that they can be asked on this day of the week."""
        return self._says([f"{OfferKind.DAY}:{Day.values[min(on.weekday(), 5)]}"])

    def _each(self) -> Iterator[Q]:
        search = self.search
        if search.need:
            need = need_numbered(search.need)
            yield self._says(f"{OfferKind.SPECIALISM}:{each}" for each in (need.specialisms if need else ()))
        if search.specialism:
            picked = SPECIALISMS[search.specialism - 1 : search.specialism]
            yield self._says(f"{OfferKind.SPECIALISM}:{each}" for each in picked)
        if search.language:
            yield self._says([f"{OfferKind.LANGUAGE}:{search.language}"])
        if search.day:
            yield self._says([f"{OfferKind.DAY}:{search.day}"])
        if search.locality:
            near = Neighbours.objects.beside(search.locality) if search.is_near else set()
            yield self._says(f"locality:{each}" for each in sorted({search.locality} | near))
        if search.agency_kind:
            yield self._says([f"kind:{search.agency_kind}"])
        if search.text.strip():
            yield from (self._reads(word) for word in folded(search.text).split()[:MOST_WORDS] or [search.text.strip()])

    def _says(self, tokens: Iterable[str]) -> Q:
        """Whether the card has one of these, as its reader sees it."""
        return self._holds(f" {token} " for token in tokens)

    def _reads(self, word: str) -> Q:
        """Whether a word on the card begins with this one."""
        return self._holds([f" ={word}"])

    def _holds(self, parts: Iterable[str]) -> Q:
        own = [circle.partnership for circle in self.circles if circle.is_champion]
        found = Q(pk__in=[])
        for part in parts:
            found |= Q(for_everybody__contains=part)
            if own:
                found |= Q(for_champions__contains=part, champion__partnership__in=own)
        return found
