"""How long training lasts under a rule (docs/features/renewal.md). Slow and plain."""

from dataclasses import dataclass
from datetime import date

from .days import DAY, FOREVER, add_months


@dataclass
class Done:
    """A completion that was not voided. `lent`: of another module, which counts as this one for `lent_months`."""

    module: str
    on: date
    revoked_on: date | None
    minutes: int
    maximum_age: int | None
    lent: bool = False
    lent_months: int | None = None


@dataclass
class Period:
    """Days on which a module counts as done. `promised` is the last day before any revocation cut it."""

    first: date
    last: date
    promised: date
    window: date | None
    revoked_on: date | None


@dataclass
class _Day:
    """What was completed on one day: the module, or a refresher of it."""

    on: date
    is_refresher: bool
    done: list

    @property
    def revoked_on(self):
        """From when none of it holds any more."""
        days = [each.revoked_on for each in self.done]
        return None if None in days else max(days)


def in_force(versions, on):
    """The version that a completion of a day follows: the one in force, else the last begun before, else the first."""
    begun = [each for each in versions if each.first <= on]
    running = [each for each in begun if on <= each.last]
    if running or begun:
        return max(running or begun, key=lambda each: each.first)
    return min(versions, key=lambda each: each.first)


def periods(done, rule, began_on):
    """Every period under a rule, for an obligation that began on a day, in the order in which they begin."""
    counted = [each for each in done if not _is_too_old(each, began_on)]
    found = [_lent(each, in_force(rule.versions, each.on)) for each in counted if each.lent]
    made, days = [], []
    own = [each for each in counted if not each.lent]
    for on, is_refresher in sorted({(each.on, each.module != rule.module) for each in own}):
        theirs = [each for each in own if each.on == on and (each.module != rule.module) == is_refresher]
        days.append(_Day(on, is_refresher, theirs))
        version = in_force(rule.versions, on)
        period = KINDS[version.kind](days, made, version)
        if period:
            made.append(period)
    return sorted(made + [each for each in found if each], key=lambda each: each.first)


def standing_period(all_of_them, on):
    """Of the periods begun by a day, the one that reaches furthest; on a tie, the one that began first."""
    begun = [each for each in all_of_them if each.first <= on]
    return max(begun, key=lambda each: each.last) if begun else None


def _is_too_old(done, began_on):
    """An outside course that was older than the register allows on the day on which the obligation began."""
    return done.maximum_age is not None and add_months(done.on, done.maximum_age) < began_on


def _lent(done, version):
    end = FOREVER if done.lent_months is None else add_months(done.on, done.lent_months)
    return _period(done.on, end, version, done.revoked_on)


def _period(first, end, version, revoked_on):
    """From a day to an end, unless it was revoked: then to the day before, and not at all if that is no day."""
    if revoked_on and revoked_on <= first:
        return None
    last = min(end, revoked_on - DAY) if revoked_on else end
    return Period(first, last, end, window_before(end, version), revoked_on)


def window_before(end, version):
    """When renewal opens, in days or calendar months before an end."""
    if end == FOREVER:
        return None
    if version.window_months:
        return add_months(end, -version.window_months)
    return end - version.window_days * DAY if version.window_days else None


def _once(days, made, version):
    """One completion, for good. A refresher of it is nothing."""
    today = days[-1]
    return None if today.is_refresher else _period(today.on, FOREVER, version, today.revoked_on)


def _expiring(days, made, version):
    """Until an end. A refresher renews only what is there, and only until so many days after its end."""
    today = days[-1]
    old = _old(made, today.on)
    if today.is_refresher and (old is None or _is_after_grace(today.on, old, version)):
        return None
    return _period(today.on, BASES[version.basis](today.on, old, version), version, today.revoked_on)


def _old(made, on):
    """What reached furthest, as promised, of what began before the day and was not revoked by it."""
    before = [each for each in made if each.first < on and not (each.revoked_on and each.revoked_on <= on)]
    return max(before, key=lambda each: each.promised) if before else None


def _is_after_grace(on, old, version):
    return old.promised != FOREVER and on > old.promised + version.grace_days * DAY


def _from_completion(on, old, version):
    return add_months(on, version.validity_months or 0)


def _from_old_end(on, old, version):
    """First, or late: from completion. Before the window: the old end. Inside it: so many months on from there."""
    if old is None or old.window is None or on > old.promised:
        return _from_completion(on, old, version)
    return old.promised if on < old.window else add_months(old.promised, version.validity_months or 0)


def _fixed_date(on, old, version):
    """The first such date after the day that leaves the minimum life; a 29th that a year lacks is the 28th."""
    least = max(add_months(on, version.minimum_life_months), on + DAY)
    for year in (least.year, least.year + 1):
        month = date(year, version.fixed_month or 1, 1)
        end = min(month + ((version.fixed_day or 1) - 1) * DAY, add_months(month, 1) - DAY)
        if end >= least:
            return end
    raise ValueError("a year has such a date")


def _attendance(days, made, version):
    """As long as so many separate days of attendance are recent enough."""
    if days[-1].is_refresher or not version.attendance_count:
        return None
    last_days = sorted(
        (_counts_until(each.on, version.attendance_months, each.revoked_on) for each in days if not each.is_refresher),
        reverse=True,
    )
    return _while_enough(days[-1].on, last_days[version.attendance_count - 1 : version.attendance_count], version)


def _rolling(days, made, version):
    """As long as what is recent enough comes to so many hours; of one module twice on a day, the longer counts."""
    done = [
        (_counts_until(each.on, version.rolling_months, each.revoked_on), each) for day in days for each in day.done
    ]
    for end in sorted({last for last, _ in done}, reverse=True):
        longest = {}
        for last, each in done:
            if last >= end:
                longest[each.module, each.on] = max(each.minutes, longest.get((each.module, each.on), 0))
        if sum(longest.values()) >= version.rolling_hours * 60:
            return _while_enough(days[-1].on, [end], version)
    return None


def _counts_until(on, months, revoked_on):
    last = add_months(on, months)
    return min(last, revoked_on - DAY) if revoked_on else last


def _while_enough(on, ends, version):
    if not ends or ends[0] < on:
        return None
    return Period(on, ends[0], ends[0], window_before(ends[0], version), None)


BASES = {"from_completion": _from_completion, "from_old_end": _from_old_end, "fixed_date": _fixed_date}
KINDS = {
    "once": _once,
    "expiring": _expiring,
    "attendance": _attendance,
    "rolling_hours": _rolling,
    "triggered": _once,  # once for each event, by what was done since
}
