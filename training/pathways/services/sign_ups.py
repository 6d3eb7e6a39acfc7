"""Agencies that commit to a version of the pathway."""

from datetime import date, datetime

from django.db import transaction

from training.access.actor import Actor
from training.audit import services as audit
from training.pathways.models import PathwayVersion, SignUp
from training.people.models import Agency, Membership

from .errors import PathwayError


@transaction.atomic
def sign_up(
    *,
    agency: Agency,
    version: PathwayVersion,
    signed_on: date,
    signatory_post: str,
    by: Actor,
    at: datetime,
    state: str = SignUp.State.CONFIRMED,
    ends_on: date | None = None,
) -> SignUp:
    """Put an agency's commitment on record; said again in the same words, nothing changes."""
    partnership = version.pathway.partnership
    if not Membership.objects.known_now().current_on(signed_on).filter(agency=agency, partnership=partnership).exists():
        raise PathwayError(f"{agency} was not in {partnership} on {signed_on:%d %B %Y}.")
    if not signatory_post.strip():
        raise PathwayError("Say in which post the signatory signed.")
    said = {"state": state, "signed_on": signed_on, "ends_on": ends_on, "signatory_post": signatory_post.strip()}
    standing = SignUp.objects.known_now().filter(agency=agency, version=version).first()
    if standing is not None:
        if all(getattr(standing, name) == value for name, value in said.items()):
            return standing
        SignUp.objects.filter(pk=standing.pk).update(replaced_at=at)
    row = SignUp.objects.create(agency=agency, version=version, recorded_at=at, recorded_by=str(by), **said)
    audit.record(
        "agency signed up",
        by=by,
        at=at,
        kind="sign-up",
        agency_code=agency.code,
        partnership_code=partnership.code,
        version=version.number,
        state=state,
    )
    return row
