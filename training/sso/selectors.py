"""Whose address is it?"""

from datetime import date

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce

from training.people.addresses import people_at, terms_at
from training.people.models import Employment, Person, RoleGrant, User
from training.people.models.posts import EmploymentQuerySet


def is_tied(user: User) -> bool:
    """Whether the login has its person."""
    return _person_of(user) is not None


def has_passed_on(user: User, *, on: date) -> bool:
    """Whether the login's address belongs on this day to somebody else than the one the login was for.

    Agencies give the address of one who left to the next of that name: a code sent there must open neither the
    leaver's record nor the roles that were given to them.
    """
    terms = terms_at(user.email, on).current_on(on)
    holders = set(terms.values_list("post__employment__person_id", flat=True))
    person = _person_of(user)
    if person is None:
        return bool(holders) and not _may_hold_its_roles(user, holders, on)
    return bool(holders) and person.pk not in holders


def has_outlived_its_post(user: User, *, on: date) -> bool:
    """Whether the login's address is a work address of its person, whose posts there ended too long ago."""
    person = _person_of(user)
    if person is None:
        return False
    own = Employment.objects.everywhere(reason="the one who signs in").filter(person=person, work_email=user.email)
    return own.exists() and person not in people_at(user.email, on=on)


def was_known_before_the_roles(person: Person, user: User, *, on: date) -> bool:
    """Whether a roster gave the person the login's address before the login was given any role that it holds."""
    first = _roles(user, on).aggregate(at=Min("recorded_at"))["at"]
    known = _employments_at(user.email).filter(person=person, address_since__lte=first) if first else None
    return known is None or known.exists()


def _may_hold_its_roles(user: User, holders: set[int], on: date) -> bool:
    """Whether one of these could be whom the login's roles, if any, were given to: at work by then, the address theirs.

    A roster may be loaded after its HR lead was given the role, so the day on which work began is what counts. But
    an address that a later roster changed to this one was somebody else's.
    """
    first = _roles(user, on).aggregate(at=Min("recorded_at"), on=Min("starts_on"))
    if first["at"] is None:
        return True
    began = Min("posts__terms__starts_on", filter=Q(posts__terms__replaced_at__isnull=True))
    theirs = _employments_at(user.email).filter(person__in=holders).annotate(began=began)
    unchanged = Q(addressed_at__isnull=True) | Q(addressed_at__lte=first["at"])
    return theirs.filter(unchanged, began__lte=first["on"]).exists()


def _roles(user: User, on: date) -> QuerySet[RoleGrant]:
    """The login's grants that have not ended, those to come among them."""
    return RoleGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), user=user)


def _person_of(user: User) -> Person | None:
    return Person.objects.everywhere(reason="the one who signs in").filter(user=user).first()


def _employments_at(address: str) -> EmploymentQuerySet:
    found = Employment.objects.everywhere(reason="since when it is their address").filter(work_email=address)
    return found.annotate(address_since=Coalesce("addressed_at", "recorded_at"))
