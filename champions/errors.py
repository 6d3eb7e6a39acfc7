"""Why something in the network cannot be done: each error's text can be shown to a person."""


class ChampionError(Exception):
    """Why it cannot be done, in words for a person."""


class NotAChampion(ChampionError):
    """No roster of the partnership says that they are a champion, or they have stood down."""


class TermsHaveChanged(ChampionError):
    """They agreed to a wording that is no longer in force."""


class NotPossibleNow(ChampionError):
    """The turn does not follow from where the champion stands."""


class TooManyToday(ChampionError):
    """The sender has used up the day's requests."""


class AlreadyAsked(ChampionError):
    """The same was sent before, and waits for its answer or is on its way."""


class AskedEnough(ChampionError):
    """The champion rests, or has as many requests waiting as one can carry."""


class NotToBeFound(ChampionError):
    """The champion is none whom this one may ask, or no longer: answered as if there were nobody."""


class NotOpen(ChampionError):
    """The request has been answered or deleted."""


class MeetingIsOver(ChampionError):
    """It has begun, is over, or was cancelled."""


class MeetingIsFull(ChampionError):
    """Everybody who fits in has said that they come."""


class CodeDoesNotWork(ChampionError):
    """Wrong, too early or too late: one answer for all three."""


class AlreadySaid(ChampionError):
    """It has been said before, and a second time changes nothing."""
