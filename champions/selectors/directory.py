"""The directory: whom one may find in one's own partnerships, in a fair order, and what to offer when nobody fits."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce, Mod

from champions.models import KEPT_FOR, Champion, ChampionOffer, ChampionQuerySet, ContactRequest
from champions.offers import OfferKind
from champions.selectors.facts import Known, known
from champions.selectors.members import DESIGNATIONS, members
from training.access.access import Access
from training.access.permissions import Permission
from training.people.kinds import AgencyKind
from training.people.models import Agency, Duty, Locality, Membership, Partnership, Term
from training.people.models.posts import TermQuerySet

WHY = "champions who chose to be listed"
ROUND = 1009  # a prime: the day turns the order round it
TURN = 7919


@dataclass(frozen=True, slots=True)
class Search:
    """What a reader looks for; what is left blank narrows nothing, and never widens the partnerships."""

    locality: int | None = None
    agency_kind: str = ""
    specialism: str = ""
    language: str = ""

    def places(self) -> dict[str, str]:
        """Where was looked, for the audit. What help is nobody's business: it tells of the reader."""
        places = {"locality": self.locality, "agency_kind": self.agency_kind}
        return {name: str(value) for name, value in places.items() if value}


@dataclass(frozen=True, slots=True)
class Card:
    """What others see of a champion: nothing that they did not tick, but for whether they are still in training."""

    uid: str
    name: str
    agency: str = ""
    locality: str = ""
    specialisms: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    is_training: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What the directory can be narrowed to."""

    localities: tuple[tuple[int, str], ...]
    agency_kinds: tuple[tuple[str, str], ...]


def partnerships_of(access: Access, *, on: date) -> tuple[Partnership, ...]:
    """The partnerships of the agencies that one works for on that day, and those one looks after."""
    own = Term.objects.everywhere(reason="the posts of the one who asks").known_now().current_on(on)
    agencies = own.filter(post__employment__person=access.person_id).values("post__employment__agency")
    mine = Q(pk__in=access.partnerships(Permission.SEE_CHAMPIONS))
    if access.person_id:
        running = Membership.objects.known_now().current_on(on).filter(agency__in=agencies)
        mine |= Q(pk__in=running.values("partnership"))
    return tuple(Partnership.objects.filter(mine))


def directory(
    access: Access, partnerships: Iterable[Partnership], search: Search, *, on: date, at: datetime
) -> ChampionQuerySet:
    """Who may be found, least asked of late first, the rest by a turn that moves on with each day."""
    anywhere = Q(pk__in=[])
    for partnership in partnerships:
        anywhere |= Q(pk__in=listed_in(partnership, access, search, on=on).values("pk"))
    found = Champion.objects.everywhere(reason=WHY).filter(anywhere).select_related("profile", "person")
    late = ContactRequest.objects.everywhere(reason="how often a champion was asked of late, not by whom")
    counted = late.filter(champion=OuterRef("pk"), asked_at__gte=at - KEPT_FOR).order_by().values("champion")
    asked = Coalesce(Subquery(counted.annotate(count=Count("pk")).values("count")), 0)
    turn = Mod(F("pk") * TURN + on.toordinal() * 31, ROUND)
    return found.annotate(asked=asked, turn=turn).order_by("asked", "turn", "pk").select_related("partnership")


def listed_in(partnership: Partnership, access: Access, search: Search, *, on: date) -> ChampionQuerySet:
    """Those of one partnership who are listed, hold the duty on a running post, and do not keep this one away.

    A filter finds only what is shown: nobody can be placed by what they did not tick. Posts are looked up once for
    all, offers once a champion: the other way round SQLite takes minutes over 20,000 champions.
    """
    found = Champion.objects.everywhere(reason=WHY).filter(partnership=partnership)
    found = found.listed().not_keeping_away(access)
    posts = terms_of(partnership, on=on)
    found = _holding(found, posts)
    if search.agency_kind:
        kind = posts.filter(post__employment__agency__kind=search.agency_kind)
        found = _holding(found, kind).filter(profile__shows_agency=True)
    if search.locality:
        here = Q(locality=search.locality) | Q(locality__isnull=True, workplace__locality=search.locality)
        found = _holding(found, posts.filter(here)).filter(profile__shows_locality=True)
    if search.specialism:
        found = _offering(found, OfferKind.SPECIALISM, search.specialism).filter(profile__shows_specialisms=True)
    if search.language:
        found = _offering(found, OfferKind.LANGUAGE, search.language).filter(profile__shows_languages=True)
    return found


def _offering(found: ChampionQuerySet, kind: OfferKind, code: str) -> ChampionQuerySet:
    offers = ChampionOffer.objects.everywhere(reason="subquery")
    return found.filter(Exists(offers.filter(profile=OuterRef("profile"), kind=kind, code=code)))


def _holding(found: ChampionQuerySet, posts: TermQuerySet) -> ChampionQuerySet:
    return found.filter(person__in=posts.values("post__employment__person"))


def terms_of(partnership: Partnership, *, on: date) -> TermQuerySet:
    """The running posts with the duty in a partnership's agencies."""
    duties = Duty.objects.everywhere(reason=WHY).known_now().current_on(on).filter(designation__code__in=DESIGNATIONS)
    terms = Term.objects.everywhere(reason=WHY).known_now().current_on(on)
    return terms.filter(post__in=duties.values("post"), post__employment__agency__in=members(partnership, on))


