"""Reading a bundle: its README says what each column is."""

import csv
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from .days import FOREVER, joined


def day(text):
    """A day, or None where nothing is said."""
    return date.fromisoformat(text) if text else None


def number(text):
    """A number, or None where nothing is said."""
    return int(text) if text else None


def run(row):
    """The days of a row, both ends counted."""
    return date.fromisoformat(row["starts_on"]), day(row["ends_on"]) or FOREVER


def day_of(moment):
    """The day of a moment: moments are written in London's time."""
    return datetime.fromisoformat(moment).date()


class Bundle:
    """A folder of facts, one CSV file a table."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def rows(self, table):
        """The rows of a table, each by the names of its columns."""
        with open(self.folder / f"{table}.csv", encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    @cached_property
    def about(self):
        """What the bundle is."""
        return next(self.rows("about"))

    @cached_property
    def kinds(self):
        """The kind of each agency."""
        return {row["agency"]: row["kind"] for row in self.rows("agencies")}

    @cached_property
    def memberships(self):
        """On which days each agency was in the partnership."""
        found = {}
        for row in self.rows("memberships"):
            found.setdefault(row["agency"], []).append(run(row))
        return {agency: joined(runs) for agency, runs in found.items()}

    def agencies(self, on):
        """Those in the partnership on a day. Community champions are nobody's staff."""
        return {
            agency
            for agency, runs in self.memberships.items()
            if self.kinds[agency] != "community" and any(first <= on <= last for first, last in runs)
        }

    def agencies_that_reported(self, on):
        """Of those, the ones whose last roster was no more than 120 days old on the day."""
        last = {}
        for row in self.rows("roster_imports"):
            last[row["agency"]] = day_of(row["applied_at"])
        return {agency for agency in self.agencies(on) if agency in last and (on - last[agency]).days <= 120}
