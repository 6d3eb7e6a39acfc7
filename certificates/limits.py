"""How often one address may check codes. Nothing of the address is kept in clear, and nothing for long."""

from datetime import datetime
from ipaddress import ip_address, ip_network

from django.core.cache import cache
from django.utils.crypto import salted_hmac

LOOKS_A_MINUTE = 30
COST_OF_FILE = 5  # looking into a file takes longer than looking up a code


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
    minute = int(at.timestamp()) // 60
    key = "looks:" + salted_hmac("certificates.looks", f"{place_of(address)} {minute}").hexdigest()
    if cache.add(key, cost, timeout=120):
        return False
    try:
        return cache.incr(key, cost) > LOOKS_A_MINUTE
    except ValueError:  # it ran out between the two calls
        return False
