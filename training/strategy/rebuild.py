"""The read table of coverage, written from facts at will."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from time import perf_counter

from django.db import transaction
from django.db.models import Max

from training.access.clock import london_date
from training.audit.models import FormerValue
from training.ledger.models import Entry, StandingStep
from training.pathways.models import (
    Equivalence,
    Exemption,
    Extension,
    PathwayVersion,
    RequirementVersion,
    Satisfies,
    SignUp,
    Trigger,
)
from training.people.models import Duty, Membership, Partnership, RosterImport, Sameness, Sharing, Term
from training.pledges.models import Charter, Pledge
from training.returns.selectors.partnership import last_change as returns_last_change

from .coverage import Cell, Place
from .models import CoverageBuild, CoverageCell, PlacesCount
from .periods import kept_ends, month_ends
from .report import Report
from .selectors.reports import counted
from .told import last_change as told_last_change

KEPT = timedelta(days=7)
FILLED = 13
"""So many month ends gone by are counted afterwards: a year, and what it is compared with."""
REST = 20
"""The worker rests so many times as long as a count took, so that a large partnership does not keep it busy."""

VERSIONED = (
    Duty,
    Equivalence,
    Exemption,
    Extension,
    Membership,
    Pledge,
    RequirementVersion,
    Sameness,
    Satisfies,
    Sharing,
    SignUp,
    Term,
    Trigger,
)
WHY = "asking when something last changed"


def rebuild_coverage(partnership: Partnership, *, on: date, at: datetime) -> CoverageBuild:
    """Count a day anew from facts, in place of what stood for it."""
    started = perf_counter()
    report = counted(partnership, on=on, at=at)
    with transaction.atomic():
        CoverageBuild.objects.filter(partnership=partnership, as_at=on).delete()
        build = CoverageBuild.objects.create(
            partnership=partnership,
            as_at=on,
            worked_out_at=at,
            milliseconds=0,
            agencies=[asdict(agency) for agency in report.agencies],
        )
        rows = [_row(build, place, cell, report) for place, cell in sorted(report.cells.items())]
        CoverageCell.objects.bulk_create(rows, batch_size=2000)
        _keep_places(build, report, is_today=on == london_date(at))
        build.milliseconds = round((perf_counter() - started) * 1000)
        build.save(update_fields=["milliseconds"])
    return build


def _keep_places(build: CoverageBuild, report: Report, *, is_today: bool) -> None:
    """The partnership's with every build, each agency's own with today's alone."""
    if report.places is None:
        return
    found = [PlacesCount(build=build, counts=asdict(report.places.inputs), hidden=sorted(report.places.hidden))]
    if is_today:
        PlacesCount.objects.filter(build__partnership=build.partnership, agency__isnull=False).delete()
        own = report.places.of_agencies.items()
        found += [PlacesCount(build=build, agency_id=agency, counts=asdict(inputs)) for agency, inputs in own]
    PlacesCount.objects.bulk_create(found)


def _row(build: CoverageBuild, place: Place, cell: Cell, report: Report) -> CoverageCell:
    return CoverageCell(
        build=build,
        **asdict(place),
        **asdict(cell),
        is_hidden_from_board=place in report.marks.board,
        is_hidden_from_public=place in report.marks.public,
        are_excluded_hidden_from_board=place in report.marks.excluded,
        is_asked_hidden_from_board=place in report.marks.board_asked,
        is_asked_hidden_from_public=place in report.marks.public_asked,
    )


def refresh_coverage(*, at: datetime) -> int:
    """Count today anew for every partnership whose facts have changed since, rests kept; how many."""
    done = 0
    changed_at = last_change()
    for partnership in Partnership.objects.filter(pathways__isnull=False).distinct():
        build = CoverageBuild.objects.filter(partnership=partnership, as_at=london_date(at)).first()
        if build is None or (changed_at and changed_at >= build.worked_out_at and is_rested(build, at)):
            rebuild_coverage(partnership, on=london_date(at), at=at)
            forget_days(partnership, today=london_date(at))
            done += 1
    return done


def forget_days(partnership: Partnership, *, today: date) -> None:
    """Builds more than a week old go, save the ends of months and quarters, from which trends are drawn."""
    old = CoverageBuild.objects.filter(partnership=partnership, as_at__lt=today - KEPT)
    old.exclude(as_at__in=kept_ends(today)).delete()


def keep_month_ends(*, at: datetime) -> int:
    """Count one end of a month that nobody has counted, by what is known now, once today's count is rested; how many.

    One that was counted stays as it was then: a trend tells what was known in its time.
    """
    today = london_date(at)
    for partnership in Partnership.objects.filter(pathways__isnull=False).distinct():
        builds = {each.as_at: each for each in CoverageBuild.objects.filter(partnership=partnership)}
        latest = max(builds.values(), key=lambda each: each.worked_out_at, default=None)
        missing = [day for day in month_ends(today)[:FILLED] if day not in builds]
        if missing and latest is not None and is_rested(latest, at):
            rebuild_coverage(partnership, on=missing[0], at=at)
            return 1
    return 0


def is_rested(build: CoverageBuild, at: datetime) -> bool:
    """Whether the worker has left a partnership alone for long enough."""
    return at - build.worked_out_at >= timedelta(milliseconds=REST * build.milliseconds)


def last_change() -> datetime | None:
    """When anything that figures depend on was last recorded, replaced, or worked out."""
    moments = [
        told_last_change(),
        returns_last_change(),
        Entry.objects.everywhere(reason=WHY).aggregate(last=Max("recorded_at"))["last"],
        StandingStep.objects.everywhere(reason=WHY).aggregate(last=Max("worked_out_at"))["last"],
        *RosterImport.objects.aggregate(a=Max("applied_at"), b=Max("undone_at")).values(),
        FormerValue.objects.aggregate(last=Max("replaced_at"))["last"],
        PathwayVersion.objects.aggregate(last=Max("recorded_at"))["last"],
        Charter.objects.aggregate(last=Max("named_at"))["last"],
    ]
    for model in VERSIONED:
        rows = model._base_manager.all()
        rows = rows.everywhere(reason=WHY) if hasattr(rows, "everywhere") else rows
        moments += rows.aggregate(a=Max("recorded_at"), b=Max("replaced_at")).values()
    return max((moment for moment in moments if moment is not None), default=None)
