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
