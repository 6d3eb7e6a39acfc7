"""Coverage for an agency's own programs."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from training.access.clock import london_date
from training.audit import services as audit
from training.people.api import token_of
from training.returns.selectors.partnership import staff_of_agency

from .selectors.own import OwnCoverage, own_coverage

router = Router(tags=["coverage"])

EXAMPLE: dict[str, Any] = {
    "agency": "SVH",
    "as_at": "2026-11-02",
    "declared": {"staff": 1310, "counted_on": "2026-10-01"},
    "partnerships": [
        {
            "partnership": "severnshire",
            "has_reported": True,
            "worked_out_at": "2026-11-02T06:00:00Z",
            "own": [{"in_date": 12, "asked": 20, "percent": 60, "mark": "", "tier": "A", "left_out": 1}],
            "whole": {"in_date": None, "asked": None, "percent": None, "mark": "*"},
            "spread": {"lowest": 40, "highest": 90, "agencies": 3},
        }
    ],
}


class Figure(Schema):
    """A number of people and those of them in date. A mark in place of numbers: '*' hidden, 'n/a' nobody is asked."""

    in_date: int | None
    asked: int | None
    percent: int | None
    mark: str


class TierFigure(Figure):
    """Your own figures for a tier; '' for everything required."""

    tier: str
    left_out: int


class Spread(Schema):
    """The lowest and the highest agency of those the board is shown."""

    lowest: int
    highest: int
    agencies: int


class PartnershipCoverage(Schema):
    """Your figures beside the partnership's."""

    partnership: str
    has_reported: bool
    worked_out_at: datetime
    own: list[TierFigure]
    whole: Figure
    spread: Spread | None


class Declared(Schema):
    """How many staff your agency has said it has, on its roster or not. Part of no other number."""

    staff: int
    counted_on: date


class Coverage(Schema):
    """Your agency's coverage today, once for each partnership it is in."""

    agency: str
    as_at: date
    declared: Declared | None
    partnerships: list[PartnershipCoverage]

    model_config = {"json_schema_extra": {"example": EXAMPLE}}


@router.get("/coverage", response=Coverage, summary="Your agency's coverage today")
def coverage(request: HttpRequest) -> Coverage:
    """Your own figures exactly; the partnership's total and the spread between agencies, with small numbers hidden."""
    token, at = token_of(request), timezone.now()
    on = london_date(at)
    found = own_coverage(token.agency, on=on, at=at)
    audit.record("coverage read", by=token.actor, at=at, agency_code=token.agency.code)
    staff = staff_of_agency(token.agency, on=on)
    return Coverage(
        agency=token.agency.code,
        as_at=on,
        declared=Declared(staff=staff.people, counted_on=staff.counted_on) if staff else None,
        partnerships=[_one(each) for each in found],
    )


def _one(found: OwnCoverage) -> PartnershipCoverage:
    own = [
        TierFigure(
            tier=line.tier,
            left_out=line.left_out,
            in_date=line.figure.numerator,
            asked=line.figure.denominator,
            percent=line.figure.percent,
            mark=line.figure.mark,
        )
        for line in found.own
    ]
    whole = Figure(
        in_date=found.whole.numerator,
        asked=found.whole.denominator,
        percent=found.whole.percent,
        mark=found.whole.mark,
    )
    spread = (
        Spread(lowest=min(found.shown), highest=max(found.shown), agencies=len(found.shown)) if found.shown else None
    )
    return PartnershipCoverage(
        partnership=found.partnership.code,
        has_reported=found.has_reported,
        worked_out_at=found.worked_out_at,
        own=own,
        whole=whole,
        spread=spread,
    )
