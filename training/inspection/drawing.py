"""Which rows of the rosters a sample holds: drawn by a seed, so that anybody can draw the same again. Pure.

Each row has the hash of the seed and its own identifier, and the smallest hashes are the sample. So every row is as
likely as any other, and a row that comes or goes moves none of the rest.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from heapq import nsmallest
from itertools import islice

SIZE = 25
Drawable = tuple[str, int, int]
"""Of a row of a roster: its uid, the post's key, and the person's key."""


def drawn(rows: Iterable[Drawable], seed: str, size: int = SIZE) -> list[int]:
    """The posts drawn, in order, of as many people: a second post of somebody drawn is passed over."""
    first = nsmallest(size * 4, ((place_of(seed, uid), post, person) for uid, post, person in rows))
    return list(islice(_once(first), size))


def place_of(seed: str, uid: str) -> str:
    """Where a row stands in the order of a seed: the SHA-256 of 'seed:uid'."""
    return sha256(f"{seed}:{uid}".encode()).hexdigest()


def _once(rows: Iterable[tuple[str, int, int]]) -> Iterator[int]:
    seen: set[int] = set()
    for _, post, person in rows:
        if person not in seen:
            seen.add(person)
            yield post
