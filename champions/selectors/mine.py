"""One's own side of the network: where one stands, what to do next, and one's requests."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from champions import terms
from champions.models import Champion, ChampionOffer, ChampionProfile, ContactRequest
from champions.offers import Listing, OfferKind
from champions.selectors.directory import Search, directory, partnerships_of
from champions.selectors.facts import Known, known
from champions.status import Status
from training.access.access import Access
from training.people.models import Partnership, Person, Term


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own place in the network of a partnership."""

    partnership: Partnership
    known: Known

    @property
    def profile(self) -> ChampionProfile | None:
        """What one has let be shown, once one has."""
        champion = self.known.champion
        return getattr(champion, "profile", None) if champion else None

    @property
    def may_opt_in(self) -> bool:
        """Whether one may be listed: the roster says champion, one has not stood down, nothing is protected."""
        person = self.known.person
        return self.known.facts.has_duty and self.known.status != Status.STOOD_DOWN and not person.is_protected

    @property
    def is_listed(self) -> bool:
        """Whether others can find one now."""
        profile = self.profile
        return bool(self.may_opt_in and profile and profile.is_listed and profile.terms_version == terms.VERSION)

    @property
    def asks_again(self) -> bool:
        """Whether the terms have changed since one agreed to them."""
        return bool(self.profile and self.profile.is_listed and self.profile.terms_version != terms.VERSION)

    @property
    def next_steps(self) -> tuple[str, ...]:
        """What to do next, in sentences."""
        facts = self.known.facts
        if self.known.status == Status.STOOD_DOWN:
            return ("You have stood down. If you would like to return, tell your coordinator.",)
        steps = []
        if not facts.has_duty:
            steps.append("Your agency's roster does not name you as champion yet. Your HR team can put it there.")
        if facts.awaits_agreement:
            steps.append("Ask your manager to agree to your time as a champion, and to tell your coordinator.")
        steps += [f"Do the training: {title}." for title in facts.missing]
        if ending := self.known.next_ending:
            steps.append(f"Coming to an end on {ending.on.day} {ending.on:%B %Y}: {ending.what}.")
        return tuple(steps)


def mine(access: Access, *, on: date) -> Mine | None:
    """One's place in the first of one's partnerships in which one is a champion, or nothing."""
    if access.person_id is None:
        return None
    for partnership in partnerships_of(access, on=on):
        for found in known(partnership, on=on, people=[access.person_id]):
            return Mine(partnership, found)
    return None


def listing_of(profile: ChampionProfile) -> Listing:
    """The listing as its owner filled it in."""
    offers = list(ChampionOffer.objects.of(profile))

    def picked(kind: OfferKind) -> tuple[str, ...]:
        return tuple(offer.code for offer in offers if offer.kind == kind)

    return Listing(
        alias=profile.alias,
        shows_agency=profile.shows_agency,
        shows_locality=profile.shows_locality,
        shows_specialisms=profile.shows_specialisms,
        shows_languages=profile.shows_languages,
        shows_days=profile.shows_days,
        specialisms=picked(OfferKind.SPECIALISM),
        languages=picked(OfferKind.LANGUAGE),
        days=picked(OfferKind.DAY),
    )


@dataclass(frozen=True, slots=True)
class Correspondence:
    """A request as one of the two sides reads it."""

    request: ContactRequest
    is_mine: bool
    other: str

    @property
    def may_reply(self) -> bool:
        """Whether an answer is still to come, and from this one."""
        return not self.is_mine and self.request.replied_at is None


def correspondence(access: Access, *, on: date, at: datetime) -> tuple[Correspondence, ...]:
    """One's requests, sent and got, newest first."""
    found = ContactRequest.objects.visible_to(access).filter(asked_at__lte=at).select_related("sender", "champion")
    rows = list(found)
    names = names_for(access, {row.champion_id for row in rows if row.sender_id == access.person_id}, on=on, at=at)
    return tuple(read_by(access, row, names) for row in rows)


def read_by(access: Access, request: ContactRequest, names: dict[int, str]) -> Correspondence:
    """The request from this side. A champion who is listed no longer is not named."""
    is_mine = request.sender_id == access.person_id
    other = names.get(request.champion_id, "A champion") if is_mine else request.sender.name
    return Correspondence(request, is_mine, other)


def names_for(access: Access, champions: set[int], *, on: date, at: datetime) -> dict[int, str]:
    """The names that these champions show this one, where they show any."""
    if not champions:
        return {}
    found = directory(access, partnerships_of(access, on=on), Search(), on=on, at=at).filter(pk__in=champions)
    return {row.pk: row.profile.alias or row.person.name for row in found.select_related("profile", "person")}


def agency_of(sender: Person, *, on: date) -> str:
    """Where the one who asks works, for the champion to know whom they talk to."""
    terms = Term.objects.everywhere(reason="told to the champion who is asked").known_now().current_on(on)
    titles = terms.filter(post__employment__person=sender).order_by("starts_on", "pk")
    return titles.values_list("post__employment__agency__title", flat=True).first() or ""


def champion_of(access: Access, uid: UUID, *, on: date, at: datetime) -> Champion | None:
    """The champion with this uid, if this one may find them in the directory."""
    return directory(access, partnerships_of(access, on=on), Search(), on=on, at=at).filter(uid=uid).first()
