"""The rules as their keepers see them: the partnership's matrix, and what is asked of one agency and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from training.access.access import Access
from training.pathways.models import ExtensionRequest, Module, Requirement, RequirementVersion, RuleProposal
from training.pathways.rulebook import refreshers_of, rule_version
from training.pathways.rules import RuleVersion
from training.pathways.services import partnership_rule
from training.pathways.tightening import asked_less
from training.people.models import Agency, Designation, Duty, Membership, Partnership, RoleGroup, Term

WHO = ("module__tier", "module__pathway__partnership", "role_group", "designation", "agency")


class Why(StrEnum):
    """Why something is asked of an agency's staff."""

    PARTNERSHIP = "Asked by the partnership"
    OWN = "Your own addition"
    MORE = "You ask more than the partnership"
    LESS = "You ask less: the partnership allowed it"


@dataclass(frozen=True, slots=True)
class Running:
    """A rule and the version that runs on a day, if one does; `next` is one planned for later, `versions` are all."""

    requirement: Requirement
    version: RuleVersion | None
    next: RuleVersion | None = None
    versions: tuple[RuleVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom rules ask: a role group or a designation, perhaps of one kind of agency."""

    title: str
    code: str
    agency_kind: str = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An audience, and what it is asked in each module of the matrix; None where nothing is."""

    audience: Audience
    cells: tuple[Running | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Role groups and designations against the modules of a tier."""

    modules: tuple[Module, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class AgencyRule:
    """What is asked of one audience of an agency, and why. `theirs` and `own` are the rules behind it, where there are.

    `less` says in what the agency's own rule asks less than the partnership's.
    """

    theirs: Running | None
    own: Running | None
    why: Why
    less: tuple[str, ...] = ()

    @property
    def requirement(self) -> Requirement:
        """The rule that stands for it in addresses: the partnership's, else the agency's own."""
        shown = self.theirs or self.own
        assert shown is not None, "one of the two asks"
        return shown.requirement

    @property
    def base(self) -> RuleVersion | None:
        """From what an editor starts: what is asked today, else what is planned."""
        coming = [each.next for each in (self.own, self.theirs) if each and each.next]
        return self.version or next(iter(coming), None)

    @property
    def version(self) -> RuleVersion | None:
        """What is asked in the end: the agency's own version where it runs."""
        if self.own and self.own.version:
            return self.own.version
        return self.theirs.version if self.theirs else None


def running(requirements: Iterable[Requirement], *, on: date) -> list[Running]:
    """The rules with the version that runs on a day, and the next one. One query for the versions."""
    rules = list(requirements)
    rows = RequirementVersion.objects.known_now().filter(requirement__in=rules).order_by("starts_on", "id")
    by_rule: dict[int, list[RequirementVersion]] = {}
    for row in rows:
        by_rule.setdefault(row.requirement_id, []).append(row)
    return [_running(rule, by_rule.get(rule.pk, []), on) for rule in rules]


def _running(rule: Requirement, rows: list[RequirementVersion], on: date) -> Running:
    versions = tuple(rule_version(row, module=rule.module_id, refreshers=()) for row in rows)
    runs = next((version for version in versions if version.is_in_force(on)), None)
    coming = next((version for version in versions if version.starts_on > on), None)
    return Running(rule, runs, coming, versions)


def matrix(partnership: Partnership, *, tier: int | None, on: date) -> Matrix:
    """The partnership's rules: everybody who is asked for anything, against the modules of a tier (or all)."""
    rules = Requirement.objects.filter(module__pathway__partnership=partnership, agency=None).select_related(*WHO)
    found = [each for each in running(rules, on=on) if each.version or each.next]
    audiences = sorted({audience_of(each.requirement) for each in found}, key=lambda it: (it.code[0] == "d", it.title))
    modules = Module.objects.filter(pathway__partnership=partnership).order_by("tier__position", "position")
    shown = tuple(modules.filter(tier=tier) if tier else modules)
    cells = {(audience_of(each.requirement), each.requirement.module_id): each for each in found}
    rows = (MatrixRow(it, tuple(cells.get((it, module.pk)) for module in shown)) for it in audiences)
    return Matrix(shown, tuple(row for row in rows if not tier or any(row.cells)))


def audience_of(rule: Requirement) -> Audience:
    """Whom a rule asks."""
    code = f"d{rule.designation_id}" if rule.designation_id else f"r{rule.role_group_id}"
    title = rule.audience + (f" ({rule.get_agency_kind_display().lower()})" if rule.agency_kind else "")
    return Audience(title, code, rule.agency_kind)


def agency_rules(agency: Agency, *, on: date, everybody: bool = False) -> list[AgencyRule]:
    """What is asked of an agency's staff on a day and why: of those it has, or of everybody it could have."""
    members = Membership.objects.known_now().current_on(on).filter(agency=agency)
    rules = Requirement.objects.filter(
        module__pathway__partnership__in=members.values("partnership"), agency_kind__in=["", agency.kind]
    ).select_related(*WHO)
    theirs = [each for each in running(rules.filter(agency=None), on=on) if each.version or each.next]
    own = [each for each in running(rules.filter(agency=agency), on=on) if each.version or each.next]
    found = list(_paired(theirs, own))
    if not everybody:
        groups, duties = _present(agency, on)
        found = [it for it in found if it.own or _is_present(it.requirement, groups, duties)]
    return sorted(found, key=lambda it: (it.requirement.audience, it.requirement.module.position))


def _paired(theirs: list[Running], own: list[Running]) -> Iterator[AgencyRule]:
    mine = {_key(each.requirement): each for each in own}
    for each in sorted(theirs, key=lambda it: it.requirement.agency_kind, reverse=True):
        yield _agency_rule(each, mine.pop(_key(each.requirement), None))
    for left in mine.values():
        yield AgencyRule(None, left, Why.OWN)


def _key(rule: Requirement) -> tuple[int, int | None, int | None]:
    return rule.module_id, rule.role_group_id, rule.designation_id


def _agency_rule(theirs: Running, own: Running | None) -> AgencyRule:
    said = (own.version or own.next) if own else None
    if own is None or said is None:
        return AgencyRule(theirs, None, Why.PARTNERSHIP)
    less = tuple(asked_less(said, theirs.versions))
    return AgencyRule(theirs, own, Why.LESS if less else Why.MORE, less)


def agency_rule(agency: Agency, requirement: Requirement, *, on: date) -> AgencyRule:
    """One of them: by the partnership's rule, or by the agency's own."""
    theirs = partnership_rule(requirement) if requirement.agency_id else requirement
    own = requirement if requirement.agency_id else own_rule(agency, requirement)
    rows = {each.requirement.pk: each for each in running([it for it in (theirs, own) if it], on=on)}
    if theirs is None:
        return AgencyRule(None, rows[requirement.pk], Why.OWN)
    return _agency_rule(rows[theirs.pk], rows[own.pk] if own else None)


@dataclass(frozen=True, slots=True)
class OwnRule:
    """What an agency asks beside its partnership, for the partnership to see. `less` says in what it asks less."""

    agency: Agency
    version: RuleVersion
    less: tuple[str, ...]


def agencies_own(theirs: Requirement, *, on: date) -> list[OwnRule]:
    """The agencies with a rule of their own for the same people and module, running or planned."""
    same = Requirement.objects.filter(
        module=theirs.module_id, role_group=theirs.role_group_id, designation=theirs.designation_id
    )
    rules = running(same.select_related(*WHO).order_by("agency__title"), on=on)
    by_kind = {each.requirement.agency_kind: each for each in rules if each.requirement.agency is None}
    found = []
    for each in rules:
        version, agency = each.version or each.next, each.requirement.agency
        if version is not None and agency is not None:
            beside = by_kind.get(agency.kind) or by_kind.get("")
            found.append(OwnRule(agency, version, tuple(asked_less(version, beside.versions if beside else ()))))
    return found


def own_rule(agency: Agency, theirs: Requirement) -> Requirement | None:
    """The agency's own rule for the same people and module."""
    same = Requirement.objects.filter(
        module=theirs.module_id, role_group=theirs.role_group_id, designation=theirs.designation_id, agency=agency
    )
    return same.select_related(*WHO).first()


def _present(agency: Agency, on: date) -> tuple[set[int | None], set[int]]:
    """The role groups and designations that somebody at the agency has."""
    groups = Term.objects.within(agency).known_now().current_on(on).order_by().values_list("role_group", flat=True)
    duties = Duty.objects.within(agency).known_now().current_on(on).order_by().values_list("designation", flat=True)
    return set(groups.distinct()), set(duties.distinct())


def _is_present(rule: Requirement, groups: set[int | None], duties: set[int]) -> bool:
    return rule.designation_id in duties if rule.designation_id else rule.role_group_id in groups


def version_history(requirement: Requirement) -> list[RequirementVersion]:
    """Every version that was ever on record, as known now first: nothing is taken away."""
    return sorted(
        requirement.versions.all(), key=lambda row: (row.replaced_at is not None, -row.starts_on.toordinal(), -row.pk)
    )


def pure(row: RequirementVersion) -> RuleVersion:
    """A stored version as the pure rules want it."""
    return rule_version(row, module=row.requirement.module_id, refreshers=refreshers_of(row.requirement.module))


def state_of_rule(requirement: Requirement) -> str:
    """What the rule was last changed by: a preview is good only while it stays the same."""
    rows = RequirementVersion.objects.filter(requirement__module=requirement.module_id).known_now()
    known = ",".join(str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True))
    return sha256(known.encode()).hexdigest()[:16]


def audience_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Role groups and designations, for a form."""
    groups = [(f"r{group.pk}", group.title) for group in RoleGroup.objects.all()]
    duties = [(f"d{duty.pk}", duty.title) for duty in Designation.objects.all()]
    return [("Role groups", groups), ("Duties", duties)]


def waiting(agency: Agency, access: Access) -> int:
    """How many requests of others for more time wait for this one of the agency's HR."""
    return ExtensionRequest.objects.within(agency).waiting().of_others(access).count()


def proposals_waiting(partnership: Partnership) -> int:
    """How many proposals of agencies wait for the partnership."""
    rows = RuleProposal.objects.waiting().filter(requirement__module__pathway__partnership=partnership)
    return rows.count()
