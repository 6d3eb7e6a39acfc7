"""The rules of every partnership as known at a moment, ready to be asked what falls on an agency."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from training.access.prepared import PreparedRead
from training.audit.former import former_values
from training.people.models import Membership

from .models import Equivalence, Module, RequirementVersion, RuleStamp, Satisfies
from .rules import Basis, Id, Kind, Rule, RuleVersion
from .spans import FOR_GOOD, Span, joined, outside, span

RULE_FIELDS = (
    "ends_on",
    "validity_months",
    "window_days",
    "window_months",
    "fixed_month",
    "fixed_day",
    "minimum_life_months",
    "grace_days",
    "induction_days",
    "attendance_count",
    "attendance_months",
    "rolling_hours",
    "rolling_months",
)
"""What a RequirementVersion and a RuleVersion name alike, besides kind, basis and first day."""

VERSION = ("requirement_id", "starts_on", "kind", "basis", *RULE_FIELDS)
REQUIREMENT = tuple(
    f"requirement__{name}"
    for name in (
        "module_id",
        "role_group_id",
        "designation_id",
        "agency_id",
        "agency_kind",
        "module__pathway__partnership_id",
    )
)


@dataclass(frozen=True, slots=True)
class Link:
    """Who completed the lender is taken to hold the borrower, for so many months or for good."""

    lender: int
    borrower: int
    months: int | None
    days: Span


@dataclass(frozen=True, slots=True)
class PartnershipRule:
    """A rule with the partnership whose pathway it belongs to."""

    partnership: int
    rule: Rule


@dataclass
class Rulebook:
    """What was asked of whom. `members`: the days on which an agency was in a partnership.

    `rules_for` is remembered by agency, so that equal posts share equal rules.
    """

    rules: tuple[PartnershipRule, ...]
    members: dict[int, dict[int, tuple[Span, ...]]]
    links: dict[int, tuple[Link, ...]]
    maximum_ages: dict[str, int | None]
    refreshers: dict[int, tuple[int, ...]]
    _by_agency: dict[tuple[int, str], tuple[PartnershipRule, ...]] = field(default_factory=dict, compare=False)

    @cached_property
    def triggered(self) -> frozenset[Id]:
        """The requirements that an event sets going, some time or other."""
        return frozenset(
            version.requirement
            for each in self.rules
            for version in each.rule.versions
            if version.kind is Kind.TRIGGERED
        )

    def rules_for(self, agency: int, agency_kind: str) -> tuple[PartnershipRule, ...]:
        """The rules that may fall on posts of this agency, its own put in the place of its partnerships'."""
        key = (agency, agency_kind)
        if key not in self._by_agency:
            partnerships = self.members.get(agency, {})
            meant = [
                each
                for each in self.rules
                if each.partnership in partnerships
                and each.rule.agency in (None, agency)
                and each.rule.agency_kind in (None, agency_kind)
            ]
            self._by_agency[key] = tuple(_with_own(meant))
        return self._by_agency[key]

    def link_for(self, lender: int, borrower: int, completed_on: date) -> Link | None:
        """The link that lends what was completed on this day; before the first began, the first (core rule 11.19)."""
        links = [link for link in self.links.get(borrower, ()) if link.lender == lender]
        running = [link for link in links if completed_on in link.days]
        if running:
            return running[-1]
        return links[0] if links and completed_on < links[0].days.first else None


@dataclass(frozen=True, slots=True)
class Audience:
    """Whose rules are wanted: what certain posts are or were, and at which agencies."""

    agencies: frozenset[int]
    role_groups: frozenset[int]
    designations: frozenset[int]


_kept: list[tuple[str, Rulebook]] = []


def rulebook_now() -> Rulebook:
    """The rules as now known: read again only once somebody has written a rule, in this process or in any other.

    One query. To be read, never changed: everybody in this process is given the same one.
    """
    stamp = next((said for (said,) in _stamp()), "")
    kept = _kept[0] if _kept else None
    if kept is not None and kept[0] == stamp:
        return kept[1]
    book = read_rulebook()
    if stamp:
        _kept[:] = [(stamp, book)]  # another thread may have put its own there meanwhile: what is answered is this one
    return book


@PreparedRead
def _stamp() -> QuerySet[RuleStamp, tuple[str]]:
    return RuleStamp.objects.values_list("stamp")


def read_rulebook(*, known_at: datetime | None = None, audience: Audience | None = None) -> Rulebook:
    """The rules as known at a moment, or as known now: all, or those that may fall on an audience. Five queries."""
    refreshers = _refreshers(known_at)
    return Rulebook(
        rules=tuple(_rules(known_at, refreshers, audience)),
        members=_members(known_at, audience),
        links=_links(known_at),
        maximum_ages={
            f"equivalence:{pk}": months for pk, months in Equivalence.objects.values_list("pk", "maximum_age_months")
        },
        refreshers=refreshers,
    )


def rule_version(row: RequirementVersion, *, module: int, refreshers: tuple[Id, ...]) -> RuleVersion:
    """A stored version as the pure rules want it."""
    return _version(row.requirement_id, module, refreshers, {name: getattr(row, name) for name in VERSION})


