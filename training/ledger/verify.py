"""Walking the chain: finds any entry altered, dropped or swapped."""

from dataclasses import dataclass

from training.people.models import Partnership

from .chain import GENESIS, entry_hash
from .models import ChainHead, Entry


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and how."""

    partnership: str
    number: int
    entry_uid: str
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What walking one partnership's chain found. `head` can be published, so that a cut tail is noticed later."""

    partnership: str
    entries: int
    head: str
    breaks: tuple[Break, ...]

    @property
    def is_intact(self) -> bool:
        """Whether every entry stands as it was written."""
        return not self.breaks


def verify(partnership: Partnership) -> Verdict:
    """Walk one partnership's chain from its first entry to its head."""
    breaks: list[Break] = []
    number, previous = 0, GENESIS
    entries = (
        Entry.objects.everywhere(reason="verifying the chain")
        .filter(partnership=partnership)
        .select_related("partnership", "person", "module", "agency", "target")
        .order_by("number")
    )
    for entry in entries.iterator(chunk_size=2000):
        what = _fault(entry, number + 1, previous)
        if what:
            breaks.append(Break(partnership.code, entry.number, str(entry.uid), what))
        number, previous = entry.number, entry.hash
    head = ChainHead.objects.filter(partnership=partnership).first()
    if head is None and number:
        breaks.append(Break(partnership.code, number, "", "the record of where the chain ends is missing"))
    elif head is not None and (head.number, head.hash) != (number, previous):
        breaks.append(Break(partnership.code, head.number, "", f"the chain should end at entry {head.number}"))
    return Verdict(partnership.code, number, previous, tuple(breaks))


def _fault(entry: Entry, expected: int, previous: str) -> str:
    """What is wrong with one entry, or nothing."""
    if entry.number != expected:
        return f"entry {expected} is missing before this one"
    if entry.previous_hash != previous:
        return "it does not follow from the entry before it"
    if entry.hash != entry_hash(entry):
        return "its content is not what was recorded"
    return ""
