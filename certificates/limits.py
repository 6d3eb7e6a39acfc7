"""How often one address may check codes. Nothing of the address is kept in clear, and nothing for long."""

from contextlib import suppress
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.db import OperationalError, connection
from django.utils.crypto import salted_hmac

from certificates.models import LookCount

LOOKS_A_MINUTE = 30
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
    """Counts a look from this address, or what costs as much as several; whether it is too many for this minute.

    Where the database is too busy to write, the look goes uncounted: the answer matters more.
    """
    minute = _minute(at)
    place = salted_hmac("certificates.looks", f"{place_of(address)} {minute}", algorithm="sha256").hexdigest()
    with suppress(OperationalError), connection.cursor() as cursor:
        cursor.execute(COUNT, [place, minute, cost])
        return cursor.fetchone()[0] > LOOKS_A_MINUTE
    return False


def forget_look_counts(*, at: datetime) -> int:
    """Delete counts of minutes that are over; how many."""
    return LookCount.objects.filter(minute__lt=_minute(at - KEPT)).delete()[0]


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60
