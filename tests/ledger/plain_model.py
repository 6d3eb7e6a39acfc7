"""Standing worked out the slow way, a day at a time: what the production rule is held against.

Written from the settled points and not from the rule: it walks over days and counts, and shares no calculation with it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from training.ledger.expiry import Fact
from training.ledger.history import History
from training.pathways.rules import Basis, Kind, Rule, RuleVersion

DAY = timedelta(days=1)
FAR = date(2060, 1, 1)


@dataclass
class Stretch:
    """Days on which the module counted as done, as promised, and the day from which that was revoked."""

    first: date
    promised: date
    window: date | None
    revoked: date
    lent: bool = False

    @property
    def last(self) -> date:
        return self.promised if self.revoked == date.max else min(self.promised, self.revoked - DAY)


def months_later(day: date, months: int) -> date:
    """Step by step over the months; then back from the 31st until there is such a day."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        year, month = (year + 1, 1) if month > 12 else (year - 1, 12) if month < 1 else (year, month)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError("every month has a first")


def covers(row: object, day: date) -> bool:
    """Whether a row with a first and perhaps a last day covers this one."""
    return row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)  # type: ignore[attr-defined]


def serving(versions: tuple[RuleVersion, ...], day: date) -> RuleVersion:
    """The version for a completion on this day: walk back until one runs that day; else the one that comes first."""
    running = [each for each in versions if covers(each, day)]
    if running:
        return sorted(running, key=lambda each: each.starts_on)[-1]
    earlier = [each for each in versions if each.starts_on < day]
    ordered = sorted(versions, key=lambda each: each.starts_on)
    return sorted(earlier, key=lambda each: each.starts_on)[-1] if earlier else ordered[0]


def is_asked(known: History, rule: Rule, day: date) -> bool:
    """Whether the rule asks the post for the module on this very day, whatever happens."""
    return any(version.kind is not Kind.TRIGGERED for version in falling(known, rule, day))


def falling(known: History, rule: Rule, day: date) -> list[RuleVersion]:
    """The versions of the rule that fall on the post on this very day."""
    for term in known.terms:
        if not covers(term, day) or term.is_outside:
            continue
        if rule.role_group is not None and rule.role_group != term.role_group:
            continue
        if rule.agency is not None and rule.agency != term.agency:
            continue
        if rule.agency_kind is not None and rule.agency_kind != term.agency_kind:
            continue
        held = {duty.designation for duty in known.duties if covers(duty, day)}
        if rule.designation is not None and rule.designation not in held:
            continue
        return [version for version in rule.versions if covers(version, day)]
    return []


@dataclass
class Clock:
    """One thing asked: since when, how many days it gives, and the completions that can meet it."""

    rule: Rule
    began_on: date
    days: int
    facts: list[Fact]


def clocks(known: History, rule: Rule, on: date) -> list[Clock]:
    """What a rule asks on a day: the module, since the first day of asking; and the module anew, for each event."""
    found = []
    if is_asked(known, rule, on):
        began = _began(known, rule, on)
        found.append(Clock(rule, began, serving(rule.versions, began).induction_days, list(known.facts)))
    for trigger in known.triggers:
        first = trigger.happened_on
        if (
            trigger.requirement == rule.requirement
            and first <= on
            and all(_is_on_call(known, rule, first + n * DAY) for n in range((on - first).days + 1))
        ):
            since = [fact for fact in known.facts if fact.completed_on >= first]
            found.append(Clock(rule, first, trigger.days_to_complete, since))
    return found


def _is_on_call(known: History, rule: Rule, day: date) -> bool:
    """Whether an event on this day would ask something of the post."""
    return any(version.kind is Kind.TRIGGERED for version in falling(known, rule, day))


def stretches(clock: Clock) -> list[Stretch]:
    """Go through the days on which something was completed, in order, with only what went before in view."""
    rule = clock.rule
    facts = [fact for fact in clock.facts if not _too_old(fact, clock.began_on)]
    made: list[Stretch] = []
    for day in sorted({fact.completed_on for fact in facts}):
        version = serving(rule.versions, day)
        today = [fact for fact in facts if fact.completed_on == day and not fact.is_lent]
        if version.kind is Kind.ROLLING_HOURS:
            made += [each for each in [_in_hours(facts, today, day, rule)] if each is not None]
            continue
        new = [_full(facts, [fact for fact in today if fact.module == rule.module], day, version, made)]
        new.append(_refreshed([fact for fact in today if fact.module in version.refreshers], day, version, made))
        made += [each for each in new if each is not None and each.last >= day]
    for fact in facts:
        if fact.is_lent:
            lent = _lent(fact, serving(rule.versions, fact.completed_on))
            if lent.last >= lent.first:
                made.append(lent)
    return sorted(made, key=lambda each: each.first)


