"""What champions agreed to and let be seen."""

from dataclasses import dataclass

from champions import terms
from champions.models import Champion, ChampionOffer, ChampionProfile, Wording
from champions.offers import SHOWN, Listing, OfferKind
from training.access.access import Access
from training.people.models import Partnership


@dataclass(frozen=True, slots=True)
class Terms:
    """The wording in force in a partnership."""

    number: int
    sentences: tuple[str, ...]


def terms_in_force(partnership: Partnership) -> Terms:
    """The partnership's latest wording, or the packaged one."""
    latest = Wording.objects.of(partnership).first()
    return Terms(latest.number, tuple(latest.sentences)) if latest else Terms(terms.VERSION, terms.TERMS)


def listing_of(profile: ChampionProfile) -> Listing:
    """The listing as its owner filled it in."""
    offers = list(ChampionOffer.objects.of(profile))

    def picked(kind: OfferKind) -> tuple[str, ...]:
        return tuple(offer.code for offer in offers if offer.kind == kind)

    return Listing(
        alias=profile.alias,
        specialisms=picked(OfferKind.SPECIALISM),
        languages=picked(OfferKind.LANGUAGE),
        days=picked(OfferKind.DAY),
        channels=picked(OfferKind.CHANNEL),
        **{f"{name}_to": getattr(profile, f"{name}_to") for name in SHOWN},
    )


def is_listed(access: Access) -> bool:
    """Whether one has let oneself be listed, for the button that hides one at once."""
    own = Champion.objects.everywhere(reason="one's own").filter(person=access.person_id or 0)
    return own.filter(profile__is_listed=True).exists()
