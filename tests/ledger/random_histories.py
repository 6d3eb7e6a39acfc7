"""Histories of every awkward kind, for hypothesis: short validities, so that years of renewal fit into three."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.ledger.cases import MODULE, REFRESHER
from training.ledger.expiry import Fact
from training.ledger.history import Attempt, Duty, Exemption, Extension, History, Term, Trigger
from training.ledger.steps import steps
from training.pathways.rules import Basis, Kind, Rule, RuleVersion, problems

FIRST = date(2024, 1, 1)
SPAN = 1100

DAYS = st.builds(lambda number: FIRST + timedelta(days=number), st.integers(0, SPAN))
# Month ends and their neighbours are where periods go wrong.
EARLY = st.builds(lambda number: FIRST + timedelta(days=number), st.integers(-400, 200))
EDGES = st.sampled_from(
    [
        date(year, month, 1) + timedelta(days=off)
        for year in (2024, 2025, 2026)
        for month in (1, 2, 3, 12)
        for off in (-2, -1, 0, 27, 28)
    ]
)
ANY_DAY = DAYS | EDGES


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Nothing, or one of these."""
    return st.none() | strategy


@st.composite
def runs(draw: st.DrawFn, most: int, first: st.SearchStrategy[date] = ANY_DAY) -> list[tuple[date, date | None]]:
    """Runs of days that follow one another without overlap, the last mostly open."""
    day, found = draw(first), []
    for _ in range(draw(st.integers(1, most))):
        last = day + timedelta(days=draw(st.integers(0, 400)))
        found.append((day, last))
        day = last + timedelta(days=1 + draw(st.sampled_from([0, 0, 0, 1, 40])))
    if draw(st.sampled_from([True, True, False])):
        found[-1] = (found[-1][0], None)
    return found


WINDOWS = st.sampled_from([{}, {"window_days": 20}, {"window_days": 27}, {"window_months": 1}])
TERMS = {
    "once": st.just({"kind": Kind.ONCE}),
    "completion": st.builds(lambda months, window: {"validity_months": months} | window, st.integers(2, 14), WINDOWS),
    "old end": st.builds(
        lambda months, window: {"validity_months": months, "basis": Basis.FROM_OLD_END, "window_days": 20} | window,
        st.integers(2, 14),
        st.sampled_from([{}, {"window_days": 0, "window_months": 1}]),
    ),
    "fixed": st.builds(
        lambda month, day, life, window: (
            {
                "basis": Basis.FIXED_DATE,
                "fixed_month": month,
                "fixed_day": day,
                "minimum_life_months": life,
            }
            | window
        ),
        st.sampled_from([2, 3, 12]),
        st.sampled_from([1, 28, 29]),
        st.integers(1, 4),
        WINDOWS,
    ),
    "attendance": st.builds(
        lambda number, months, window: (
            {"kind": Kind.ATTENDANCE, "attendance_count": number, "attendance_months": months} | window
        ),
        st.integers(1, 3),
        st.integers(2, 9),
        WINDOWS,
    ),
    "hours": st.builds(
        lambda hours, months, window: (
            {"kind": Kind.ROLLING_HOURS, "rolling_hours": hours, "rolling_months": months} | window
        ),
        st.integers(1, 6),
        st.integers(2, 9),
        WINDOWS,
    ),
    "triggered": st.just({"kind": Kind.TRIGGERED}),
}


@st.composite
def rules(draw: st.DrawFn, requirement: str) -> Rule:
    """A rule in one to three versions, each such as the editor would accept."""
    versions = []
    for starts_on, ends_on in draw(runs(3, EARLY)):
        version = RuleVersion(
            requirement=requirement,
            module=MODULE,
            starts_on=starts_on,
            ends_on=ends_on,
            refreshers=draw(st.sampled_from([(), (REFRESHER,), (REFRESHER,)])),
            grace_days=draw(st.sampled_from([0, 10, 40])),
            induction_days=draw(st.sampled_from([0, 10, 56])),
            **draw(st.one_of(*TERMS.values())),
        )
        assert problems(version) == []
        versions.append(version)
    return Rule(
        requirement=requirement,
        module=MODULE,
        versions=tuple(versions),
        role_group=draw(st.sampled_from([None, None, "GP"])),
        designation=draw(st.sampled_from([None, None, None, "CHAMPION"])),
        agency=draw(st.sampled_from([None, None, "A1"])),
        agency_kind=draw(st.sampled_from([None, None, None, "police"])),
    )


