"""Reads over people, agencies and roles that more than one room needs."""

from collections.abc import Iterable, Set
from datetime import date
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from training.access.access import Access, Grant
from training.access.permissions import Permission
from training.access.prepared import Given, PreparedRead, among
from training.access.roles import LEARNER, LINE_MANAGER, PAST_LEARNER

from .models import Agency, Employment, Partnership, Person, RoleGrant, Term, User
from .models.posts import TermQuerySet


def own_person(user: User | AnonymousUser) -> Person | None:
    """The roster person whom a login is tied to, fetched once a request: Django keeps it on the login."""
    return getattr(user, "person", None)


def other_records(person: Person | None) -> tuple[int, ...]:
    """Ids of the earlier records whose training counts for this one. No query where there is but one record."""
    return () if person is None else person.earlier_records()


def access_of(user: User | AnonymousUser, *, on: date) -> Access:
    """What a login may do on this day: by grants, by being on a roster, and by managing posts there.

    Records joined to one's own bring their training; roles and teams come with the login's own record alone.
    """
    if not isinstance(user, User):
        return Access.nobody()
    person = own_person(user)
    held: list[tuple[int, int, str]] = []
    grants: list[Grant] = []
    others = other_records(person)
    if person is not None:
        held = _held(person.pk, on)
        at_work = held or any(_held(record, on) for record in others)
        grants.append(Grant(LEARNER if at_work else PAST_LEARNER))
        if _answering_to([post for post, _, _ in held], on):
            grants.append(Grant(LINE_MANAGER))
    agency_title = held[0][2] if held else ""  # of the oldest post, for the header
    for row in _granted(user, person, {agency for _, agency, _ in held}, on):
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
        other_records=others,
        agency_title=agency_title,
        grants=tuple(grants),
    )


def _granted(user: User, person: Person | None, at_work: Set[int], on: date) -> list[RoleGrant]:
    """The roles granted for this day. One over an agency does not outlive its holder's own posts at that agency.

    `at_work` are the agencies at which they hold a post.
    """
    rows = _grants(user.pk, on)
    elsewhere = {row.agency_id for row in rows if row.agency_id} - at_work
    if person is None or not elsewhere:
        return rows
    own = Employment.objects.everywhere(reason="the one who asks").filter(person=person, agency__in=elsewhere)
    left = set(own.values_list("agency_id", flat=True))
    return [row for row in rows if row.agency_id not in left]


def posts_held(person_id: int | Given, on: date | Given) -> TermQuerySet:
    """The running terms of one's own posts."""
    own = Term.objects.everywhere(reason="the one who asks").known_now().current_on(on)
    return own.filter(post__employment__person=person_id)


@PreparedRead
def _held(person: Given, on: Given) -> QuerySet[Term, Any]:
    held = posts_held(person, on).order_by("starts_on", "id")
    return held.values_list("post_id", "post__employment__agency_id", "post__employment__agency__title")


@PreparedRead
def _answering_to(posts: Given, on: Given) -> QuerySet[Term, Any]:
    """A post that answers to one of these, as it runs on the day."""
    terms = Term.objects.everywhere(reason="those who answer to the one who asks").known_now().current_on(on)
    return terms.filter(among("manager_id", posts)).values_list("pk")[:1]


@PreparedRead
def _grants(user: Given, on: Given) -> QuerySet[RoleGrant]:
    granted = RoleGrant.objects.filter(user=user).current_on(on).order_by("id")
    return granted.select_related("agency", "partnership")


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
