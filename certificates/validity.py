"""Until when a completion is good, as its certificate promises it.

The rule is the requirement of the module for the holder's role group at that agency, as the ledger kept them; of two,
the one that ends first. Where none asks, the module's own validity, from completion. What a renewal extends comes from
the ledger's periods, so that a certificate and a standing never disagree.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Min, Q

from training.access.clock import add_months
from training.ledger.expiry import Fact, periods
from training.ledger.models import Completion, Entry
from training.pathways.models import RequirementVersion
from training.pathways.rules import Basis, Kind, RuleVersion, version_in_force


@dataclass(frozen=True, slots=True)
class Validity:
    """The last valid day, or none for good; and what decided it."""

    ends_on: date | None
    rule: str


def validity_of(completion: Entry, *, known_at: datetime) -> Validity:
    """How long this completion is good for, as known at a moment."""
    rules = _rules(completion, known_at)
    facts = _facts(completion, known_at) if rules else []
    found = [validity for versions in rules if (validity := _under(versions, facts, completion))]
    if found:
        return min(found, key=lambda each: (each.ends_on or date.max, each.rule))
    months = completion.module.validity_months
    return Validity(add_months(_day(completion), months) if months else None, "module")


def _under(versions: tuple[RuleVersion, ...], facts: list[Fact], completion: Entry) -> Validity | None:
    """The period that this completion made under one rule; none where it made none (an attendance short of enough)."""
    for period in periods(facts, versions):
        if str(completion.uid) in period.facts:
            version = version_in_force(versions, _day(completion))
            return Validity(period.full_ends_on, f"{version.requirement} from {version.starts_on.isoformat()}")
    return None


def _rules(completion: Entry, known_at: datetime) -> list[tuple[RuleVersion, ...]]:
    """The rules, each as its versions, that asked this module of such a post."""
    if not completion.role_group_code:
        return []
    rows = (
        RequirementVersion.objects.known_at(known_at)
        .filter(
            Q(requirement__agency__isnull=True) | Q(requirement__agency_id=completion.agency_id),
            requirement__module_id=completion.module_id,
            requirement__role_group__code=completion.role_group_code,
            kind__in=list(Kind),
        )
        .select_related("requirement")
        .order_by("requirement_id", "starts_on")
    )
    refreshers = tuple(completion.module.refreshers.values_list("pk", flat=True)) if rows else ()
    return [
        tuple(_version(row, refreshers) for row in group) for _, group in groupby(rows, lambda row: row.requirement_id)
    ]


def _version(row: RequirementVersion, refreshers: tuple[int, ...]) -> RuleVersion:
    return RuleVersion(
        requirement=str(row.requirement.uid),
        module=row.requirement.module_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        kind=Kind(row.kind),
        basis=Basis(row.basis),
        validity_months=row.validity_months,
        window_days=row.window_days,
        fixed_month=row.fixed_month,
        fixed_day=row.fixed_day,
        minimum_life_months=row.minimum_life_months,
        grace_days=row.grace_days,
        refreshers=refreshers,
        attendance_count=row.attendance_count,
        attendance_months=row.attendance_months,
    )


def _facts(completion: Entry, known_at: datetime) -> list[Fact]:
    """The holder's completions of the module and its refreshers, as the ledger's periods want them."""
    revoked = Q(sequels__kind=Entry.Kind.REVOCATION, sequels__recorded_at__lte=known_at)
    rows = (
        Completion.objects.of(completion.person)
        .known_at(known_at)
        .filter(Q(module=completion.module) | Q(module__refreshes=completion.module))
        .annotate(revoked_on=Min("sequels__effective_on", filter=revoked))
        .values_list("uid", "module_id", "completed_on", "revoked_on")
    )
    return [
        Fact(uid=str(uid), module=module, completed_on=day, revoked_on=revoked) for uid, module, day, revoked in rows
    ]


def _day(completion: Entry) -> date:
    """The day of a completion: entries of that kind always have one."""
    assert completion.completed_on is not None
    return completion.completed_on
