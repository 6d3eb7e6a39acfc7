"""Dates that cannot be right, for those who can put them right."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.ledger.freshness import Freshness, brought_up_to_date
from training.people.selectors import agency_for, partnership_for
from training.rules.exceptions import Oddity, agency_exceptions, partnership_exceptions

HEAD = ["What is wrong", "Where", "What is on record", "What to do"]


@requires(Permission.KEEP_RULES)
def agency_dates(request: Request, code: str) -> HttpResponse:
    """Of one agency's people and rules."""
    agency = agency_for(request.access, Permission.KEEP_RULES, code)
    at = timezone.now()
    fresh = brought_up_to_date(at=at, agency=agency)
    found = agency_exceptions(agency, on=london_date(at))
    audit.record("dates read", by=request.access.actor, at=at, agency_code=agency.code, rows=len(found))
    return _page(request, agency.title, reverse("agency-rules", args=[agency.code]), found, fresh)


@requires(Permission.MANAGE_PATHWAY)
def rule_dates(request: Request, code: str) -> HttpResponse:
    """Of the partnership's rules."""
    partnership = partnership_for(request.access, Permission.MANAGE_PATHWAY, code)
    found = partnership_exceptions(partnership)
    return _page(request, partnership.title, reverse("rules", args=[partnership.code]), found)


def _page(
    request: Request, owner: str, back_url: str, found: Iterable[Oddity], fresh: Freshness | None = None
) -> HttpResponse:
    rows = [_row(each) for each in found]
    context = {"owner": owner, "back_url": back_url, "head": HEAD, "rows": rows, "fresh": fresh}
    return render(request, "rules/exceptions.html", context)


def _row(each: Oddity) -> list[Any]:
    advice = {"text": each.advice, "url": each.url} if each.url else each.advice
    return [each.what, each.about, each.detail, advice]
