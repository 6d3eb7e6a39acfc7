"""Counts of what was recorded: completions, roster rows, confidence, services, explained figures."""

from collections import Counter
from datetime import datetime, timedelta

from .bundle import day, day_of
from .figure import Figure

A_YEAR = timedelta(days=365)
OUTSIDE = ("equivalence", "evidence", "launch")
ITEMS = {
    "ask-victim": "CONF_ASK_VICTIM",
    "ask-perp": "CONF_ASK_PERP",
    "respond": "CONF_RESPOND",
    "share": "CONF_SHARE",
    "children": "CONF_CYP",
}
ENOUGH = 10


def completions_of_a_year(facts, on):
    """Agencies at which anybody completed anything in the year up to the day, by kind; and outside learning."""
    void = {row["completion"] for row in facts.bundle.rows("voids")}
    reached, outside = set(), 0
    for row in facts.bundle.rows("completions"):
        if row["completion"] not in void and on - A_YEAR < day(row["completed_on"]) <= on:
            reached.add(row["agency"])
            outside += row["method"] in OUTSIDE
    agencies = facts.bundle.agencies(on)
    yield Figure("AGENCIES_REACHED", "", len(agencies & reached), len(agencies))
    for kind in sorted({facts.bundle.kinds[each] for each in agencies}):
        there = {each for each in agencies if facts.bundle.kinds[each] == kind}
        yield Figure("AGENCIES_REACHED", kind, len(there & reached), len(there))
    if outside or facts.bundle.agencies_that_reported(on):
        yield Figure("EXTERNAL_COMPLETIONS", "", outside, None)


def roster_quality(facts, on):
    """Of the posts held on the day and the rows that each last file had refused, the posts that can be counted upon.

    They have a kind of job, and come from a file of the last 90 days.
    """
    agencies = facts.bundle.agencies(on)
    last = {
        row["agency"]: row
        for row in facts.bundle.rows("roster_imports")
        if row["agency"] in agencies and day_of(row["applied_at"]) <= on
    }
    fresh = {agency for agency, row in last.items() if (on - day_of(row["applied_at"])).days <= 90}
    refused = sum(int(row["rows_refused"]) for row in last.values())
    held = [(post.agency, term) for post in facts.posts_of(agencies) if (term := post.term_on(on))]
    good = sum(bool(term.role_group) and agency in fresh for agency, term in held)
    yield Figure("ROSTER_QUALITY", "", good, len(held) + refused)


def confidence(facts, on):
    """How far people felt surer after a course than before: the mean of the differences, and how many moved up.

    Only months that are over, and of each course and statement only batches of months with ten people or more: the
    last, smaller batch waits.
    """
    months = {}
    for row in facts.bundle.rows("survey_counts"):
        if row["statement"] in ITEMS and day(row["month"]) < on.replace(day=1):
            of_course = months.setdefault((row["statement"], row["course"]), {})
            pair = int(row["before"]), int(row["after"])
            of_course.setdefault(row["month"], Counter())[pair] += int(row["people"])
    told = {}
    for (statement, _), by_month in months.items():
        batch = Counter()
        for month in sorted(by_month):
            batch += by_month[month]
            if batch.total() >= ENOUGH:
                told.setdefault(statement, Counter()).update(batch)
                batch = Counter()
    for statement, pairs in told.items():
        people = pairs.total()
        change = sum((after - before) * count for (before, after), count in pairs.items()) / people
        moved = sum(count for (before, after), count in pairs.items() if after > before)
        yield Figure(ITEMS[statement], "", moved, people, change)


def directory_complete(facts, on):
    """Of the services, those checked in the last 183 days, stood for by two people, with hours and a way to reach."""
    services = list(facts.bundle.rows("services"))
    complete = [
        row
        for row in services
        if 0 <= (on - day(row["checked_on"])).days <= 183
        if row["is_confirmed"] == row["has_hours"] == "1" and "1" in (row["has_phone"], row["has_website"])
    ]
    if services:
        yield Figure("DIRECTORY_COMPLETE", "", len(complete), len(services))


def narrative_present(facts, on):
    """Of the collected figures under outcomes of the last pack frozen by the day, those with words on one, or above."""
    rows = [row for row in facts.bundle.rows("pack_figures") if day_of(row["frozen_at"]) <= on]
    if rows:
        last = max(rows, key=lambda row: datetime.fromisoformat(row["frozen_at"]))["pack"]
        given = [row for row in rows if (row["pack"], row["is_collected"]) == (last, "1")]
        said = [row for row in given if "1" in (row["has_words_on_outcome"], row["has_words_on_priority"])]
        count = len({row["indicator"] for row in said}), len({row["indicator"] for row in given})
        yield Figure("NARRATIVE_PRESENT", "", *count)
