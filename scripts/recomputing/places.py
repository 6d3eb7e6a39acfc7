"""Places in training that the twelve months after a day will need: counted, and reckoned on as a range."""

from datetime import timedelta
from math import ceil, floor, sqrt

from .bundle import day_of
from .days import DAY, add_months, joined
from .figure import Figure
from .standing import EXEMPT, IN_INDUCTION, ON_LEAVE

YEAR = timedelta(days=365)
EIGHT_OF_TEN = 1.2816  # standard deviations either way, within which eight of ten lie
CODE = "PLACES_FORECAST"


def places_forecast(facts, on):
    """A place is one person's in one module: of those overdue, those who fall due in the year, those who will start."""
    people, overdue, due = _needed(facts, on)
    starters, leavers, staff = _came_and_went(facts, on)
    leaving = leavers / (staff + leavers) if staff else 0
    low, likely, high = _range(overdue, due, starters, leaving, on)
    yield Figure(CODE, "", people, None, likely)
    yield Figure(CODE, "falls due", due, None)
    yield Figure(CODE, "highest", None, None, high)
    yield Figure(CODE, "leavers", leavers, staff + leavers)
    yield Figure(CODE, "lowest", None, None, low)
    yield Figure(CODE, "overdue", overdue, None)
    yield Figure(CODE, "starters", starters, None)


def _needed(facts, on):
    """People who need any place; places needed now, since nothing is valid and induction is over; and in the year."""
    now, in_the_year = set(), set()
    for each in facts.asked_on(on):
        standing = each.standing
        if standing.state in (EXEMPT, ON_LEAVE):
            continue
        if not standing.is_valid and standing.state != IN_INDUCTION:
            now.add((each.one, each.module.code))
        elif standing.due <= add_months(on, 12):
            in_the_year.add((each.one, each.module.code))
    return len({person for person, _ in now | in_the_year}), len(now), len(in_the_year - now)


def _came_and_went(facts, on):
    """Places of those who started in the last year, in all that is asked of their job now; who left; who is here.

    One job of one employment without a break counts once. Of agencies without rosters for a year nobody knows who left.
    """
    agencies = facts.bundle.agencies_that_reported(on)
    first = {}
    for row in facts.bundle.rows("roster_imports"):
        first.setdefault(row["agency"], day_of(row["applied_at"]))
    jobs = {}
    for post in facts.posts_of(agencies):
        for term in post.terms:
            if term.role_group and term.days[0] <= on:
                jobs.setdefault((post.agency, post.employment, term.role_group), []).append(term.days)
    starters = leavers = staff = 0
    for (agency, _, role_group), terms in jobs.items():
        for begins, ends in joined(terms):
            if on - YEAR < begins:
                starters += len(_asked_of(facts, agency, role_group, on))
            if first[agency] <= on - YEAR:
                leavers += on - YEAR <= ends < on
                staff += ends >= on
    return starters, leavers, staff


def _asked_of(facts, agency, role_group, on):
    """The modules that rules ask of a job at an agency on the day."""
    rules = facts.rules.of(agency)[0].get(role_group, ())
    return {rule.module for rule in rules if any(each.first <= on <= each.last for each in rule.versions)}


def _range(overdue, due, starters, leaving, on):
    """Overdue, and due who are still here, and as many starters as last year: the likely number, and how it may vary.

    Months are the calendar's, the first and the last cut; by the middle of each so many are still here.
    """
    months = list(_months(on + DAY, add_months(on, 12)))
    days = sum((last - first).days + 1 for first, last in months)
    here = 0
    for first, last in months:
        length = (last - first).days + 1
        here += (1 - leaving) ** (((first - months[0][0]).days + length / 2) / 365) * length / days
    coming = starters * days / 365
    likely = overdue + due * here + coming
    spread = EIGHT_OF_TEN * sqrt(due * here * (1 - here) + coming * (1 + days / 365))
    step = 10 if likely + spread >= 200 and spread else 1  # large numbers in tens
    return (
        max(overdue, step * floor(max(overdue, likely - spread) / step)),
        likely,
        step * ceil((likely + spread) / step),
    )


def _months(first, last):
    while first <= last:
        ends = add_months(first.replace(day=1), 1) - DAY
        yield first, min(ends, last)
        first = ends + DAY