def next_best(
    access: Access, partnerships: Iterable[Partnership], search: Search, *, on: date, at: datetime
) -> tuple[tuple[str, ...], ChampionQuerySet] | None:
    """Where nobody fits: those who do with the fewest filters let go, and which were let go, in words."""
    for let_go, wider in _wider(search):
        found = directory(access, partnerships, wider, on=on, at=at)
        if found.exists():
            return let_go, found
    return None


def _wider(search: Search) -> Iterator[tuple[tuple[str, ...], Search]]:
    """The search with one filter let go, the least telling first; then with all."""
    words = {
        "agency_kind": "kind of agency",
        "locality": "district",
        "specialism": "topic",
        "language": "language",
    }
    blank = asdict(Search())
    given = [name for name, value in asdict(search).items() if value]
    for name in words:
        if name in given:
            yield (words[name],), replace(search, **{name: blank[name]})
    if len(given) > 1:
        yield tuple(words[name] for name in words if name in given), Search()


def card_of(champion: Champion, *, on: date) -> Card:
    """The card of one champion, listed or not: for the page of its owner, or of who may find them."""
    return cards([champion], on=on)[0]


def cards(champions: Iterable[Champion], *, on: date) -> tuple[Card, ...]:
    """The cards of these champions, in their order. One query, and those for the facts of each partnership."""
    rows = list(champions)
    offers = ChampionOffer.objects.everywhere(reason="what listed champions offer")
    prefetch_related_objects(rows, Prefetch("profile__offers", queryset=offers))
    facts: dict[tuple[int, int], Known] = {}
    for partnership in {row.partnership for row in rows}:
        people = [row.person_id for row in rows if row.partnership_id == partnership.pk]
        facts |= {(partnership.pk, each.person.pk): each for each in known(partnership, on=on, people=people)}
    return tuple(_card(row, facts[row.partnership_id, row.person_id]) for row in rows)


def _card(champion: Champion, now: Known) -> Card:
    profile = champion.profile
    offered: dict[str, list[str]] = {kind: [] for kind in OfferKind}
    for offer in profile.offers.all():
        offered[offer.kind].append(offer.title)
    return Card(
        uid=str(champion.uid),
        name=profile.alias or champion.person.name,
        agency=now.agency.title if now.agency and profile.shows_agency else "",
        locality=now.locality.title if now.locality and profile.shows_locality else "",
        specialisms=tuple(offered[OfferKind.SPECIALISM]) if profile.shows_specialisms else (),
        languages=tuple(offered[OfferKind.LANGUAGE]) if profile.shows_languages else (),
        days=tuple(offered[OfferKind.DAY]) if profile.shows_days else (),
        is_training=not now.status.is_active,
    )


def choices(partnerships: Iterable[Partnership], *, on: date) -> Choices:
    """The districts and kinds of agency of some partnerships. Two queries."""
    running = Membership.objects.known_now().current_on(on).filter(partnership__in=partnerships)
    kinds = Agency.objects.filter(pk__in=running.values("agency")).order_by().values_list("kind", flat=True).distinct()
    localities = Locality.objects.filter(partnership__in=partnerships)
    return Choices(
        tuple(localities.values_list("pk", "title")),
        tuple(sorted(((kind, str(AgencyKind(kind).label)) for kind in kinds), key=lambda it: it[1])),
    )