def refreshers_of(module: Module) -> tuple[int, ...]:
    """The modules that renew this one."""
    return tuple(module.refreshers.order_by("pk").values_list("pk", flat=True))


def _refreshers(known_at: datetime | None) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    former = former_values(Module, "refreshes_id", known_at)
    for pk, refreshed_now in Module.objects.order_by("pk").values_list("pk", "refreshes_id"):
        refreshed = former.get(pk, refreshed_now)
        if refreshed is not None:
            found[refreshed] = (*found.get(refreshed, ()), pk)
    return found


def _rules(
    known_at: datetime | None, refreshers: dict[int, tuple[int, ...]], audience: Audience | None
) -> Iterator[PartnershipRule]:
    rows = RequirementVersion.objects.known_at(known_at) if known_at else RequirementVersion.objects.known_now()
    if audience is not None:
        rows = rows.filter(
            Q(requirement__role_group__in=audience.role_groups) | Q(requirement__designation__in=audience.designations)
        )
    # Plain values: model instances with the rows they hang on take three times as long.
    ordered = rows.order_by("requirement_id", "starts_on", "id").values(*VERSION, *REQUIREMENT)
    for pk, group in groupby(ordered, key=lambda row: row["requirement_id"]):
        versions = list(group)
        of = versions[0]
        module = of["requirement__module_id"]
        rule = Rule(
            requirement=pk,
            module=module,
            versions=tuple(_version(pk, module, refreshers.get(module, ()), row) for row in versions),
            role_group=of["requirement__role_group_id"],
            designation=of["requirement__designation_id"],
            agency=of["requirement__agency_id"],
            agency_kind=of["requirement__agency_kind"] or None,
        )
        yield PartnershipRule(of["requirement__module__pathway__partnership_id"], rule)


def _version(requirement: int, module: int, refreshers: tuple[Id, ...], said: dict[str, Any]) -> RuleVersion:
    return RuleVersion(
        requirement=requirement,
        module=module,
        starts_on=said["starts_on"],
        kind=Kind(said["kind"]),
        basis=Basis(said["basis"]),
        refreshers=refreshers,
        **{name: said[name] for name in RULE_FIELDS},
    )


def _members(known_at: datetime | None, audience: Audience | None) -> dict[int, dict[int, tuple[Span, ...]]]:
    rows = Membership.objects.known_at(known_at) if known_at else Membership.objects.known_now()
    if audience is not None:
        rows = rows.filter(agency__in=audience.agencies)
    found: dict[int, dict[int, list[Span]]] = {}
    for agency, partnership, starts_on, ends_on in rows.values_list("agency", "partnership", "starts_on", "ends_on"):
        found.setdefault(agency, {}).setdefault(partnership, []).append(span(starts_on, ends_on))
    return {
        agency: {partnership: joined(spans) for partnership, spans in partnerships.items()}
        for agency, partnerships in found.items()
    }


def _links(known_at: datetime | None) -> dict[int, tuple[Link, ...]]:
    rows = Satisfies.objects.known_at(known_at) if known_at else Satisfies.objects.known_now()
    found: dict[int, tuple[Link, ...]] = {}
    names = ("lender", "borrower", "months", "starts_on", "ends_on")
    for lender, borrower, months, starts_on, ends_on in rows.order_by("starts_on", "id").values_list(*names):
        link = Link(lender, borrower, months, span(starts_on, ends_on))
        found[borrower] = (*found.get(borrower, ()), link)
    return found


def _with_own(rules: Iterable[PartnershipRule]) -> Iterator[PartnershipRule]:
    """An agency's own rule takes the place of its partnership's for the same people, on the days it runs."""
    by_audience: dict[tuple[object, ...], list[PartnershipRule]] = {}
    for each in rules:
        key = (each.partnership, each.rule.module, each.rule.role_group, each.rule.designation)
        by_audience.setdefault(key, []).append(each)
    for group in by_audience.values():
        own = [each for each in group if each.rule.agency is not None]
        if not own:  # nearly always
            yield from group
            continue
        for each in group:
            if each.rule.agency is None:
                yield PartnershipRule(each.partnership, overlaid(each.rule, [it.rule for it in own]))
        if len(own) == len(group):
            yield from own


def overlaid(rule: Rule, own: Iterable[Rule]) -> Rule:
    """The rule with the versions of an agency's own rules laid over its versions, under the rule's own name.

    One name means one obligation: it goes on when the agency's version begins, and no induction starts afresh.
    """
    own = tuple(own)
    taken = [version for each in own for version in each.versions]
    if not taken:
        return rule
    covered = joined(span(version.starts_on, version.ends_on) for version in taken)
    left = [piece for version in rule.versions for piece in _outside(version, covered)]
    laid = [replace(version, requirement=rule.requirement) for version in taken]
    versions = tuple(sorted([*left, *laid], key=lambda version: version.starts_on))
    return replace(rule, versions=versions, laid_over=tuple(each.requirement for each in own))


def _outside(version: RuleVersion, covered: Iterable[Span]) -> Iterator[RuleVersion]:
    """The version cut to the days that nothing covers."""
    for days in outside(span(version.starts_on, version.ends_on), covered):
        yield replace(version, starts_on=days.first, ends_on=None if days.last == FOR_GOOD else days.last)
