"""Training recorded on the strength of another entry of this ledger, whose certificate was shown."""

from uuid import UUID

from .models import Entry, Method

KEY = "entry:"


def named(entry: Entry) -> str:
    """How an entry names, as its source, the one that it rests on."""
    return f"{KEY}{entry.uid}"


def rests_on(entry: Entry) -> Entry | None:
    """The entry on the strength of which this one was recorded. What agencies send holds words of theirs as a source:
    it rests on nothing, whatever they are.
    """
    if entry.method != Method.EVIDENCE or not entry.source.startswith(KEY):
        return None
    uid = UUID(entry.source.removeprefix(KEY))
    return Entry.objects.everywhere(reason="what it rests on").select_related("partnership").filter(uid=uid).first()
