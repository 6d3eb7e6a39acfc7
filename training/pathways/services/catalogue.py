"""Loading a catalogue into a partnership's pathway. Loaded again, it changes nothing but what the file changed."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models, transaction

from training.access.actor import Actor
from training.audit import services as audit
from training.audit.former import keep_former
from training.pathways import catalogue as files
from training.pathways.models import Module, Pathway, PathwayVersion, Requirement, RequirementVersion, Satisfies, Tier
from training.pathways.reach import posts_of_partnership
from training.pathways.rulebook import rule_version
from training.pathways.rules import Basis, Kind, RuleVersion
from training.people.models import Designation, Partnership, RoleGroup
from training.people.services import mark_stale

from .requirements import CHANGEABLE, put_version, refuse_problems

PATHWAY_CODE = "pathway"
KINDS = {
    files.Kind.ONCE: Kind.ONCE,
    files.Kind.EXPIRING: Kind.EXPIRING,
    files.Kind.ATTENDANCE: Kind.ATTENDANCE,
    files.Kind.ROLLING_HOURS: Kind.ROLLING_HOURS,
    files.Kind.TRIGGERED: Kind.TRIGGERED,
}

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Count:
    """What became of the rows of one kind."""

    kind: str
    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What loading a catalogue did. `rules_changed` names each rule that says something else from the day on."""

    pathway: str
    version: int
    counts: tuple[Count, ...]
    rules_changed: tuple[str, ...]

    @property
    def is_unchanged(self) -> bool:
        """Whether everything stood there already."""
        return not any(count.new or count.changed for count in self.counts)


@dataclass
class _Load:
    """One loading on its way: for whom, by whom, from which day, and what has become of each row."""

    pathway: Pathway
    catalogue: files.Catalogue
    by: Actor
    at: datetime
    on: date
    tally: Counter[tuple[str, str]] = field(default_factory=Counter)
    rules_changed: list[str] = field(default_factory=list)

    def note(self, kind: str, what: str) -> None:
        """Count one row: 'new', 'changed' or 'unchanged'."""
        self.tally[kind, what] += 1

    def put(
        self, kind: str, existing: dict[str, Row], model: type[Row], key: dict[str, Any], said: dict[str, Any]
    ) -> Row:
        """The row with this code, made or brought up to what the file says."""
        row = existing.get(key["code"])
        if row is None:
            self.note(kind, "new")
            return model._default_manager.create(**key, **said)
        different = [name for name, value in said.items() if getattr(row, name) != value]
        self.note(kind, "changed" if different else "unchanged")
        if different:
            for name in different:
                setattr(row, name, said[name])
            keep_former(row, different, by=self.by, at=self.at)
            row.save(update_fields=different)
        return row

    def receipt(self, version: int) -> Receipt:
        """The outcome."""
        kinds = dict.fromkeys(kind for kind, _ in self.tally)
        counts = (Count(kind, *(self.tally[kind, what] for what in ("new", "changed", "unchanged"))) for kind in kinds)
        return Receipt(self.pathway.title, version, tuple(counts), tuple(self.rules_changed))


@transaction.atomic
def load_catalogue(
    *,
    partnership: Partnership,
    catalogue: files.Catalogue,
    by: Actor,
    at: datetime,
    on: date,
    all_role_groups: bool = False,
) -> Receipt:
    """Bring a partnership's pathway up to a catalogue; rules that are new or say something else begin on this day.

    Rules are made for the role groups that the file switches on, or for all. What the file does not name is kept.
    """
    pathway, _ = Pathway.objects.get_or_create(
        partnership=partnership, code=PATHWAY_CODE, defaults={"title": f"{partnership.title} training pathway"}
    )
    load = _Load(pathway, catalogue, by, at, on)
    modules = _put_modules(load, _put_tiers(load))
    groups, designations = _put_audiences(load)
    version = _put_version(load, modules)
    _put_rules(load, modules, groups, designations, all_role_groups)
    _put_links(load, modules)
    receipt = load.receipt(version.number)
    if not receipt.is_unchanged:
        mark_stale(posts_of_partnership(partnership.pk), at=at)
        done: dict[str, Any] = {count.kind: [count.new, count.changed] for count in receipt.counts}
        code = partnership.code
        audit.record("catalogue loaded", by=by, at=at, kind="pathway", uid=pathway.code, partnership_code=code, **done)
    return receipt


