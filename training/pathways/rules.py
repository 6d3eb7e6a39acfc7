"""What a requirement says, in dated versions: pure rows, and what an editor may not save."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from training.access.clock import add_months

Id = int | str

LONGEST_MONTHS = 240  # Twenty years: more is a slip of the keyboard.
LEAP_YEAR = 2024


class Kind(StrEnum):
    """How a requirement is met. What each kind makes of completions is decided in `training.ledger.expiry`."""

    ONCE = "once"
    EXPIRING = "expiring"
    ATTENDANCE = "attendance"
    ROLLING_HOURS = "rolling_hours"
    TRIGGERED = "triggered"


class Basis(StrEnum):
    """From which day the end of an expiring period is counted."""

    FROM_COMPLETION = "from_completion"
    FROM_OLD_END = "from_old_end"
    FIXED_DATE = "fixed_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """One version of a requirement, in force from its first day to its last, both counted.

    `window_days` or `window_months` before a period's end, renewal is open. `refreshers` are the shorter modules that
    renew this one while it is in date or for `grace_days` after. `attendance_count` separate days within any
    `attendance_months` meet the kind 'attendance'; `rolling_hours` within any `rolling_months`, 'rolling_hours'.
    `induction_days` run from the day the obligation began; an event brings its own number of days, and what the kind
    'triggered' says here is only the usual one.
    """

    requirement: Id
    module: Id
    starts_on: date
    ends_on: date | None = None
    kind: Kind = Kind.EXPIRING
    basis: Basis = Basis.FROM_COMPLETION
    validity_months: int | None = None
    window_days: int = 0
    window_months: int = 0
    fixed_month: int | None = None
    fixed_day: int | None = None
    minimum_life_months: int = 0
    grace_days: int = 0
    refreshers: tuple[Id, ...] = ()
    induction_days: int = 0
    attendance_count: int = 0
    attendance_months: int = 0
    rolling_hours: int = 0
    rolling_months: int = 0

    def __hash__(self) -> int:
        # Equal versions share these; hashing all the fields made up half the time of a coverage rebuild.
        return hash((self.requirement, self.starts_on))

    def is_in_force(self, on: date) -> bool:
        """Whether the version asks anything on this day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    def window_before(self, end: date) -> date | None:
        """The day on which the window of a period with this end opens; None where the version has no window."""
        if self.window_months:
            return add_months(end, -self.window_months)
        if self.window_days:
            return end - timedelta(days=self.window_days)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A requirement: whom it asks, and what it asked from day to day. What is None asks of everybody in that respect.

    With both a role group and a designation, only those who have both are asked. `laid_over`: the agency's own
    requirements whose versions have been put in the place of this one's.
    """

    requirement: Id
    module: Id
    versions: tuple[RuleVersion, ...]
    role_group: Id | None = None
    designation: Id | None = None
    agency: Id | None = None
    agency_kind: str | None = None
    laid_over: tuple[Id, ...] = ()


def version_in_force(versions: Sequence[RuleVersion], day: date) -> RuleVersion:
    """The version whose validity a completion of that day follows.

    Outside every version, the last begun before it serves; before them all, the first ever (core rule 11.19).
    """
    if len(versions) == 1:
        return versions[0]
    begun = [version for version in versions if version.starts_on <= day]
    in_force = [version for version in begun if version.is_in_force(day)]
    if begun:
        return max(in_force or begun, key=lambda version: version.starts_on)
    return min(versions, key=lambda version: version.starts_on)


def problems(rule: RuleVersion) -> list[str]:
    """Why the editor refuses this version, in words for the person who wrote it; empty when it may be saved."""
    found = list(_common_problems(rule))
    if rule.kind is Kind.EXPIRING:
        found += _expiring_problems(rule)
    elif rule.kind is Kind.ATTENDANCE:
        found += _attendance_problems(rule)
    elif rule.kind is Kind.ROLLING_HOURS:
        found += _rolling_problems(rule)
    elif rule.validity_months:
        found.append("A module that is done once and for good has no validity in months.")
    return found


def _common_problems(rule: RuleVersion) -> Iterator[str]:
    if rule.ends_on is not None and rule.ends_on < rule.starts_on:
        yield "The last day comes before the first."
    if rule.induction_days < 0:
        yield "The induction deadline cannot be a negative number of days."
    if rule.grace_days < 0:
        yield "The days of grace cannot be a negative number."
    if rule.module in rule.refreshers:
        yield "A module cannot be its own refresher."
    if rule.window_days and rule.window_months:
        yield "Give the window in days or in months, not both."
    if rule.window_days < 0 or rule.window_months < 0:
        yield "The window cannot be negative."


def _expiring_problems(rule: RuleVersion) -> Iterator[str]:
    if rule.basis is Basis.FIXED_DATE:
        yield from _fixed_date_problems(rule)
        return
    months = rule.validity_months or 0
    if not 0 < months <= LONGEST_MONTHS:
        yield f"Say for how many months a completion is valid, from 1 to {LONGEST_MONTHS}."
    elif not _fits(rule, months, strictly=True):
        yield "The window must be shorter than the validity."
    if rule.basis is Basis.FROM_OLD_END and not (rule.window_days or rule.window_months):
        yield "A rule that renews from the old end date needs a window."


def _fixed_date_problems(rule: RuleVersion) -> Iterator[str]:
    if not _is_day_of_year(rule.fixed_month, rule.fixed_day):
        yield "Say the day and month on which training ends for everyone each year."
    life = rule.minimum_life_months
    if not 0 < life <= LONGEST_MONTHS:
        yield f"A rule with the same date for everyone needs a minimum life, from 1 to {LONGEST_MONTHS} months."
    elif not _fits(rule, life, strictly=False):
        yield "The minimum life must be at least as long as the window."


def _attendance_problems(rule: RuleVersion) -> Iterator[str]:
    if rule.attendance_count < 1:
        yield "Say on how many separate days somebody has to attend."
    months = rule.attendance_months
    if not 0 < months <= LONGEST_MONTHS:
        yield f"Say within how many months the attendances have to fall, from 1 to {LONGEST_MONTHS}."
    elif not _fits(rule, months, strictly=True):
        yield "The window must be shorter than the months in which attendances count."


def _rolling_problems(rule: RuleVersion) -> Iterator[str]:
    if rule.rolling_hours < 1:
        yield "Say how many hours somebody has to do."
    months = rule.rolling_months
    if not 0 < months <= LONGEST_MONTHS:
        yield f"Say within how many months the hours have to fall, from 1 to {LONGEST_MONTHS}."
    elif not _fits(rule, months, strictly=True):
        yield "The window must be shorter than the months in which hours count."


def _fits(rule: RuleVersion, months: int, *, strictly: bool) -> bool:
    """Whether the window is no longer than so many months, wherever they fall; strictly, whether it is shorter."""
    slack = 1 if strictly else 0
    return rule.window_months + slack <= months and rule.window_days + slack <= _shortest_days(months)


@lru_cache(maxsize=256)
def _shortest_days(months: int) -> int:
    """The fewest days that so many months can be."""
    starts = [date(year, month, 1) for year in range(2021, 2029) for month in range(1, 13)]
    return min((add_months(start, months) - start).days for start in starts)


def _is_day_of_year(month: int | None, day: int | None) -> bool:
    """Whether some year has that day; 29 February is one, and falls on the 28th in the other years."""
    if month is None or day is None or not 1 <= month <= 12:
        return False
    return 1 <= day <= monthrange(LEAP_YEAR, month)[1]
