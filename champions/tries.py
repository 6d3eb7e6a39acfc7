"""How often codes may be mistyped. Counted in the cache, by login or by where the question came from."""

from datetime import datetime

from django.core.cache import cache
from django.utils.crypto import salted_hmac

TRIES_AN_HOUR = 10
HOUR = 3600


def _key(who: str, at: datetime) -> str:
    return "codes:" + salted_hmac("champions.tries", f"{who} {int(at.timestamp()) // HOUR}").hexdigest()


def has_tries_left(who: str, *, at: datetime, most: int = TRIES_AN_HOUR) -> bool:
    """Whether this one may try again in this hour."""
    return int(cache.get(_key(who, at), 0)) < most


def count_try(who: str, *, at: datetime) -> None:
    """Remember that a code was wrong."""
    key = _key(who, at)
    if not cache.add(key, 1, timeout=2 * HOUR):
        try:
            cache.incr(key)
        except ValueError:  # it ran out between the two calls
            cache.set(key, 1, timeout=2 * HOUR)