def _put_tiers(load: _Load) -> dict[str, Tier]:
    existing = {tier.code: tier for tier in load.pathway.tiers.all()}
    return {
        tier.code: load.put(
            "tiers",
            existing,
            Tier,
            {"pathway": load.pathway, "code": tier.code},
            {"title": tier.name, "sentence": tier.sentence, "position": position},
        )
        for position, tier in enumerate(load.catalogue.tiers)
    }


def _put_modules(load: _Load, tiers: dict[str, Tier]) -> dict[str, Module]:
    existing = {module.code: module for module in load.pathway.modules.all()}
    found: dict[str, Module] = {}
    # What a refresher renews has to stand before it.
    order = sorted(enumerate(load.catalogue.modules), key=lambda each: each[1].refreshes is not None)
    for position, module in order:
        said = _module_fields(module) | {
            "tier_id": tiers[module.tier].pk,
            "refreshes_id": found[module.refreshes].pk if module.refreshes else None,
            "position": position,
        }
        key = {"pathway": load.pathway, "code": module.code}
        found[module.code] = load.put("modules", existing, Module, key, said)
    before: dict[str, set[str]] = {}
    pairs = Module.prerequisites.through.objects.filter(from_module__pathway=load.pathway)
    for code, prerequisite in pairs.values_list("from_module__code", "to_module__code"):
        before.setdefault(code, set()).add(prerequisite)
    for module in load.catalogue.modules:
        if before.get(module.code, set()) != set(module.prerequisites):
            found[module.code].prerequisites.set(found[code] for code in module.prerequisites)
            load.note("prerequisites", "changed" if module.code in before else "new")
    return found


def _module_fields(module: files.Module) -> dict[str, Any]:
    return {
        "title": module.title,
        "neutral_title": module.neutral_title,
        "summary": module.summary,
        "minutes": module.minutes,
        "validity_months": module.refresh_months or None,
        "modes": [str(mode) for mode in module.modes],
        "nice_level": module.nice_level or 0,
        "standards": f"NICE {module.nice_refs}" if module.nice_refs else "",
        "topics": [str(topic) for topic in module.topics],
        "families": list(module.families),
        "outcomes": list(module.outcomes),
    }


def _put_audiences(load: _Load) -> tuple[dict[str, RoleGroup], dict[str, Designation]]:
    groups = {group.code: group for group in RoleGroup.objects.all()}
    designations = {designation.code: designation for designation in Designation.objects.all()}
    for group in load.catalogue.role_groups:
        said = {
            "title": group.title,
            "family": group.family,
            "nice_level": group.nice_level or 0,
            "soc_code": " ".join(group.soc),
        }
        groups[group.code] = load.put("role groups", groups, RoleGroup, {"code": group.code}, said)
    for duty in load.catalogue.designations:
        said = {"title": duty.title, "reason": duty.reason}
        designations[duty.code] = load.put("designations", designations, Designation, {"code": duty.code}, said)
    return groups, designations


def _put_version(load: _Load, modules: dict[str, Module]) -> PathwayVersion:
    """The live version with these modules. Agencies signed up to what it was, so other modules make another version."""
    live = load.pathway.versions.filter(status=PathwayVersion.Status.LIVE).first()
    wanted = {module.pk for module in modules.values()}
    if live is not None and set(live.modules.values_list("pk", flat=True)) == wanted:
        load.note("versions", "unchanged")
        return live
    if live is not None:
        live.status = PathwayVersion.Status.SUPERSEDED
        live.save(update_fields=["status"])
    last = load.pathway.versions.order_by("number").last()
    version = load.pathway.versions.create(
        number=last.number + 1 if last else 1,
        status=PathwayVersion.Status.LIVE,
        live_from=load.on,
        recorded_at=load.at,
        summary=f"{load.catalogue.title} {load.catalogue.version}",
    )
    version.modules.set(wanted)
    load.note("versions", "new")
    return version


