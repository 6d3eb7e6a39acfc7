"""Training recorded on the strength of another entry of this ledger, whose certificate was shown."""

from .models import Entry

KEY = "entry:"


def named(entry: Entry) -> str:
    """How an entry names, as its source, the one that it rests on."""
    return f"{KEY}{entry.uid}"


def rests_on(entry: Entry) -> Entry | None:
    """The entry on the strength of which this one was recorded."""
    if not entry.source.startswith(KEY):
        return None
    uid = entry.source.removeprefix(KEY)
    return Entry.objects.everywhere(reason="what it rests on").select_related("partnership").filter(uid=uid).first()
