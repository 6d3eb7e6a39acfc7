"""How a post stands with a module on a day (docs/features/renewal.md)."""

from dataclasses import dataclass
from datetime import date

from .days import DAY, FOREVER, is_in, joined
from .lasting import in_force, periods, standing_period
from .rules import days_asked

COUNTED, ON_LEAVE, EXEMPT, IN_INDUCTION = "counted", "on leave", "exempt", "in induction"


@dataclass(frozen=True)
class Obligation:
    """A run of days on which one rule asks, how long there is to begin with, and what is valid under it."""

    rule: str
    days: tuple
    induction_days: int
    periods: tuple


@dataclass(frozen=True)
class Standing:
    """What is shown: of all rules that ask on the day, that which is due first. `due` FOREVER: never."""

    state: str
    is_valid: bool
    is_overdue: bool
    due: date
    began: date


class History:
    """One post and one module: every obligation there ever was, and everything that moves a date."""

    def __init__(self, post, module, rules, memberships, training):
        self.post, self.module = post, module
        self.done = list(training.bearing_on(module, post.person))
        self.leave = joined(term.days for term in post.terms if term.is_on_leave)
        self.exemptions = post.exemptions.get(module, [])
        self.extensions = post.extensions.get(module, [])
        self.obligations = [each for rule in rules for each in self._obligations(rule, memberships)]

    def _obligations(self, rule, memberships):
        lasting = [each for each in rule.versions if each.kind != "triggered"]
        for days in joined(days_asked(rule, lasting, self.post, memberships)):
            induction = in_force(rule.versions, days[0]).induction_days
            yield Obligation(rule.name, days, induction, tuple(periods(self.done, rule, days[0])))
        triggered = [each for each in rule.versions if each.kind == "triggered"]
        for days in joined(days_asked(rule, triggered, self.post, memberships)) if triggered else ():
            for event in self.post.events:
                if event.rule in rule.names and is_in(event.on, days):
                    since = [each for each in self.done if each.on >= event.on]
                    valid = tuple(periods(since, rule, event.on))
                    yield Obligation(rule.name, (event.on, days[1]), event.days, valid)

    def standing(self, on):
        """How it stands on a day; None where nothing is asked."""
        dues = [self._due(each, on) for each in self.obligations if is_in(on, each.days)]
        if not dues:
            return None
        # Earliest due first; on one day what is not valid before what is, then by name.
        due, is_valid, _, is_renewal, obligation = min(dues, key=lambda each: each[:3])
        is_overdue = False
        if any(is_in(on, days) for days in self.exemptions):
            state = EXEMPT
        elif any(is_in(on, days) for days in self.leave):
            state = ON_LEAVE
        elif is_valid:
            state = COUNTED
        elif on > due:
            state, is_overdue = COUNTED, True
        else:
            state = COUNTED if is_renewal else IN_INDUCTION
        return Standing(state, is_valid, is_overdue, due, obligation.days[0])

    def _due(self, obligation, on):
        """The later of induction's deadline and the end of what is valid, each as leave and extensions move it."""
        ended = [last + DAY for _, last in self.exemptions if last < on]
        begins = max([obligation.days[0], *ended])
        deadline = begins + obligation.induction_days * DAY
        period = standing_period(obligation.periods, on)
        if period is None:
            return self._moved(deadline, begins, on), False, obligation.rule, False, obligation
        if period.last == FOREVER:
            return FOREVER, True, obligation.rule, True, obligation
        due = max(self._moved(deadline, begins, on), self._moved(period.last, period.window or period.last, on))
        return due, on <= period.last, obligation.rule, period.last >= deadline, obligation

    def _moved(self, due, counted_from, on):
        """A due date, gone towards day by day: each day of leave puts it off by one; an extension lifts it.

        FOREVER while leave has no end.
        """
        granted = [each for each in self.extensions if each[0] <= on]
        if not granted and not self.leave:
            return due
        today = min([counted_from, *(first for first, _ in granted)])
        while today <= due or any(first >= today for first, _ in granted):
            for first, lifted_to in granted:
                if first == today:
                    due = max(due, lifted_to)
            if counted_from <= today <= due:
                away = [days for days in self.leave if is_in(today, days)]
                if away and away[0][1] == FOREVER:
                    return FOREVER
                due += len(away) * DAY
            today += DAY
        return due

    def turning_days(self):
        """The days on which something may change, save that a due date passes."""
        days = set()
        for obligation in self.obligations:
            days |= (
                {obligation.days[0]}
                if obligation.days[1] == FOREVER
                else {obligation.days[0], obligation.days[1] + DAY}
            )
            days |= {period.first for period in obligation.periods}
            days |= {period.last + DAY for period in obligation.periods if period.last != FOREVER}
        for first, last in (*self.exemptions, *self.leave):
            days |= {first} if last == FOREVER else {first, last + DAY}
        return sorted(days | {first for first, _ in self.extensions})
