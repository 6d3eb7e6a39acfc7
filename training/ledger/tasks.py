"""What the worker does for the ledger."""

from datetime import datetime, timedelta

from training.ledger import services

# Long enough for the transaction that recorded it to tell the news itself.
PATIENCE = timedelta(minutes=1)


def announce_leftovers(*, at: datetime) -> None:
    """Tell other rooms of completions whose news a crash swallowed."""
    services.announce_leftovers(recorded_before=at - PATIENCE)


TICKS = (announce_leftovers,)
