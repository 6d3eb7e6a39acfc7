"""Which badges are suspended, as signed lists of bits (https://www.w3.org/TR/vc-bitstring-status-list/).

A certificate has its place for good: its number in the table. What the bits say is worked out from the facts.
"""

import base64
import gzip
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Max

from certificates.badges.contexts import CREDENTIALS
from certificates.badges.credential import Issuer, StatusEntry
from certificates.badges.proof import Document, as_moment
from certificates.models import Certificate, Gone

LENGTH = 131_072  # the least that the standard allows, so that nobody learns from a look which badge was checked
GOOD_FOR = timedelta(days=1)


def place_of(number: int, *, address: str) -> StatusEntry:
    """Where the status of a certificate stands, by its number. `address` of the lists ends with a slash."""
    which, index = divmod(number, LENGTH)
    return StatusEntry(f"{address}{which}", index)


def suspended(which: int, *, on: date) -> list[int]:
    """The places in a list whose certificates are withdrawn, replaced, paused by their holders, or erased."""
    first = which * LENGTH
    rows = Certificate.objects.not_to_be_relied_on(on=on).filter(pk__gte=first, pk__lt=first + LENGTH)
    gone = Gone.objects.filter(number__gte=first, number__lt=first + LENGTH).values_list("number", flat=True)
    return [number - first for number in (*rows.values_list("pk", flat=True), *gone)]


def exists(which: int) -> bool:
    """Whether any certificate has its place in this list."""
    rows = Certificate.objects.everywhere(reason="which lists there are")
    last = max(rows.aggregate(last=Max("pk"))["last"] or -1, Gone.objects.aggregate(last=Max("number"))["last"] or -1)
    return which <= last // LENGTH


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
