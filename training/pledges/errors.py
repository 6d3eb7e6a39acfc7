"""Why something cannot be put on record: the text can be shown to a person."""


class PledgeRefused(Exception):
    """What was reported does not hang together, or has changed since it was looked at."""
