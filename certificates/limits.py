"""How often one address may check codes. Nothing of the address is kept in clear, and nothing for long."""

from datetime import datetime

from django.core.cache import cache
from django.utils.crypto import salted_hmac

LOOKS_A_MINUTE = 30


def is_too_many(address: str, *, at: datetime) -> bool:
    """Counts one look from this address; whether it is one too many for this minute."""
    minute = int(at.timestamp()) // 60
    key = "looks:" + salted_hmac("certificates.looks", f"{address} {minute}").hexdigest()
    if cache.add(key, 1, timeout=120):
        return False
    try:
        return cache.incr(key) > LOOKS_A_MINUTE
    except ValueError:  # it ran out between the two calls
        return False
