"""What the pathway asks of whom: rules in dated versions, an agency's own in the place of the general one."""

from dataclasses import dataclass, replace
from datetime import date

from .bundle import number, run
from .days import is_in, shared, without

NUMBERS = (
    *("validity_months", "window_days", "window_months", "fixed_month", "fixed_day", "minimum_life_months"),
    *("grace_days", "induction_days", "attendance_count", "attendance_months", "rolling_hours", "rolling_months"),
)


@dataclass(frozen=True)
class Version:
    """What a rule says from a day to a day."""

    first: date
    last: date
    kind: str
    basis: str
    validity_months: int | None
    window_days: int
    window_months: int
    fixed_month: int | None
    fixed_day: int | None
    minimum_life_months: int
    grace_days: int
    induction_days: int
    attendance_count: int
    attendance_months: int
    rolling_hours: int
    rolling_months: int


@dataclass(frozen=True)
class Rule:
    """Whom a rule asks for which module. `names`: its own, and those of agencies' rules put in its place."""

    name: str
    module: str
    role_group: str
    designation: str
    agency: str
    agency_kind: str
    versions: tuple
    names: tuple

    @property
    def audience(self):
        """Whom it is for, and for what."""
        return self.module, self.role_group, self.designation


@dataclass(frozen=True)
class Module:
    """A module, and the shorter ones that renew it."""

    code: str
    tier: str
    topics: tuple
    families: tuple
    minutes: int
    refreshers: tuple


class Rules:
    """All rules of the pathway, asked by agency."""

    def __init__(self, bundle):
        self.kinds = bundle.kinds
        self.modules = _modules(bundle)
        versions = {}
        for row in bundle.rows("requirement_versions"):
            said = {name: number(row[name]) for name in NUMBERS}
            version = Version(*run(row), row["kind"], row["basis"], **said)
            versions.setdefault(row["requirement"], []).append(version)
        self.rules = [
            Rule(
                row["requirement"],
                row["module"],
                row["role_group"],
                row["designation"],
                row["agency"],
                row["agency_kind"],
                tuple(versions[row["requirement"]]),
                (row["requirement"],),
            )
            for row in bundle.rows("requirements")
            if row["requirement"] in versions
        ]
        self.links = [
            (row["lender"], row["borrower"], number(row["months"]), run(row)) for row in bundle.rows("satisfies")
        ]
        self._of = {}

    def of(self, agency):
        """The rules that may fall on posts of an agency, by kind of job, and by duty."""
        if agency not in self._of:
            by_job, by_duty = {}, {}
            for rule in _with_own(self._meant_for(agency)):
                place = (by_duty, rule.designation) if rule.designation else (by_job, rule.role_group)
                place[0].setdefault(place[1], []).append(rule)
            self._of[agency] = by_job, by_duty
        return self._of[agency]

    def _meant_for(self, agency):
        kind = self.kinds[agency]
        return [each for each in self.rules if each.agency in ("", agency) and each.agency_kind in ("", kind)]

    def lent(self, module, lender, on):
        """For how many months a completion of the lender on a day counts as the module; None where it does not.

        Done before there was a link, the first one serves. A pair, since a link for good has no months.
        """
        links = [(months, days) for one, other, months, days in self.links if (one, other) == (lender, module)]
        running = [months for months, days in links if is_in(on, days)]
        if running:
            return (running[-1],)
        return (links[0][0],) if links and on < links[0][1][0] else None

    def lenders(self, module):
        """The modules that satisfy this one."""
        return dict.fromkeys(lender for lender, borrower, _, _ in self.links if borrower == module)


def _modules(bundle):
    rows = list(bundle.rows("modules"))
    return {
        row["module"]: Module(
            row["module"],
            row["tier"],
            tuple(row["topics"].split()),
            tuple(row["families"].split()),
            int(row["minutes"]),
            tuple(other["module"] for other in rows if other["refreshes"] == row["module"]),
        )
        for row in rows
    }


def _with_own(rules):
    """On the days on which an agency's own rule runs, it stands in the place of the general one for the same people.

    It goes by the general one's name, so that nobody's induction starts afresh.
    """
    own = {}
    for rule in rules:
        if rule.agency:
            own.setdefault(rule.audience, []).append(rule)
    general = [rule for rule in rules if not rule.agency]
    found = [_laid_over(rule, own.get(rule.audience, [])) for rule in general]
    audiences = {rule.audience for rule in general}
    return found + [rule for audience, rules in own.items() if audience not in audiences for rule in rules]


def _laid_over(rule, own):
    versions = [version for each in own for version in each.versions]
    taken = [(version.first, version.last) for version in versions]
    for version in rule.versions:
        for first, last in without((version.first, version.last), taken):
            versions.append(replace(version, first=first, last=last))
    names = (rule.name, *(each.name for each in own))
    return replace(rule, versions=tuple(sorted(versions, key=lambda each: each.first)), names=names)


def days_asked(rule, versions, post, memberships):
    """The runs of days on which these versions of a rule fall on a post: by its job, its duties, its agency's place."""
    for term in post.terms:
        if rule.role_group and rule.role_group != term.role_group:
            continue
        duties = [duty.days for duty in post.duties if duty.designation == rule.designation]
        for held in duties if rule.designation else [term.days]:
            for version in versions:
                for member in memberships:
                    days = shared(term.days, held, (version.first, version.last), member)
                    if days:
                        yield days
