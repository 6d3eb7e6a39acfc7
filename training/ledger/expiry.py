"""How long completions last: periods of validity, worked out from facts and the versions of a rule. Pure.

The rules are those of the settled points of renewal; `docs/features/renewal.md` has worked cases.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from training.access.clock import add_months
from training.pathways.rules import Basis, Id, Kind, RuleVersion, version_in_force
from training.pathways.spans import FOR_GOOD, ONE_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A completion that has not been voided, as it bears on one module.

    `module` is the module itself or one that refreshes it. `is_lent`: somebody completed another module that satisfies
    this one, for `lent_months` or for good. `maximum_age_months`: training done elsewhere, which the register accepts
    up to that age. `revoked_on`: the first day on which it no longer holds. `minutes`: how long it took, for rules that
    count hours.
    """

    uid: Id
    module: Id
    completed_on: date
    revoked_on: date | None = None
    is_lent: bool = False
    lent_months: int | None = None
    maximum_age_months: int | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which a module counts as done: from the first to the last, both valid; no last day means for good.

    A revocation cuts `ends_on`; `full_ends_on` and the window are as they were promised.
    """

    starts_on: date
    ends_on: date | None
    window_opens_on: date | None
    facts: tuple[Id, ...]
    is_lent: bool = False
    full_ends_on: date | None = None
    revoked_on: date | None = None

    def is_valid(self, on: date) -> bool:
        """Whether the day lies in the period."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True)
class _Day:
    """What was completed on one day: the module, or else a refresher of it. Two completions on one day are one."""

    on: date
    facts: tuple[Fact, ...]
    is_refresher: bool
    revoked_on: date | None

    @property
    def uids(self) -> tuple[Id, ...]:
        """What is said to be behind a period."""
        return tuple(fact.uid for fact in self.facts)


@dataclass(frozen=True, slots=True)
class _Past:
    """What stood before a day: the days of completion, and the periods they made."""

    days: list[_Day]
    periods: list[Period]

    def furthest(self, before: date) -> Period | None:
        """The period that reached furthest before this day, leaving out what had been revoked by then.

        A revocation that came later leaves the past as it was, so the end as promised is what is compared.
        """
        best: Period | None = None
        for period in self.periods:
            if period.starts_on >= before or (period.revoked_on and period.revoked_on <= before):
                continue
            if best is None or _reach(period.full_ends_on) > _reach(best.full_ends_on):
                best = period
        return best


def periods(facts: Iterable[Fact], versions: Sequence[RuleVersion], began_on: date | None = None) -> tuple[Period, ...]:
    """The periods of validity under one rule, in the order in which they began, lent ones included.

    `began_on`, the day the obligation began, decides whether training done elsewhere is too old to count.
    """
    counting = [fact for fact in facts if _counts(fact, versions, began_on)]
    own = _made(_days((fact for fact in counting if not fact.is_lent), versions[0].module), versions)
    lent = (_lent(fact, version_in_force(versions, fact.completed_on)) for fact in counting if fact.is_lent)
    return tuple(sorted([*own, *filter(None, lent)], key=lambda period: period.starts_on))


def furthest(periods: Iterable[Period], on: date) -> Period | None:
    """The period that stands on a day: of those begun, the one that reaches furthest, or that began first on a tie."""
    best: Period | None = None
    for period in periods:
        if period.starts_on <= on and (best is None or _reach(period.ends_on) > _reach(best.ends_on)):
            best = period
    return best


def _made(days: Iterable[_Day], versions: Sequence[RuleVersion]) -> list[Period]:
    """The periods that days of completion make, in order; each sees only what came before it."""
    past = _Past([], [])
    for day in days:
        version = version_in_force(versions, day.on)
        past.days.append(day)
        if period := KINDS[version.kind](day, version, past):
            past.periods.append(period)
    return past.periods


def _reach(ends_on: date | None) -> date:
    return FOR_GOOD if ends_on is None else ends_on


def _counts(fact: Fact, versions: Sequence[RuleVersion], began_on: date | None) -> bool:
    """Whether a fact bears on the rule: its module or a refresher of it, and no outside course that was too old."""
    if _is_too_old(fact, began_on):
        return False
    if fact.is_lent or fact.module == versions[0].module:
        return True
    return fact.module in version_in_force(versions, fact.completed_on).refreshers


def _is_too_old(fact: Fact, began_on: date | None) -> bool:
    """Whether training done elsewhere was over its maximum age when the obligation began. Done later, it is new."""
    if fact.maximum_age_months is None or began_on is None:
        return False
    return add_months(fact.completed_on, fact.maximum_age_months) < began_on


def _days(facts: Iterable[Fact], module: Id) -> Iterator[_Day]:
    """The days of completion in order; on one day the module itself comes before its refreshers."""

    def by_day(fact: Fact) -> tuple[date, bool]:
        return fact.completed_on, fact.module != module

    for (on, is_refresher), group in groupby(sorted(facts, key=by_day), key=by_day):
        same = list(group)
        revocations = [fact.revoked_on for fact in same if fact.revoked_on]
        revoked_on = max(revocations) if len(revocations) == len(same) else None
        yield _Day(on, tuple(same), is_refresher, revoked_on)


def _once(day: _Day, version: RuleVersion, past: _Past) -> Period | None:
    """Done once, for good. A refresher has nothing to renew."""
    return None if day.is_refresher else _period(day, None, version)


