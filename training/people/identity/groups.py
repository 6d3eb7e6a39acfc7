"""Which records belong together, from what has been said of them two by two. Pure."""

from collections.abc import Iterable


def first_records(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each record that is joined to another, directly or through others, the smallest id of its group."""
    first: dict[int, int] = {}

    def of(record: int) -> int:
        while first.setdefault(record, record) != record:
            record = first[record]
        return record

    for one, other in pairs:
        low, high = sorted((of(one), of(other)))
        first[high] = low
    return {record: of(record) for record in list(first)}


def training_of(
    said: Iterable[tuple[int, int, int | None]], shared: Iterable[tuple[int, int]] = ()
) -> dict[int, frozenset[int]]:
    """For each record joined to others, the records whose training counts for it, itself among them.

    What HR merged counts both ways. What a person joined counts one way: the earlier record's training for the one
    that claimed it, and nothing for the earlier record, at whose agency nobody may learn of the later one; unless the
    person shares it (`shared`: the record that is shown it, their own).
    """
    heard: dict[int, set[int]] = {}
    for record, same_as, agency in said:
        heard.setdefault(same_as, set()).add(record)
        if agency is not None:
            heard.setdefault(record, set()).add(same_as)
    for record, own in shared:
        heard.setdefault(record, set()).add(own)
    return {record: _reached(record, heard) for record in heard}


def _reached(record: int, heard: dict[int, set[int]]) -> frozenset[int]:
    found, more = set(), {record}
    while more:
        found |= more
        more = set().union(*(heard.get(each, ()) for each in more)) - found
    return frozenset(found)
