"""Short ways to write down rules, facts and histories of one post and one module."""

from datetime import date
from typing import Any

from training.ledger.expiry import Fact
from training.ledger.history import Attempt, Duty, Exemption, Extension, History, Term
from training.pathways.rules import Basis, Kind, Rule, RuleVersion

MODULE, REFRESHER, LENDER = "DA-B1", "DA-B2", "DA-D0"


def day(text: str) -> date:
    """'2026-03-01'"""
    return date.fromisoformat(text)


def version(starts_on: str = "2015-01-01", ends_on: str | None = None, **fields: Any) -> RuleVersion:
    """Twenty-four months from completion, a window of 60 days, an induction of 56, unless told otherwise."""
    said = {
        "requirement": "R1",
        "module": MODULE,
        "kind": Kind.EXPIRING,
        "validity_months": 24,
        "window_days": 60,
        "refreshers": (REFRESHER,),
        "induction_days": 56,
    } | fields
    return RuleVersion(starts_on=day(starts_on), ends_on=ends_on and day(ends_on), **said)


def from_old_end(**fields: Any) -> RuleVersion:
    """A version that renews from the old end date inside the window."""
    return version(**{"basis": Basis.FROM_OLD_END} | fields)


def fixed_date(month: int, at: int, **fields: Any) -> RuleVersion:
    """A version with the same date for everyone each year."""
    said = {"basis": Basis.FIXED_DATE, "fixed_month": month, "fixed_day": at, "minimum_life_months": 3}
    return version(**said | {"validity_months": None} | fields)


def attendance(count: int = 2, months: int = 12, **fields: Any) -> RuleVersion:
    """A version that asks for so many days of attendance in any so many months."""
    said = {"kind": Kind.ATTENDANCE, "attendance_count": count, "attendance_months": months, "validity_months": None}
    return version(**said | fields)


def rule(*versions: RuleVersion, **audience: Any) -> Rule:
    """A rule of these versions, for everybody unless told otherwise."""
    return Rule(requirement=versions[0].requirement, module=MODULE, versions=versions, **audience)


def fact(completed_on: str, uid: str = "", module: str = MODULE, revoked_on: str | None = None, **said: Any) -> Fact:
    """A completion; its uid is its day unless told otherwise."""
    return Fact(
        uid=uid or completed_on,
        module=module,
        completed_on=day(completed_on),
        revoked_on=revoked_on and day(revoked_on),
        **said,
    )


def facts(*days: str) -> tuple[Fact, ...]:
    """Plain completions on these days."""
    return tuple(fact(each) for each in days)


def term(starts_on: str, ends_on: str | None = None, **said: Any) -> Term:
    """The post from a day."""
    return Term(starts_on=day(starts_on), ends_on=ends_on and day(ends_on), **said)


def away(starts_on: str, ends_on: str | None = None) -> Term:
    """Leave from a day."""
    return term(starts_on, ends_on, is_on_leave=True)


def duty(designation: str, starts_on: str, ends_on: str | None = None) -> Duty:
    """A designation from a day."""
    return Duty(designation=designation, starts_on=day(starts_on), ends_on=ends_on and day(ends_on))


def exempt(starts_on: str, ends_on: str | None = None) -> Exemption:
    """An exemption from a day."""
    return Exemption(starts_on=day(starts_on), ends_on=ends_on and day(ends_on))


def extended(granted_on: str, due_on: str) -> Extension:
    """An extension granted on a day."""
    return Extension(granted_on=day(granted_on), due_on=day(due_on))


def attempt(starts_on: str, ends_on: str | None = None) -> Attempt:
    """A run through the course."""
    return Attempt(starts_on=day(starts_on), ends_on=ends_on and day(ends_on))


def history(*done: Fact | str, terms: tuple[Term, ...] | None = None, rules: Any = None, **rows: Any) -> History:
    """A post held since 1 January 2024 under one rule, with these completions, unless told otherwise."""
    return History(
        terms=terms or (term("2024-01-01"),),
        rules=rules or (rule(version()),),
        facts=tuple(fact(each) if isinstance(each, str) else each for each in done),
        **rows,
    )
