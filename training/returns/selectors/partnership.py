"""The returns of a partnership: who has given theirs, who is late, and what they declare together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Sum

from training.audit.versioned import VersionedQuerySet
from training.people.models import Agency, Partnership
from training.returns.limits import EVERYBODY, Declared
from training.returns.models import AgencyReturn, ClosedQuarter, HeadCount, ReturnLine, ReturnTerms, ReturnVersion
from training.returns.quarters import Quarter

from .agency import Standing, standing_of, versions_of
from .asked import agencies_asked, terms_of


@dataclass(frozen=True, slots=True)
class Asked:
    """An agency of whom a return is asked, and how its return stands."""

    agency: Agency
    standing: Standing


def returns_of(partnership: Partnership, quarter: Quarter) -> list[Asked]:
    """Every agency asked, by title. Four queries."""
    due_on = terms_of(partnership).due_on(quarter)
    rows = AgencyReturn.objects.filter(partnership=partnership, quarter_on=quarter.starts_on)
    known = {row.agency_id: row for row in rows}
    versions = versions_of(known.values())
    return [
        Asked(agency, standing_of(quarter, due_on, of := known.get(agency.pk), versions[of.pk] if of else []))
        for agency in agencies_asked(partnership, quarter)
    ]


def closed_at(partnership: Partnership, quarter: Quarter) -> datetime | None:
    """When the quarter was closed; None while it is open."""
    row = ClosedQuarter.objects.filter(partnership=partnership, quarter_on=quarter.starts_on).first()
    return row.closed_at if row else None


@dataclass(frozen=True, slots=True)
class OnTime:
    """So many of the agencies asked had given their return of a quarter by the day it was due."""

    quarter: Quarter
    on_time: int
    asked: int


def returns_on_time(partnership: Partnership, *, on: date, at: datetime) -> OnTime | None:
    """Of the last quarter whose returns were due by a day, as known at a moment; None where none were."""
    quarter = last_due(partnership, on=on, at=at)
    return _on_time(partnership, quarter, terms_of(partnership, at=at).due_on(quarter), at) if quarter else None


def last_due(partnership: Partnership, *, on: date, at: datetime) -> Quarter | None:
    """The last quarter whose returns were due by a day, as known at a moment."""
    terms = terms_of(partnership, at=at)
    return next((quarter for quarter in terms.quarters(on) if terms.due_on(quarter) < on), None)


def _on_time(partnership: Partnership, quarter: Quarter, due_on: date, at: datetime) -> OnTime:
    asked = set(agencies_asked(partnership, quarter, at=at).values_list("pk", flat=True))
    theirs = ReturnVersion.objects.filter(of__partnership=partnership, of__quarter_on=quarter.starts_on)
    holding = set(theirs.signed_at_moment(at).values_list("of__agency", flat=True))
    by_then = theirs.filter(signed_at__date__lte=due_on, signed_at__lte=at)
    on_time = set(by_then.values_list("of__agency", flat=True)) & holding & asked
    return OnTime(quarter, len(on_time), len(asked))


def trained(
    partnership: Partnership, quarters: Iterable[Quarter], *, at: datetime | None = None
) -> dict[Quarter, Counter[str]]:
    """How much training each agency declared for each quarter, by its code, as known now or at a moment. One query.

    Who was trained in two modules counts twice. An agency whose return holds and has no line is not in it.
    """
    found = {quarter: Counter[str]() for quarter in quarters}
    versions = ReturnVersion.objects.signed_at_moment(at) if at else ReturnVersion.objects.in_force()
    days = [quarter.starts_on for quarter in found]
    lines = ReturnLine.objects.filter(
        version__in=versions.filter(of__partnership=partnership, of__quarter_on__in=days), trained__isnull=False
    )
    rows = lines.order_by().values_list("version__of__quarter_on", "version__of__agency__code").annotate(Sum("trained"))
    for quarter_on, agency, people in rows:
        found[Quarter(quarter_on)][agency] = people
    return found


def lines_in(version: ReturnVersion) -> list[ReturnLine]:
    """The lines of a version, by role group and module. One query."""
    return list(version.lines.select_related("role_group", "module"))


def staff_of(partnership: Partnership, *, on: date, at: datetime | None = None) -> Mapping[str, Declared]:
    """The head-count of all its staff that each agency declared last before a day, by its code. One query."""
    return _latest(HeadCount.objects.filter(agency__partnerships=partnership), on, at)


def staff_of_agency(agency: Agency, *, on: date) -> Declared | None:
    """The same of one agency."""
    return _latest(HeadCount.objects.filter(agency=agency), on, None).get(agency.code)


def _latest(counts: VersionedQuerySet, on: date, at: datetime | None) -> dict[str, Declared]:
    known = counts.known_at(at) if at else counts.known_now()
    rows = known.filter(group_kind="", counted_on__lte=on).distinct()
    latest = {
        code: (counted_on, people)
        for code, counted_on, people in rows.order_by("counted_on").values_list("agency__code", "counted_on", "people")
    }
    return {code: Declared(counted_on, EVERYBODY, people) for code, (counted_on, people) in latest.items()}


def last_change() -> datetime | None:
    """When anything about returns was last recorded, signed or replaced."""
    versions = ReturnVersion.objects.aggregate(a=Max("signed_at"), b=Max("replaced_at"))
    terms = ReturnTerms.objects.aggregate(a=Max("recorded_at"), b=Max("replaced_at"))
    return max((moment for moment in (*versions.values(), *terms.values()) if moment), default=None)
