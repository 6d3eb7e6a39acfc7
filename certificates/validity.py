"""Until when a completion is good, as its certificate promises it.

The rule is the requirement of the module for the holder's role group, as the ledger kept it, or for a designation held
that day, at that agency; of several, the one that ends first. Where none asks, the module's own validity, from
completion. What a renewal extends comes from the ledger's periods, as a standing does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Min, Q, QuerySet

from training.access.clock import add_months
from training.ledger.expiry import Fact, periods
from training.ledger.models import Completion, Entry
from training.pathways.models import Requirement, RequirementVersion
from training.pathways.rulebook import overlaid, refreshers_of, rule_version
from training.pathways.rules import Kind, Rule, RuleVersion, version_in_force
from training.people.models import Duty


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
            return Validity(
                period.full_ends_on, f"requirement {version.requirement} from {version.starts_on.isoformat()}"
            )
    return None


def _rules(completion: Entry, known_at: datetime) -> list[tuple[RuleVersion, ...]]:
    """The rules, each as its versions, that asked this module of such a post: the agency's own over the others."""
    agency = completion.agency
    rows = (
        RequirementVersion.objects.known_at(known_at)
        .filter(
            Q(requirement__role_group__code=completion.role_group_code)
            | Q(requirement__designation__in=_designations(completion, known_at)),
            Q(requirement__agency__isnull=True) | Q(requirement__agency=agency),
            requirement__module_id=completion.module_id,
            requirement__agency_kind__in=["", agency.kind if agency else ""],
            kind__in=list(Kind),
        )
        .select_related("requirement")
        .order_by("requirement_id", "starts_on")
    )
    refreshers = refreshers_of(completion.module) if rows else ()
    grouped = groupby(rows, lambda row: row.requirement)
    rules = [_rule(requirement, versions, refreshers) for requirement, versions in grouped]
    audiences: dict[tuple[object, object], list[Rule]] = {}
    for rule in rules:
        audiences.setdefault((rule.role_group, rule.designation), []).append(rule)
    return [rule.versions for same in audiences.values() for rule in _own_over_others(same)]


def _designations(completion: Entry, known_at: datetime) -> QuerySet[Duty, Any]:
    """The designations that the holder had at that agency on the day."""
    duties = Duty.objects.everywhere(reason="subquery, of the holder").known_at(known_at).current_on(_day(completion))
    employment = {"post__employment__person": completion.person_id, "post__employment__agency": completion.agency_id}
    return duties.filter(**employment).values("designation")


def _rule(requirement: Requirement, rows: Iterable[RequirementVersion], refreshers: tuple[int, ...]) -> Rule:
    versions = (rule_version(row, module=requirement.module_id, refreshers=refreshers) for row in rows)
    return Rule(
        requirement=requirement.pk,
        module=requirement.module_id,
        versions=tuple(versions),
        role_group=requirement.role_group_id,
        designation=requirement.designation_id,
        agency=requirement.agency_id,
    )


def _own_over_others(rules: list[Rule]) -> list[Rule]:
    """An agency's own rule takes the place of its partnership's for the same people, on the days it runs."""
    own = [rule for rule in rules if rule.agency is not None]
    return [overlaid(rule, own) for rule in rules if rule.agency is None] or own


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
