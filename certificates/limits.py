"""How often one address may check codes. Nothing of the address is kept in clear, and nothing for long."""

from datetime import datetime

from django.core.cache import cache
from django.utils.crypto import salted_hmac

LOOKS_A_MINUTE = 30
COST_OF_FILE = 5  # looking into a file takes longer than looking up a code


def is_too_many(address: str, *, at: datetime, cost: int = 1) -> bool:
    """Counts a look from this address, or what costs as much as several; whether it is too many for this minute."""
    minute = int(at.timestamp()) // 60
    key = "looks:" + salted_hmac("certificates.looks", f"{address} {minute}").hexdigest()
    if cache.add(key, cost, timeout=120):
        return False
    try:
        return cache.incr(key, cost) > LOOKS_A_MINUTE
    except ValueError:  # it ran out between the two calls
        return False
