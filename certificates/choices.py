"""What the holder of a certificate lets a check of it show. What they hide is hidden on what takes its place, too."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from certificates.models import Certificate, Showing
from training.access.actor import Actor
from training.audit import services as audit

WISHES = ("is_masked", "shows_agency", "points_forward", "is_paused")


def chosen(certificate: Certificate) -> dict[str, bool]:
    """What stands now: nothing, unless the holder has chosen it."""
    return {wish: getattr(certificate.showing_or_none, wish, False) for wish in WISHES}


@transaction.atomic
def choose(certificate: Certificate, wishes: Mapping[str, bool], *, by: Actor, at: datetime) -> None:
    """Keep what the holder wishes; the same twice is once."""
    said = {wish: wishes[wish] for wish in WISHES}
    if chosen(certificate) == said:
        return
    Showing.objects.of(certificate.pk).update_or_create(certificate=certificate, defaults=said)
    audit.record("certificate showing chosen", by=by, at=at, kind="certificate", uid=certificate.uid)
