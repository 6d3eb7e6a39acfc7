"""Why something in this room cannot be done: the text of each can be shown to a person."""


class EvidenceError(Exception):
    """Base of the expected failures."""


class NotWaiting(EvidenceError):
    """It has been decided, undone or withdrawn already, or was never applied."""


class RecordsMoved(EvidenceError):
    """Since the file was read the records have changed, so that the preview no longer says what would happen."""


class TooOld(EvidenceError):
    """The rows of the file have been forgotten, and with them what it would take to apply it or take it back."""


class TooManyOpen(EvidenceError):
    """So much of one person waits already that HR could not come to an end."""