def _too_old(fact: Fact, began_on: date) -> bool:
    if fact.maximum_age_months is None or fact.completed_on >= began_on:
        return False
    return months_later(fact.completed_on, fact.maximum_age_months) < began_on


def _full(facts: list[Fact], today: list[Fact], day: date, version: RuleVersion, made: list[Stretch]) -> Stretch | None:
    if not today:
        return None
    revoked = max(fact.revoked_on or date.max for fact in today)
    if version.kind in (Kind.ONCE, Kind.TRIGGERED):
        return Stretch(day, date.max, None, revoked)
    if version.kind is Kind.ATTENDANCE:
        attended = [fact for fact in facts if fact.module == version.module and not fact.is_lent]
        return _attended([fact for fact in attended if fact.completed_on <= day], day, version)
    return _renewed(day, version, made, revoked)


def _refreshed(today: list[Fact], day: date, version: RuleVersion, made: list[Stretch]) -> Stretch | None:
    if not today or version.kind is not Kind.EXPIRING:
        return None
    old = _old(made, day)
    if old is None or (day > old.promised and (day - old.promised).days > version.grace_days):
        return None
    return _renewed(day, version, made, max(fact.revoked_on or date.max for fact in today))


def _renewed(day: date, version: RuleVersion, made: list[Stretch], revoked: date) -> Stretch:
    old = _old(made, day)
    end = months_later(day, version.validity_months or 0)
    if version.basis is Basis.FIXED_DATE:
        end = _fixed(day, version)
    elif version.basis is Basis.FROM_OLD_END and old and old.window and old.promised < date.max and day <= old.promised:
        end = old.promised if day < old.window else months_later(old.promised, version.validity_months or 0)
    return Stretch(day, end, _window(end, version), revoked)


def _old(made: list[Stretch], day: date) -> Stretch | None:
    """What reached furthest of the stretches made on earlier days, by the promise that stood on this day."""
    known = [each for each in made if each.first < day < each.revoked]
    return max(known, key=lambda each: (each.promised, -each.first.toordinal()), default=None)


def _fixed(day: date, version: RuleVersion) -> date:
    """Walk on, a day at a time, to the first fixed date after the minimum life."""
    least = months_later(day, version.minimum_life_months)
    for each in (day + n * DAY for n in count(1)):
        in_its_month = [
            n
            for n in range(28, 32)
            if months_later(date(2024, 1, n), each.month - 1 + 12 * (each.year - 2024)).day == n
        ]
        fixed_day = min(version.fixed_day or 0, max(in_its_month))
        if each >= least and (each.month, each.day) == (version.fixed_month, fixed_day):
            return each
    raise AssertionError("a year has every date but one, and that is clamped")


def _window(end: date, version: RuleVersion) -> date | None:
    if version.window_months:
        return months_later(end, -version.window_months)
    return end - version.window_days * DAY if version.window_days else None


def _attended(attended: list[Fact], day: date, version: RuleVersion) -> Stretch | None:
    """From this attendance on, day by day, for as long as enough separate days of attendance are recent enough."""
    last = None
    for on in (day + n * DAY for n in count()):
        held = {
            fact.completed_on
            for fact in attended
            if on <= months_later(fact.completed_on, version.attendance_months) and on < (fact.revoked_on or date.max)
        }
        if len(held) < version.attendance_count:
            break
        last = on
    return None if last is None else Stretch(day, last, _window(last, version), date.max)


def _in_hours(facts: list[Fact], today: list[Fact], day: date, rule: Rule) -> Stretch | None:
    """From this completion on, day by day, for as long as what is recent enough comes to the hours."""
    hours = [
        fact
        for fact in facts
        if fact.completed_on <= day
        and not fact.is_lent
        and fact.module in (rule.module, *serving(rule.versions, fact.completed_on).refreshers)
    ]
    version = serving(rule.versions, day)
    if not any(fact in hours for fact in today):
        return None
    last = None
    for on in (day + n * DAY for n in count()):
        longest: dict[tuple, int] = {}
        for fact in hours:
            if on <= months_later(fact.completed_on, version.rolling_months) and on < (fact.revoked_on or date.max):
                once = (fact.module, fact.completed_on)
                longest[once] = max(fact.minutes, longest.get(once, 0))
        if sum(longest.values()) < 60 * version.rolling_hours:
            break
        last = on
    return None if last is None else Stretch(day, last, _window(last, version), date.max)