def _put_rules(
    load: _Load,
    modules: dict[str, Module],
    groups: dict[str, RoleGroup],
    designations: dict[str, Designation],
    all_role_groups: bool,
) -> None:
    running = _running(load)
    for group in load.catalogue.role_groups:
        if not (all_role_groups or group.switched_on):
            continue
        for code in group.required:
            module = load.catalogue.module(code)
            days = load.catalogue.induction_days(module, group)
            _put_rule(load, running, module, modules, days, role_group=groups[group.code])
    for duty in load.catalogue.designations:
        for code in duty.adds:
            module = load.catalogue.module(code)
            days = load.catalogue.induction_days(module)
            _put_rule(load, running, module, modules, days, designation=designations[duty.code])


Running = dict[tuple[int, int | None, int | None], tuple[Requirement | None, list[RequirementVersion]]]


def _running(load: _Load) -> Running:
    """The partnership's own rules as now known, by module and audience, in two queries."""
    rules = Requirement.objects.filter(module__pathway=load.pathway, agency=None, agency_kind="").select_related(
        "module", "role_group", "designation"
    )
    known = RequirementVersion.objects.known_now().order_by("starts_on")
    rules = rules.prefetch_related(models.Prefetch("versions", queryset=known, to_attr="known"))
    return {
        (rule.module_id, rule.role_group_id, rule.designation_id): (rule, rule.known)  # type: ignore[attr-defined]
        for rule in rules
    }


def _put_rule(
    load: _Load,
    running: Running,
    wanted: files.Module,
    modules: dict[str, Module],
    induction_days: int,
    role_group: RoleGroup | None = None,
    designation: Designation | None = None,
) -> None:
    module = modules[wanted.code]
    key = (module.pk, role_group.pk if role_group else None, designation.pk if designation else None)
    rule, versions = running.get(key, (None, []))
    said = _rule_fields(load, wanted, induction_days)
    if rule is None:
        rule = Requirement.objects.create(module=module, role_group=role_group, designation=designation)
    begun = [row for row in versions if row.starts_on <= load.on] or versions[:1]
    if begun and _says(begun[-1], said):
        load.note("rules", "unchanged")
        return
    new = RuleVersion(requirement=rule.pk, module=module.pk, starts_on=load.on, **said)
    refuse_problems(new)
    row = put_version(rule, new, by=load.by, at=load.at)
    # A file that names a module twice for one group asks for it once.
    running[key] = rule, [*versions, row]
    load.note("rules", "changed" if versions else "new")
    if versions:
        load.rules_changed.append(str(rule))


def _says(row: RequirementVersion, said: dict[str, Any]) -> bool:
    """Whether a version says this and nothing else."""
    version = rule_version(row, module=0, refreshers=())
    plain = RuleVersion(requirement=0, module=0, starts_on=row.starts_on, **said)
    return all(getattr(version, name) == getattr(plain, name) for name in CHANGEABLE)


def _rule_fields(load: _Load, module: files.Module, induction_days: int) -> dict[str, Any]:
    """What the catalogue says of a module, as a rule says it."""
    kind = KINDS[module.kind]
    said: dict[str, Any] = {"kind": kind, "induction_days": induction_days}
    if kind is Kind.ONCE:
        return said
    if kind is Kind.TRIGGERED:
        return said | {"induction_days": module.trigger_days}
    said["window_days"] = load.catalogue.defaults.window_days
    if module.attendance:
        months = module.attendance.months
        return said | {"attendance_count": module.attendance.meetings, "attendance_months": months}
    if module.rolling:
        return said | {"rolling_hours": module.rolling.hours, "rolling_months": module.rolling.months}
    return said | {"basis": Basis(load.catalogue.defaults.basis), "validity_months": module.refresh_months}


def _put_links(load: _Load, modules: dict[str, Module]) -> None:
    known = Satisfies.objects.known_now().filter(lender__pathway=load.pathway)
    running = {(link.lender_id, link.borrower_id): link for link in known.order_by("starts_on")}
    for module in load.catalogue.modules:
        for wanted in module.satisfies:
            lender, borrower = modules[module.code], modules[wanted.module]
            old = running.get((lender.pk, borrower.pk))
            if old is not None and old.months == wanted.months:
                load.note("links", "unchanged")
                continue
            if old is not None:
                Satisfies.objects.filter(pk=old.pk).update(replaced_at=load.at)
            Satisfies.objects.create(
                lender=lender,
                borrower=borrower,
                months=wanted.months,
                starts_on=old.starts_on if old else load.on,
                recorded_at=load.at,
                recorded_by=str(load.by),
            )
            load.note("links", "changed" if old else "new")
