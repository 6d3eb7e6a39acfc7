"""Why an import cannot be applied or undone: the text of each can be shown to a person."""


class RosterError(Exception):
    """Base of the expected failures."""


class NotWaiting(RosterError):
    """The import was refused or undone, so it cannot be applied; or it was not applied, so it cannot be undone."""


class RosterMoved(RosterError):
    """Since the file was read the roster has changed, so that the preview no longer says what would happen."""


class TooManyLeavers(RosterError):
    """More of the roster would end than anyone would expect, and nobody has confirmed it."""


class NotApproved(RosterError):
    """More of the roster would end or change than anyone would expect, and no second person has approved it."""


class OwnFile(RosterError):
    """Whoever uploaded a file cannot be the second person."""


class NotTheirs(RosterError):
    """Somebody at the agency can approve the file, so nobody from outside may."""


class TooOld(RosterError):
    """The rows of the import have been forgotten, and with them what it would take to apply it or take it back."""


class LaterImport(RosterError):
    """Another file has been applied since; undoing must begin with that one."""