FACTS = st.builds(
    lambda day, module, revoked, lent, age, minutes: Fact(
        uid=day.isoformat(),
        module=module,
        completed_on=day,
        revoked_on=None if revoked is None else day + timedelta(days=revoked),
        is_lent=lent is not None,
        lent_months=lent or None,
        maximum_age_months=age if lent is None else None,
        minutes=minutes,
    ),
    ANY_DAY,
    st.sampled_from([MODULE, MODULE, MODULE, REFRESHER, "other"]),
    st.sampled_from([None, None, None, 0, 1, 30, 200]),
    st.sampled_from([None, None, None, None, 0, 3, 8]),
    st.sampled_from([None, None, None, 0, 6]),
    st.sampled_from([0, 45, 60, 90, 180]),
)


def terms(found: list[tuple[date, date | None]], kinds: list[tuple[str, str, str, bool]]) -> tuple[Term, ...]:
    """Runs of days made into terms."""
    return tuple(
        Term(starts_on=first, ends_on=last, role_group=group, agency=agency, agency_kind=kind, is_on_leave=is_away)
        for (first, last), (group, agency, kind, is_away) in zip(found, kinds, strict=False)
    )


KINDS = st.tuples(
    st.sampled_from(["GP", "GP", "OFFICE"]),
    st.sampled_from(["A1", "A2"]),
    st.sampled_from(["police", "police", "council"]),
    st.sampled_from([False, False, True]),
)

HISTORIES = st.builds(
    lambda found, kinds, **rows: History(terms=terms(found, kinds), **rows),
    runs(5, EARLY),
    st.lists(KINDS, min_size=5, max_size=5),
    rules=st.lists(st.integers(1, 3), min_size=1, max_size=2, unique=True).flatmap(
        lambda numbers: st.tuples(*(rules(f"R{number}") for number in numbers))
    ),
    duties=maybe(runs(2)).map(
        lambda found: tuple(Duty(designation="CHAMPION", starts_on=first, ends_on=last) for first, last in found or [])
    ),
    facts=st.lists(FACTS, max_size=6).map(tuple),
    exemptions=st.sampled_from([0, 0, 2]).flatmap(
        lambda most: (
            runs(most).map(lambda found: tuple(Exemption(starts_on=a, ends_on=b) for a, b in found))
            if most
            else st.just(())
        )
    ),
    extensions=st.lists(
        st.builds(
            lambda day, days: Extension(granted_on=day, due_on=day + timedelta(days=days)), ANY_DAY, st.integers(0, 200)
        ),
        max_size=2,
    ).map(tuple),
    attempts=st.lists(
        st.builds(
            lambda day, days: Attempt(starts_on=day, ends_on=None if days is None else day + timedelta(days=days)),
            ANY_DAY,
            maybe(st.integers(0, 90)),
        ),
        max_size=2,
    ).map(tuple),
    triggers=st.lists(
        st.builds(
            lambda requirement, day, days: Trigger(requirement=requirement, happened_on=day, days_to_complete=days),
            st.sampled_from(["R1", "R2", "R3"]),
            ANY_DAY,
            st.integers(0, 60),
        ),
        max_size=2,
    ).map(tuple),
)


def telling_days(known: History) -> list[date]:
    """Days on which the standing changes, and those before: a test that asks about them need not ask about every one.

    The rule under test names them; a day that it misses is found by the days drawn at random.
    """
    return sorted({day - timedelta(days=off) for step in steps(known) for day in [step.from_on] for off in (0, 1)})
