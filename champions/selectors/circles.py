"""In which partnerships somebody finds champions, and as what: as a champion too, or as a colleague."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from champions.models import ChampionTurn
from champions.offers import Audience
from champions.selectors.members import DESIGNATIONS, members
from champions.status import Facts, life
from training.access.access import Access
from training.access.permissions import Permission
from training.people.models import Duty, Membership, Partnership, Term
from training.people.models.posts import TermQuerySet

WHY = "champions who chose to be listed"


@dataclass(frozen=True, slots=True)
class Circle:
    """A partnership as one person finds champions in it."""

    partnership: Partnership
    is_champion: bool = False

    @property
    def audiences(self) -> tuple[str, ...]:
        """The audiences that this one belongs to."""
        return (Audience.CHAMPIONS, Audience.EVERYBODY) if self.is_champion else (Audience.EVERYBODY,)


def partnerships_of(access: Access, *, on: date) -> tuple[Partnership, ...]:
    """The partnerships of the agencies that one works for on that day, and those one looks after."""
    mine = Q(pk__in=access.partnerships(Permission.SEE_CHAMPIONS))
    if access.person_id:
        own = Term.objects.everywhere(reason="the posts of the one who asks").known_now().current_on(on)
        agencies = own.filter(post__employment__person=access.person_id).values("post__employment__agency")
        mine |= Q(pk__in=_with(agencies, on))
    return tuple(Partnership.objects.filter(mine))


def circles_of(access: Access, *, on: date) -> tuple[Circle, ...]:
    """The same, each with whether one is a champion there: the duty at work, and both have said yes. Three queries."""
    partnerships = partnerships_of(access, on=on)
    if access.person_id is None or not partnerships:
        return tuple(Circle(each) for each in partnerships)
    own = champion_terms(on=on).filter(post__employment__person=access.person_id)
    there = set(_with(own.values("post__employment__agency"), on).values_list("partnership", flat=True))
    there &= _agreed_in(access.person_id, on)
    return tuple(Circle(each, is_champion=each.pk in there) for each in partnerships)


def _agreed_in(person: int, on: date) -> set[int]:
    """The networks in which they and their manager have said yes: a duty that only a roster says opens nothing."""
    turned: dict[int, list[tuple[str, date, str]]] = defaultdict(list)
    turns = ChampionTurn.objects.everywhere(reason="what the one who asks agreed to").filter(champion__person=person)
    for network, turn, day, way in turns.values_list("champion__partnership", "turn", "happened_on", "way"):
        turned[network].append((turn, day, way))
    return {network for network, each in turned.items() if Facts(life(each, on), has_duty=True).is_agreed}


def champion_terms(*, on: date) -> TermQuerySet:
    """The running posts with the duty, anywhere, but for those on leave."""
    duties = Duty.objects.everywhere(reason=WHY).known_now().current_on(on).filter(designation__code__in=DESIGNATIONS)
    terms = Term.objects.everywhere(reason=WHY).known_now().current_on(on).at_work()
    return terms.filter(Exists(duties.filter(post=OuterRef("post"))))


def terms_of(partnership: Partnership, *, on: date) -> TermQuerySet:
    """The running posts with the duty in a partnership's agencies."""
    return champion_terms(on=on).filter(post__employment__agency__in=members(partnership, on))


def _with(agencies: QuerySet, on: date) -> QuerySet:
    """The running memberships of these agencies."""
    running = Membership.objects.known_now().current_on(on).filter(agency__in=agencies)
    return running.values("partnership")
