"""What an auditor reads of a partnership besides figures: its rules on a day, what was loaded, what was changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from training.access.clock import london_date
from training.audit.models import AuditEvent
from training.evidence.models import CompletionImport
from training.pathways.models import RequirementVersion
from training.pathways.rulebook import rule_version
from training.people.models import Agency, Partnership, RosterImport
from training.rules.wording import said_rows

from .who import roles_of

OF_THINGS = (
    *("board pack", "charter", "commitment", "completion_import", "equivalence", "foi pack"),
    *("indicator value", "locality", "pathway", "register_proposal", "requirement", "return", "roster_import"),
    *("rule-proposal", "sample", "sign-up", "strategy", "token", "workplace"),
)
"""Kinds of things that are nobody's, all of whose changes are told."""
TOLD = (
    *("agency added", "kind of agency changed", "head-counts declared", "job titles mapped"),
    *("partnership added", "agency joined partnership", "return terms set", "quarter closed"),
    *("role granted", "role ended", "completion corrected", "completion withdrawn"),
)
"""Changes of other things: that they were made, and not of whom. What people do about themselves is never told."""
DETAILS = ("as_at", "digest", "indicator", "module", "period", "quarter", "role", "version")
GOES_BACK = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class RuleOnDay:
    """One rule as it ran on a day."""

    tier: str
    module: str
    audience: str
    whose: str
    says: str
    since: date
    recorded_on: date


def rules_on(partnership: Partnership, *, on: date, known_at: datetime) -> list[RuleOnDay]:
    """Every rule of the partnership and of its agencies that ran on a day, as known at a moment."""
    running = RequirementVersion.objects.known_at(known_at).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        starts_on__lte=on,
        requirement__module__pathway__partnership=partnership,
    )
    names = ("module__tier", "role_group", "designation", "agency")
    rows = running.select_related("requirement", *(f"requirement__{name}" for name in names))
    ordered = rows.order_by("requirement__module__tier__position", "requirement__module__position", "requirement_id")
    return [_rule(row) for row in ordered]


def _rule(row: RequirementVersion) -> RuleOnDay:
    asks = row.requirement
    said = said_rows(rule_version(row, module=asks.module_id, refreshers=()))
    whose = asks.agency.title if asks.agency else "Partnership"
    kind = f", {asks.get_agency_kind_display()}" if asks.agency_kind else ""
    return RuleOnDay(
        tier=asks.module.tier.title,
        module=f"{asks.module.code} {asks.module.title}",
        audience=f"{asks.audience}{kind}",
        whose=whose,
        says="; ".join(f"{each['key']}: {each['value']}" for each in said),
        since=row.starts_on,
        recorded_on=london_date(row.recorded_at),
    )


@dataclass(frozen=True, slots=True)
class Loaded:
    """One file of an agency: what it was, by which roles it was read, approved, applied and undone."""

    agency: str
    what: str
    state: str
    as_at: date
    counts: str
    sha256: str
    steps: tuple[tuple[str, datetime, str], ...]


STEPS = ("staged", "approved", "applied", "undone")


File = RosterImport | CompletionImport


def rosters_of(partnership: Partnership) -> QuerySet[Any]:
    """Rosters that its agencies sent, the latest first."""
    return _of(partnership, RosterImport.objects.all())


def completion_files_of(partnership: Partnership) -> QuerySet[Any]:
    """Files of completions that its agencies sent, the latest first."""
    return _of(partnership, CompletionImport.objects.all())


def _of(partnership: Partnership, files: QuerySet[Any]) -> QuerySet[Any]:
    agencies = Agency.objects.filter(memberships__partnership=partnership)
    return files.filter(agency__in=agencies).select_related("agency").order_by("-staged_at", "-pk")


def loaded(rows: Sequence[File]) -> list[Loaded]:
    """The same as rows to be shown."""
    deeds = {
        (getattr(row, f"{step}_by"), london_date(at))
        for row in rows
        for step in STEPS
        if (at := getattr(row, f"{step}_at", None))
    }
    roles = roles_of(deeds)
    return [_loaded(row, roles) for row in rows]


def _loaded(row: Any, roles: Any) -> Loaded:
    counts = ", ".join(f"{kind.replace('_', ' ')} {count}" for kind, count in row.counts.items() if count)
    return Loaded(
        agency=row.agency.title,
        what="Roster" if isinstance(row, RosterImport) else "Completions",
        state=row.get_state_display(),
        as_at=row.as_at,
        counts=counts or "nothing",
        sha256=row.sha256,
        steps=tuple(
            (step, at, roles[getattr(row, f"{step}_by"), london_date(at)])
            for step in STEPS
            if (at := getattr(row, f"{step}_at", None))
        ),
    )


def changes_of(partnership: Partnership, *, at: datetime) -> QuerySet[AuditEvent]:
    """What was changed in a partnership and its agencies in two years, the latest first; nothing of a person."""
    agencies = Agency.objects.filter(memberships__partnership=partnership).values_list("code", flat=True)
    whose = Q(partnership_code=partnership.code) | Q(agency_code__in=list(agencies))
    found = AuditEvent.objects.filter(whose, Q(object_kind__in=OF_THINGS) | Q(verb__in=TOLD), at__gte=at - GOES_BACK)
    return found.exclude(verb__endswith="read").order_by("-id")


@dataclass(frozen=True, slots=True)
class Changed:
    """One change, and the role of who made it."""

    at: datetime
    what: str
    agency: str
    by: str


def changed(rows: Sequence[AuditEvent]) -> list[Changed]:
    """The same as rows to be shown."""
    titles = dict(Agency.objects.filter(code__in={row.agency_code for row in rows}).values_list("code", "title"))
    roles = roles_of((row.actor, london_date(row.at)) for row in rows)
    return [
        Changed(
            at=row.at,
            what=_what(row),
            agency=titles.get(row.agency_code, ""),
            by=roles[row.actor, london_date(row.at)],
        )
        for row in rows
    ]


def _what(row: AuditEvent) -> str:
    """The deed, and of what: of what is on record with it, only what is of no person."""
    said = [f"{name.replace('_', ' ')} {str(row.detail[name])[:40]}" for name in DETAILS if row.detail.get(name)]
    return f"{row.verb[:1].upper()}{row.verb[1:]}{': ' if said else ''}{', '.join(said)}"
