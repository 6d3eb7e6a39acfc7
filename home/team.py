"""The line manager's page of their own team."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.ledger.selectors import team_standings


@requires(Permission.SEE_TEAM)
def team(request: Request) -> HttpResponse:
    """The posts that answer to one's own: names, standing and dates; never answers, notes or reasons for a delay."""
    at = timezone.now()
    on = london_date(at)
    rows = team_standings(request.access, on=on)
    audit.record("standings read", by=request.access.actor, at=at, rows=len(rows))
    people: dict[tuple[int, str], list[Any]] = {}
    for row in rows:
        people.setdefault((row.post, row.name), []).append(row)
    team = [{"name": name, "role_group": found[0].role_group, "rows": found} for (_, name), found in people.items()]
    return render(request, "home/team.html", {"team": team, "on": on})
