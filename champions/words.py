"""The words by which a champion is found: tokens of what an audience is shown, apart from each other by spaces. Pure.

'specialism:stalking' for what is picked from a list; '=polish' for each word that can be read on the card.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from champions.offers import LISTS, OfferKind
from training.people.identity.names import folded

STEM = 5
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """All that could be on a card, and to whom each thing is shown (a listing's columns, 'agency_to' and so on)."""

    audiences: dict[str, str]
    name: str
    alias: str = ""
    agency: str = ""
    agency_kind: str = ""
    locality: str = ""
    locality_id: int | None = None
    offers: dict[str, list[str]] = field(default_factory=dict)


def words_for(shown: Shown, audiences: Iterable[str]) -> str:
    """The tokens of the card as somebody of these audiences reads it."""
    seen = {name for name, audience in shown.audiences.items() if audience in set(audiences)}
    tokens: list[str] = []
    read = [shown.name if "name_to" in seen else shown.alias]
    if "agency_to" in seen and shown.agency:
        tokens.append(f"kind:{shown.agency_kind}")
        read.append(shown.agency)
    if "locality_to" in seen and shown.locality_id:
        tokens.append(f"locality:{shown.locality_id}")
        read.append(shown.locality)
    for kind in OfferKind:
        if f"{kind}s_to" in seen:
            codes = shown.offers.get(kind, [])
            tokens += [f"{kind}:{code}" for code in codes]
            read += [str(LISTS[kind](code).label) for code in codes]
    tokens += [f"={word}" for text in read for word in folded(text).split()]
    return f" {' '.join(dict.fromkeys(tokens))} "


def stems(text: str) -> tuple[str, ...]:
    """The beginnings of a text's longer words, each once: 'stalked' and 'stalking' begin alike."""
    return tuple(dict.fromkeys(word[:STEM] for word in folded(text).split() if len(word) >= SHORTEST))
