"""What a champion must keep up to stay active: network meetings, and a check-in by them and by their manager. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from training.access.clock import add_months

OWN_CHECK_IN = "the champion's check-in"
MANAGERS_CHECK_IN = "the manager's check-in"
COME = "Come to the"


@dataclass(frozen=True, slots=True)
class Ending:
    """A condition that ends: its last day, what it is ('the training Module A1'), and what to do about it."""

    on: date
    what: str
    do: str = ""

    @property
    def is_own_check_in(self) -> bool:
        """Whether the champion checks in to keep it."""
        return self.what == OWN_CHECK_IN

    @property
    def is_managers(self) -> bool:
        """Whether the manager checks in to keep it."""
        return self.what == MANAGERS_CHECK_IN

    @property
    def is_by_meetings(self) -> bool:
        """Whether coming to a meeting mends it."""
        return self.do.startswith(COME)

    def order(self) -> tuple[date, str]:
        """The soonest first."""
        return self.on, self.what


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a partnership asks on a day. Nothing, until its coordinator says so.

    `asks_since` is the day from which check-ins have been asked: nobody lapses for what was not asked then.
    """

    meetings_needed: int = 0
    meetings_of: int = 0
    check_in_months: int = 0
    warn_days: int = 60
    asks_since: date | None = None

    @property
    def warns_before(self) -> timedelta:
        """How long before an end somebody counts as lapsing."""
        return timedelta(days=self.warn_days)

    @property
    def may_miss(self) -> int:
        """How many of the last meetings may be missed."""
        return self.meetings_of - self.meetings_needed


@dataclass(frozen=True, slots=True)
class Attended:
    """Network meetings meant for a champion since the agreement: (day, whether they came), oldest first.

    `next_on` is the day of the next one that is planned.
    """

    meetings: tuple[tuple[date, bool], ...] = ()
    next_on: date | None = None

    def endings(self, conditions: Conditions) -> Iterator[Ending]:
        """The last day on which enough were come to: past where it is broken, to come where the next one decides."""
        if not conditions.meetings_needed:
            return
        needs = f"{conditions.meetings_needed} of the last {conditions.meetings_of} network meetings"
        missed = self._missed(conditions.meetings_of)
        if len(missed) > conditions.may_miss:
            when = f", on {words(self.next_on)}" if self.next_on else ""
            yield Ending(missed[conditions.may_miss] - timedelta(days=1), needs, f"{COME} next meeting{when}.")
        elif self.next_on and len(self._missed(conditions.meetings_of - 1)) + 1 > conditions.may_miss:
            yield Ending(self.next_on, needs, f"{COME} meeting on {words(self.next_on)}.")

    def _missed(self, last: int) -> list[date]:
        """The days of those missed, among the last so many."""
        among = self.meetings[max(len(self.meetings) - last, 0) :]
        return [on for on, came in among if not came]


@dataclass(frozen=True, slots=True)
class CheckIns:
    """When the champion and when their manager last checked in."""

    own_on: date | None = None
    manager_on: date | None = None

    def endings(self, conditions: Conditions, agreed_on: date) -> Iterator[Ending]:
        """The last day of each of the two."""
        if not conditions.check_in_months:
            return
        first = max(agreed_on, conditions.asks_since or agreed_on)

        def last_day(checked_on: date | None) -> date:
            return add_months(max(first, checked_on or first), conditions.check_in_months)

        yield Ending(last_day(self.own_on), OWN_CHECK_IN, "Check in: it takes a minute.")
        yield Ending(last_day(self.manager_on), MANAGERS_CHECK_IN, "Ask your manager to check in.")


def words(day: date) -> str:
    """A day in words."""
    return f"{day.day} {day:%B %Y}"
