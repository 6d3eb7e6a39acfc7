"""Which badges are suspended, as signed lists of bits (https://www.w3.org/TR/vc-bitstring-status-list/).

A badge has its place for good, drawn by lot, so that it says nothing of which was made before which. What the bits say
is worked out from the facts.
"""

import base64
import gzip
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Max, QuerySet

from certificates.badges.contexts import CREDENTIALS
from certificates.badges.credential import Issuer, StatusEntry
from certificates.badges.proof import Document, as_moment
from certificates.models import BadgePlace, Certificate

LENGTH = 131_072  # the least that the standard allows, so that nobody learns from a look which badge was checked
GOOD_FOR = timedelta(days=1)


def entry_at(number: int, *, address: str) -> StatusEntry:
    """Where the status of a badge stands, by its place. `address` of the lists ends with a slash."""
    which, index = divmod(number, LENGTH)
    return StatusEntry(f"{address}{which}", index)


def place_of(certificate: Certificate) -> int:
    """The place of a certificate's badge, for good: a free one drawn by lot when it is first asked for.

    A list is drawn from until as many places as half of it have been given, so a free one is found soon. The database
    lets a place be given once, and a certificate have one: who is beaten to either draws again, or reads it.
    """
    while (found := BadgePlace.objects.of(certificate.pk).first()) is None:
        given = BadgePlace.objects.everywhere(reason="how many were given").aggregate(last=Max("pk"))["last"] or 0
        number = given // (LENGTH // 2) * LENGTH + secrets.randbelow(LENGTH)
        BadgePlace.objects.bulk_create([BadgePlace(number=number, certificate=certificate)], ignore_conflicts=True)
    return found.number


def suspended(which: int, *, on: date) -> list[int]:
    """The places in a list whose certificates are withdrawn, replaced, paused by their holders, or erased."""
    first = which * LENGTH
    here = {"badge_place__number__gte": first, "badge_place__number__lt": first + LENGTH}
    lost = Certificate.objects.not_to_be_relied_on(on=on).filter(**here)
    erased = _in(which).filter(certificate=None).values_list("number", flat=True)
    return [number - first for number in (*lost.values_list("badge_place__number", flat=True), *erased)]


def exists(which: int) -> bool:
    """Whether any badge has its place in this list."""
    return _in(which).exists()


def _in(which: int) -> QuerySet[BadgePlace]:
    return BadgePlace.objects.between(which * LENGTH, (which + 1) * LENGTH)


def status_list(url: str, places: Iterable[int], *, issuer: Issuer, at: datetime) -> Document:
    """The list as a credential, without its proof."""
    return {
        "@context": [CREDENTIALS],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        "validFrom": as_moment(at),
        "validUntil": as_moment(at + GOOD_FOR),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "suspension",
            "encodedList": encoded(places),
        },
    }


def encoded(places: Iterable[int]) -> str:
    """The bits, the first the leftmost, packed and in base64url behind a u."""
    bits = bytearray(LENGTH // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> place % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")
