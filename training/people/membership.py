"""Making partnerships, and taking agencies into them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from training.access.actor import Actor
from training.audit import services as audit

from .models import Agency, AgencyAlias, Membership, Partnership, Post
from .services import mark_stale


class MembershipError(Exception):
    """What cannot be made; the text says what to do instead."""


@transaction.atomic
def add_partnership(*, code: str, title: str, area: str = "", by: Actor, at: datetime) -> Partnership:
    """A new partnership, still without agencies and pathway. Raises MembershipError for a code that is taken or odd."""
    partnership = Partnership(code=code, title=title, area=area)
    _refuse_odd_fields(partnership)
    partnership.save()
    audit.record("partnership added", by=by, at=at, kind="partnership", uid=partnership.uid)
    return partnership


@transaction.atomic
def add_agency(*, code: str, title: str, kind: str, aliases: Iterable[str] = (), by: Actor, at: datetime) -> Agency:
    """A new agency, in no partnership yet. `aliases` are other names and codes that files use for it."""
    agency = Agency(code=code, title=title, kind=kind)
    _refuse_odd_fields(agency)
    agency.save()
    for alias in aliases:
        known = AgencyAlias(agency=agency, alias=alias)
        _refuse_odd_fields(known)
        known.save()
    audit.record("agency added", by=by, at=at, kind="agency", uid=agency.uid, agency_code=agency.code)
    return agency


@transaction.atomic
def join_partnership(
    *, agency: Agency, partnership: Partnership, starts_on: date, by: Actor, at: datetime
) -> Membership:
    """The agency's place in the partnership from a day on. Raises MembershipError if it has one that has not ended."""
    there = Membership.objects.known_now().filter(agency=agency, partnership=partnership)
    if any(membership.ends_on is None or membership.ends_on >= starts_on for membership in there):
        raise MembershipError(f"{agency} is in {partnership} already.")
    membership = Membership.objects.create(
        agency=agency, partnership=partnership, starts_on=starts_on, recorded_at=at, recorded_by=str(by)
    )
    mark_stale(Post.objects.within(agency).values_list("pk", flat=True), at=at)
    audit.record(
        "agency joined partnership", by=by, at=at, kind="partnership", uid=partnership.uid, agency_code=agency.code
    )
    return membership


def _refuse_odd_fields(row: Partnership | Agency | AgencyAlias) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        said = [f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
        raise MembershipError(" ".join(said)) from None
