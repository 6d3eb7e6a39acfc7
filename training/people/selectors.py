"""Reads over people, agencies and roles that more than one room needs."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404

from training.access.access import Access, Grant
from training.access.permissions import Permission
from training.access.roles import LEARNER, LINE_MANAGER, PAST_LEARNER

from .models import Agency, Employment, Partnership, Person, RoleGrant, Term, User
from .models.login import RoleGrantQuerySet
from .models.posts import PersonQuerySet, TermQuerySet


def access_of(user: User | AnonymousUser, *, on: date) -> Access:
    """What a login may do on this day: by grants, by being on a roster, and by managing posts there."""
    if not isinstance(user, User):
        return Access.nobody()
    person = _with_posts(Person.objects.everywhere(reason="the one who asks").filter(user=user), on).first()
    grants: list[Grant] = []
    agency_title = ""
    if person is not None:
        grants.append(Grant(LEARNER if person.agency_title else PAST_LEARNER))
        agency_title = person.agency_title or ""
        if person.is_manager:
            grants.append(Grant(LINE_MANAGER))
    for row in _granted(user, person, on).select_related("agency", "partnership").order_by("id"):
        scope = row.agency or row.partnership
        grants.append(
            Grant(
                row.role,
                row.agency_id,
                row.partnership_id,
                scope_code=scope.code if scope else "",
                scope_title=scope.title if scope else "",
            )
        )
        agency_title = row.agency.title if row.agency else agency_title
    return Access(
        user_id=user.pk,
        user_uid=str(user.uid),
        person_id=person.pk if person else None,
        person_name=person.name if person else "",
        agency_title=agency_title,
        grants=tuple(grants),
    )


def _granted(user: User, person: Person | None, on: date) -> RoleGrantQuerySet:
    """The roles granted for this day. One over an agency does not outlive its holder's own posts at that agency."""
    granted = RoleGrant.objects.filter(user=user).current_on(on)
    if person is None:
        return granted
    at_work = posts_held(person.pk, on).values("post__employment__agency")
    own = Employment.objects.everywhere(reason="the one who asks").filter(person=person)
    return granted.exclude(agency__in=own.exclude(agency__in=at_work).values("agency"))


def _with_posts(people: PersonQuerySet, on: date) -> PersonQuerySet:
    """Adds `agency_title`, of the oldest post held, for the header; and `is_manager`: whether any answers to such."""
    own = posts_held(OuterRef("pk"), on).order_by("starts_on", "id")
    running = Term.objects.everywhere(reason="those who answer to the one who asks").known_now().current_on(on)
    managed = running.filter(manager__in=posts_held(OuterRef(OuterRef("pk")), on).values("post"))
    agency_title = Subquery(own.values("post__employment__agency__title")[:1])
    return people.annotate(agency_title=agency_title, is_manager=Exists(managed))


def posts_held(person_id: int | OuterRef, on: date) -> TermQuerySet:
    """The running terms of one's own posts."""
    own = Term.objects.everywhere(reason="the one who asks").known_now().current_on(on)
    return own.filter(post__employment__person=person_id)


Coded = TypeVar("Coded", Agency, Partnership)


def agency_for(access: Access, permission: Permission, code: str) -> Agency:
    """The agency with this code, if the permission is held over it; otherwise it does not exist (404)."""
    return _coded(Agency.objects.filter(pk__in=access.agencies(permission)), code)


def partnership_for(access: Access, permission: Permission, code: str) -> Partnership:
    """The partnership with this code, if the permission is held over it; otherwise it does not exist (404)."""
    return _coded(Partnership.objects.filter(pk__in=access.partnerships(permission)), code)


def _coded(rows: Iterable[Coded], code: str) -> Coded:
    """The one with this code. Compared here: PostgreSQL answers an address with a NUL in it by an error."""
    found = next((row for row in rows if row.code.lower() == code.lower()), None)
    if found is None:
        raise Http404
    return found