def _expiring(day: _Day, version: RuleVersion, past: _Past) -> Period | None:
    """Valid until an end. A refresher that finds nothing to refresh renews nothing."""
    old = past.furthest(before=day.on)
    if day.is_refresher and not (old and day.on <= _with_grace(old.full_ends_on, version)):
        return None
    return _period(day, ENDS[version.basis](day.on, version, old), version)


def _with_grace(ends_on: date | None, version: RuleVersion) -> date:
    return FOR_GOOD if ends_on is None else ends_on + timedelta(days=version.grace_days)


def _attendance(day: _Day, version: RuleVersion, past: _Past) -> Period | None:
    """Valid while enough separate days of attendance lie no more than so many months back."""
    if day.is_refresher or not version.attendance_count or not version.attendance_months:
        return None
    held = []
    for each in past.days:
        last = _counts_until(each.on, version.attendance_months, each.revoked_on)
        if last >= day.on and not each.is_refresher:
            held.append((last, each))
    held.sort(key=lambda pair: pair[0], reverse=True)
    enough = held[: version.attendance_count]
    if len(enough) < version.attendance_count:
        return None
    end = enough[-1][0]
    facts = tuple(uid for _, each in reversed(enough) for uid in each.uids)
    return Period(day.on, end, version.window_before(end), facts, full_ends_on=end)


def _rolling(day: _Day, version: RuleVersion, past: _Past) -> Period | None:
    """Valid while what was done no more than so many months back comes to the hours. A refresher's hours count too."""
    held = [
        (last, fact)
        for each in past.days
        for fact in each.facts
        if (last := _counts_until(fact.completed_on, version.rolling_months, fact.revoked_on)) >= day.on
    ]
    for end in sorted({last for last, _ in held}, reverse=True):
        still = [fact for last, fact in held if last >= end]
        if _minutes(still) >= version.rolling_hours * 60:
            return Period(day.on, end, version.window_before(end), tuple(it.uid for it in still), full_ends_on=end)
    return None


def _counts_until(completed_on: date, months: int, revoked_on: date | None) -> date:
    """The last day on which something done on a day still counts, so many months on unless revoked before."""
    last = add_months(completed_on, months)
    return last if revoked_on is None else min(last, revoked_on - ONE_DAY)


def _minutes(facts: Iterable[Fact]) -> int:
    """How long these took together. One module twice on one day is once: the longer."""
    longest: dict[tuple[Id, date], int] = {}
    for fact in facts:
        key = (fact.module, fact.completed_on)
        longest[key] = max(fact.minutes, longest.get(key, 0))
    return sum(longest.values())


# The one place where a kind of requirement is given its meaning.
KINDS: dict[Kind, Callable[[_Day, RuleVersion, _Past], Period | None]] = {
    Kind.ONCE: _once,
    Kind.EXPIRING: _expiring,
    Kind.ATTENDANCE: _attendance,
    Kind.ROLLING_HOURS: _rolling,
    # Once for each event: an obligation is told only what was done since its own (training.ledger.history).
    Kind.TRIGGERED: _once,
}


def _from_completion(day: date, version: RuleVersion, old: Period | None) -> date:
    return add_months(day, version.validity_months or 0)


def _from_old_end(day: date, version: RuleVersion, old: Period | None) -> date:
    """Inside the old period's window: on from its end. Before the window: its end. First or late: from completion.

    An old period without an end or a window has nothing to count from, so the new one runs from completion.
    """
    if old is None or old.full_ends_on is None or old.window_opens_on is None or day > old.full_ends_on:
        return _from_completion(day, version, old)
    if day < old.window_opens_on:
        return old.full_ends_on
    return add_months(old.full_ends_on, version.validity_months or 0)


def _fixed_date(day: date, version: RuleVersion, old: Period | None) -> date:
    """The first fixed date that comes after the day and leaves the minimum life."""
    least = max(add_months(day, version.minimum_life_months), day + ONE_DAY)
    first = date(least.year, version.fixed_month or 1, 1)
    end = _day_of_month(first, version.fixed_day or 1)
    return end if end >= least else _day_of_month(add_months(first, 12), version.fixed_day or 1)


def _day_of_month(first: date, day: int) -> date:
    """That day of the month which begins on `first`, or its last day if it is shorter."""
    return min(first + timedelta(days=day - 1), add_months(first, 1) - ONE_DAY)


ENDS: dict[Basis, Callable[[date, RuleVersion, Period | None], date]] = {
    Basis.FROM_COMPLETION: _from_completion,
    Basis.FROM_OLD_END: _from_old_end,
    Basis.FIXED_DATE: _fixed_date,
}


def _lent(fact: Fact, version: RuleVersion) -> Period | None:
    """What a module that satisfies this one lends. No period of this one: nothing is renewed or refreshed by it.

    It has the rule's window all the same, so that the holder is told in time that it comes to an end.
    """
    end = None if fact.lent_months is None else add_months(fact.completed_on, fact.lent_months)
    day = _Day(fact.completed_on, (fact,), False, fact.revoked_on)
    return _period(day, end, version, is_lent=True)


def _period(day: _Day, end: date | None, version: RuleVersion, *, is_lent: bool = False) -> Period | None:
    """The period from a day of completion to an end, cut by a revocation; None if that leaves no day of it."""
    window = None if end is None else version.window_before(end)
    if day.revoked_on is None:
        return Period(day.on, end, window, day.uids, is_lent, end)
    if day.revoked_on <= day.on:
        return None
    cut = min(_reach(end), day.revoked_on - ONE_DAY)
    return Period(day.on, cut, window, day.uids, is_lent, end, day.revoked_on)