def _lent(fact: Fact, version: RuleVersion) -> Stretch:
    if fact.lent_months is None:
        return Stretch(fact.completed_on, date.max, None, fact.revoked_on or date.max, lent=True)
    end = months_later(fact.completed_on, fact.lent_months)
    return Stretch(fact.completed_on, end, _window(end, version), fact.revoked_on or date.max, lent=True)


def is_away(known: History, day: date) -> bool:
    """Whether this is a day of leave."""
    return any(term.is_on_leave and covers(term, day) for term in known.terms)


def moved(due: date, counted_from: date, known: History, on: date) -> date | None:
    """Walk through the days; each day of leave not after the date as it then stands puts it off by one."""
    granted = [each for each in known.extensions if each.granted_on <= on]
    last_grant = max((each.granted_on for each in granted), default=counted_from)
    day = min([counted_from, *(each.granted_on for each in granted)])
    while day <= max(due, last_grant):
        due = max([due, *(each.due_on for each in granted if each.granted_on == day)])
        if counted_from <= day <= due and is_away(known, day):
            due += DAY
        if day > FAR:
            return None
        day += DAY
    return due


def dues(known: History, clock: Clock, on: date) -> dict[str, object]:
    """One clock: when the module is due and what is valid."""
    began_on = induction_from = clock.began_on
    for exemption in known.exemptions:
        if exemption.ends_on is not None and began_on <= exemption.ends_on < on:
            induction_from = max(induction_from, exemption.ends_on + DAY)
    deadline = induction_from + clock.days * DAY
    due = moved(deadline, induction_from, known, on)
    stood = [each for each in stretches(clock) if each.first <= on]
    best = max(stood, key=lambda each: (each.last, -each.first.toordinal()), default=None)
    is_for_good = best is not None and best.last == date.max
    if best is not None:
        end = None if is_for_good else moved(best.last, best.window or best.last, known, on)
        due = None if due is None or end is None else max(due, end)
    return {
        "requirement": clock.rule.requirement,
        "began_on": began_on,
        "due_on": due,
        "valid_until": None if best is None or is_for_good else best.last,
        "window_opens_on": best.window if best else None,
        "is_valid": best is not None and on <= best.last,
        "is_renewal": best is not None and best.last >= deadline,
    }


def standing(known: History, on: date) -> dict[str, object] | None:
    """The standing on one day, as the fields of `Standing`."""
    asking = [clock for rule in known.rules for clock in clocks(known, rule, on)]
    is_required = bool(asking)
    if not asking and any(covers(term, on) for term in known.terms):
        asking = _coming(known, on)
    if not asking:
        return None
    found = [dues(known, clock, on) for clock in asking]
    found.sort(key=lambda each: (each["due_on"] or date.max, each["is_valid"], str(each["requirement"])))
    shown = dict(found[0])
    state = _state(known, shown, is_required, on)
    del shown["requirement"], shown["is_renewal"]
    shown["due_on"] = None if state == "exempt" else shown["due_on"]
    reasons = tuple(dict.fromkeys(each["requirement"] for each in found))
    return shown | {"state": state, "is_required": is_required, "reasons": reasons}


def _began(known: History, rule: Rule, on: date) -> date:
    while is_asked(known, rule, on - DAY):
        on -= DAY
    return on


def _coming(known: History, on: date) -> list[Clock]:
    """What is asked first of what is not asked yet, looking ahead day by day."""
    for day in (on + n * DAY for n in range(1, 3000)):
        asking = [clock for rule in known.rules for clock in clocks(known, rule, day)]
        if asking:
            return asking
    return []


def _state(known: History, due: dict, is_required: bool, on: date) -> str:
    is_open = any(each.starts_on <= on and (each.ends_on is None or on < each.ends_on) for each in known.attempts)
    has_opened = due["window_opens_on"] is not None and on >= due["window_opens_on"]
    fits = {
        "exempt": any(covers(each, on) for each in known.exemptions),
        "paused": is_away(known, on),
        "due_soon": due["is_valid"] and has_opened,
        "in_date": due["is_valid"],
        "overdue": is_required and due["due_on"] is not None and on > due["due_on"],
        "due_soon ": due["is_renewal"],
        "in_progress": is_open,
        "not_started": is_required,
        "not_yet_required": True,
    }
    return next(state.strip() for state, does_fit in fits.items() if does_fit)
