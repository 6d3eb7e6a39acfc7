"""Rules: begun, and changed from a day, with what went before kept as it was."""

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from training.access.actor import Actor
from training.audit import services as audit
from training.pathways.models import Module, Requirement, RequirementVersion, RuleStamp
from training.pathways.reach import posts_concerned
from training.pathways.rulebook import refreshers_of, rule_version
from training.pathways.rules import Basis, Kind, RuleVersion, problems
from training.pathways.tightening import asked_less
from training.people.models import Agency, Designation, RoleGroup
from training.people.services import mark_stale

from .errors import RuleLoosened, RuleRefused

CHANGEABLE = frozenset(field.name for field in fields(RuleVersion)) - {
    "requirement",
    "module",
    "starts_on",
    "refreshers",
}


@transaction.atomic
def begin_requirement(
    *,
    module: Module,
    on: date,
    by: Actor,
    at: datetime,
    role_group: RoleGroup | None = None,
    designation: Designation | None = None,
    agency: Agency | None = None,
    agency_kind: str = "",
    by_partnership: bool = False,
    **said: Any,
) -> RequirementVersion:
    """Ask a module of a role group or a designation from a day. `said` names what the rule says (RuleVersion's fields).

    Where an agency begins its own rule beside its partnership's, what it does not say stays as the partnership has it.
    """
    requirement, _ = Requirement.objects.get_or_create(
        module=module, role_group=role_group, designation=designation, agency=agency, agency_kind=agency_kind
    )
    return change_requirement(requirement=requirement, on=on, by=by, at=at, by_partnership=by_partnership, **said)


@transaction.atomic
def change_requirement(
    *, requirement: Requirement, on: date, by: Actor, at: datetime, by_partnership: bool = False, **said: Any
) -> RequirementVersion:
    """From this day the rule says something else in what is named; the rest stays. Refused: RuleRefused, RuleLoosened.

    Versions that would have begun on this day or later give way; the one that runs ends on the day before. Nothing is
    overwritten: as known before `at`, the rule is what it was.
    """
    unknown = sorted(set(said) - CHANGEABLE)
    if unknown:
        raise TypeError(f"a rule has no {', '.join(unknown)}")
    _one_at_a_time()
    new = proposed(requirement, on=on, **said)
    refuse_problems(new)
    if requirement.agency_id and not by_partnership and (reasons := asks_less(requirement, new)):
        raise RuleLoosened(reasons)
    row = put_version(requirement, new, by=by, at=at)
    _noted("requirement changed", requirement, by=by, at=at, starts_on=on.isoformat())
    return row


@transaction.atomic
def end_requirement(*, requirement: Requirement, last_on: date, by: Actor, at: datetime) -> None:
    """The rule asks nothing after this day; what was planned for later is dropped. Nothing is overwritten.

    Where an agency ends its own rule, its partnership's is back the day after.
    """
    _one_at_a_time()
    if not cut_versions(requirement, last_on + timedelta(days=1), by=by, at=at):
        raise RuleRefused(["This rule asks nothing after that day as it is."])
    _noted("requirement ended", requirement, by=by, at=at, last_on=last_on.isoformat())


def proposed(requirement: Requirement, *, on: date, **said: Any) -> RuleVersion:
    """What the rule would say from this day: as it runs now (or as the partnership's does), but for what is said."""
    base = version_running(requirement, on)
    if base is None and (theirs := partnership_rule(requirement)):
        base = version_running(theirs, on)
    if base is None:
        base = RuleVersion(
            requirement=requirement.pk,
            module=requirement.module_id,
            starts_on=on,
            refreshers=refreshers_of(requirement.module),
        )
    said.setdefault("ends_on", None)
    said |= {name: word(said[name]) for name, word in (("kind", Kind), ("basis", Basis)) if name in said}
    return replace(base, **(said | {"requirement": requirement.pk, "starts_on": on}))


def refuse_problems(version: RuleVersion) -> None:
    """Raise RuleRefused for a rule that the editor refuses."""
    if reasons := problems(version):
        raise RuleRefused(reasons)


def version_running(requirement: Requirement, on: date) -> RuleVersion | None:
    """What the rule says on a day as now known; before its first day and after its last, nothing."""
    if requirement.pk is None:
        return None
    rows = requirement.versions.known_now().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)
    row = rows.order_by("-starts_on").first()
    if row is None:
        return None
    return rule_version(row, module=requirement.module_id, refreshers=refreshers_of(requirement.module))


def partnership_rule(requirement: Requirement) -> Requirement | None:
    """The partnership's rule for the same people, beside which an agency's own stands."""
    if requirement.agency is None:
        return None
    rules = Requirement.objects.filter(
        module=requirement.module_id,
        role_group=requirement.role_group_id,
        designation=requirement.designation_id,
        agency=None,
        agency_kind__in=["", requirement.agency.kind],
    )
    return rules.order_by("-agency_kind").first()


def put_version(requirement: Requirement, new: RuleVersion, *, by: Actor, at: datetime) -> RequirementVersion:
    """Close what runs on that day or begins later, and write the version; checks nothing and marks nothing."""
    _one_at_a_time()
    cut_versions(requirement, new.starts_on, by=by, at=at)
    return RequirementVersion.objects.create(
        requirement=requirement,
        starts_on=new.starts_on,
        recorded_at=at,
        recorded_by=str(by),
        **{name: getattr(new, name) for name in CHANGEABLE},
    )


def cut_versions(requirement: Requirement, day: date, *, by: Actor, at: datetime) -> int:
    """Let nothing run on this day or later: close what would, and write anew what began before. How many were cut."""
    cut = 0
    for row in requirement.versions.known_now().order_by("starts_on"):
        if row.ends_on is not None and row.ends_on < day:
            continue
        cut += 1
        RequirementVersion.objects.filter(pk=row.pk).update(replaced_at=at)
        if row.starts_on < day:
            row.pk, row.ends_on = None, day - timedelta(days=1)
            row.recorded_at, row.recorded_by = at, str(by)
            row.save(force_insert=True)
    return cut


def _noted(verb: str, requirement: Requirement, *, by: Actor, at: datetime, **detail: str) -> None:
    mark_stale(posts_concerned(requirement), at=at)
    audit.record(
        verb,
        by=by,
        at=at,
        kind="requirement",
        uid=requirement.uid,
        agency_code=requirement.agency.code if requirement.agency else "",
        partnership_code=requirement.module.pathway.partnership.code,
        module=requirement.module.code,
        **detail,
    )


def _one_at_a_time() -> None:
    """One writer of rules at a time, or two would leave versions that overlap; whoever writes one holds it anyway."""
    list(RuleStamp.objects.select_for_update(no_key=True))


def asks_less(requirement: Requirement, new: RuleVersion) -> list[str]:
    """In what an agency's version asks less than the partnership does on its days, in words; empty when in nothing."""
    theirs = partnership_rule(requirement)
    if theirs is None:
        return []
    rows = theirs.versions.known_now().order_by("starts_on")
    return asked_less(new, (rule_version(row, module=theirs.module_id, refreshers=new.refreshers) for row in rows))
