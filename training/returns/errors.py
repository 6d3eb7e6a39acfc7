"""What cannot be done with a return or a head-count; the text can be shown to a person."""


class ReturnError(Exception):
    """The text says what to do instead."""


class NotAsked(ReturnError):
    """Nothing is asked for this quarter, or not yet."""


class AlreadyThere(ReturnError):
    """It has been begun, or given, already."""


class NotNow(ReturnError):
    """The return does not stand where this could be done."""


class TooMany(ReturnError):
    """More people than there are."""


class Unfinished(ReturnError):
    """Something is still to be filled in."""


class NeedsAnother(ReturnError):
    """Somebody else has to do this."""


class BadFile(ReturnError):
    """A file that cannot be read, or with rows that cannot be taken: nothing of it is. `rows` says what is wrong."""

    def __init__(self, text: str, rows: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.rows = rows
