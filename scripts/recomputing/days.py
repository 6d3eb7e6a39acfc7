"""Days, months and runs of days. A run is a pair: its first and its last day, both counted; FOREVER is no end."""

from calendar import monthrange
from datetime import date, timedelta

FOREVER = date.max
DAY = timedelta(days=1)


def add_months(day, months):
    """So many calendar months on; where the month is too short, its last day."""
    month = day.year * 12 + day.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def shared(*runs):
    """The days that all of these runs have in common; None where there is none."""
    first = max(run[0] for run in runs)
    last = min(run[1] for run in runs)
    return (first, last) if first <= last else None


def joined(runs):
    """The same days in as few runs as can be, in order: what touches becomes one."""
    found = []
    for first, last in sorted(runs):
        if found and (found[-1][1] == FOREVER or first <= found[-1][1] + DAY):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def without(run, taken):
    """What is left of a run when others are taken out of it."""
    left, (first, last) = [], run
    for begin, end in joined(taken):
        if end < first or begin > last:
            continue
        if first < begin:
            left.append((first, begin - DAY))
        if end == FOREVER:
            return left
        first = end + DAY
    return left + [(first, last)] if first <= last else left


def is_in(day, run):
    """Whether a day lies in a run."""
    return run[0] <= day <= run[1]
