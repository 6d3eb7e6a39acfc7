"""How often one address may check codes, and one login say whose a passport is. Who it was is kept hashed, briefly."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.db import OperationalError, connection
from django.db.models import F
from django.utils.crypto import salted_hmac

from certificates.models import LookCount

LOOKS_A_MINUTE = 30
TRIES_AN_HOUR = 20
"""How often one of HR may name somebody whom the roster calls otherwise than the passport does."""
COST_OF_FILE = 5  # looking into a file takes longer than looking up a code
KEPT = timedelta(minutes=2)
# One statement, so that of looks at the same moment none is lost: a cache would read, add and write
COUNT = """
INSERT INTO certificates_lookcount (place, minute, looks) VALUES (%s, %s, %s)
ON CONFLICT (place) DO UPDATE SET looks = certificates_lookcount.looks + EXCLUDED.looks
RETURNING looks
"""


def place_of(address: str) -> str:
    """What counts as one place: an address, or of IPv6 the 64 bits that one customer has all the rest of."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))


def is_too_many(address: str, *, at: datetime, cost: int = 1) -> bool:
    """Counts a look from this address, or what costs as much as several; whether it is too many for this minute."""
    return _counted(place_of(address), minute=_minute(at), cost=cost) > LOOKS_A_MINUTE


@contextmanager
def is_looking_already(address: str, *, at: datetime) -> Iterator[bool]:
    """Whether a file from this address is being looked at just now: one at a time, so that no address takes every
    child. A process that dies over it frees the address with the next minute.
    """
    who, minute = f"file {place_of(address)}", _minute(at)
    files = _counted(who, minute=minute, cost=1)
    try:
        yield files > 1
    finally:
        if files:  # else it went uncounted, and another's would be taken away
            with suppress(OperationalError):
                LookCount.objects.filter(place=_place(who, minute)).update(looks=F("looks") - 1)


def is_one_try_too_many(user: int | None, *, at: datetime) -> bool:
    """Counts a try by this login; whether it is too many for this hour."""
    last_minute = _minute(at) // 60 * 60 + 59
    return _counted(f"login {user}", minute=last_minute, cost=1) > TRIES_AN_HOUR


def forget_look_counts(*, at: datetime) -> int:
    """Delete counts of minutes that are over; how many."""
    return LookCount.objects.filter(minute__lt=_minute(at - KEPT)).delete()[0]


def _counted(who: str, *, minute: int, cost: int) -> int:
    """So many until this minute, this one among them.

    Where the database is too busy to write, it goes uncounted: the answer matters more.
    """
    with suppress(OperationalError), connection.cursor() as cursor:
        cursor.execute(COUNT, [_place(who, minute), minute, cost])
        return cursor.fetchone()[0]
    return 0


def _place(who: str, minute: int) -> str:
    return salted_hmac("certificates.looks", f"{who} {minute}", algorithm="sha256").hexdigest()


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60
