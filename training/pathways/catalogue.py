"""The catalogue a pathway starts from: tiers, modules, role groups and designations, read strictly.

Pure: a file in, a frozen `Catalogue` out. What does not hang together is refused by line.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, NonNegativeInt, PositiveInt, StringConstraints

from training.pathways.marked_yaml import (
    Fault,
    FileError,
    Place,
    Row,
    read_marked,
    repeated,
)

DEFAULT = Path(__file__).parent / "data" / "catalogue.yaml"

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
ModuleCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,6}-[A-Z][0-9]{1,2}$")]
RoleFamilyCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
SocCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
NiceLevel = Annotated[int, Field(ge=1, le=4)]


class CatalogueError(FileError):
    """A catalogue that cannot be used."""


class Topic(StrEnum):
    DOMESTIC_ABUSE = "domestic_abuse"
    STALKING = "stalking"
    HONOUR_BASED_VIOLENCE = "honour_based_violence"
    FORCED_MARRIAGE = "forced_marriage"
    CHILD_TO_PARENT_ABUSE = "child_to_parent_abuse"


class Mode(StrEnum):
    ONLINE = "online"
    VIRTUAL = "virtual"
    IN_PERSON = "in_person"
    EXTERNAL = "external"


class Kind(StrEnum):
    """How a module, once asked for, is satisfied."""

    ONCE = "once"
    EXPIRING = "expiring"
    ATTENDANCE = "attendance"
    ROLLING_HOURS = "rolling_hours"
    TRIGGERED = "triggered"


class Basis(StrEnum):
    """From which day a renewed period runs."""

    FROM_COMPLETION = "from_completion"
    FROM_OLD_END = "from_old_end"
    FIXED_DATE = "fixed_date"


class Defaults(Row):
    window_days: PositiveInt
    basis: Basis
    first_modules: tuple[ModuleCode, ...]


class Tier(Row):
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
    name: Text
    nice: str
    induction_days: PositiveInt
    who: Text
    sentence: Text


class ModuleFamily(Row):
    code: Code
    title: Text


class RoleFamily(Row):
    code: RoleFamilyCode
    title: Text


class Attendance(Row):
    """So many meetings in any run of so many months."""

    meetings: PositiveInt
    months: PositiveInt


class Hours(Row):
    """So many hours of the module and its refreshers in any run of so many months."""

    hours: PositiveInt
    months: PositiveInt


class Satisfies(Row):
    """A module that this one stands in for, for so many months or for good."""

    module: ModuleCode
    months: PositiveInt | None = None


class Module(Row):
    code: ModuleCode
    title: Text
    summary: Text
    tier: str
    minutes: NonNegativeInt
    modes: tuple[Mode, ...]
    prerequisites: tuple[ModuleCode, ...]
    kind: Kind
    refresh_months: NonNegativeInt
    topics: tuple[Topic, ...]
    families: tuple[str, ...]
    nice_level: NiceLevel | None
    nice_refs: str
    outcomes: tuple[Text, ...]
    refreshes: ModuleCode | None = None
    satisfies: tuple[Satisfies, ...] = ()
    attendance: Attendance | None = None
    rolling: Hours | None = None
    trigger_days: PositiveInt | None = None

    @property
    def neutral_title(self) -> str:
        """For calendars, mail and file names, which others may see."""
        return f"Module {self.code.partition('-')[2]}"


class RoleGroup(Row):
    code: Code
    title: Text
    family: str
    nice_level: NiceLevel | None
    induction_days: PositiveInt | None
    required: tuple[ModuleCode, ...]
    conditional: tuple[ModuleCode, ...] = ()
    recommended: tuple[ModuleCode, ...] = ()
    soc: tuple[SocCode, ...] = ()
    note: str = ""
    equivalence_note: str = ""
    switched_on: bool = False


class Designation(Row):
    code: Code
    title: Text
    reason: Text
    adds: tuple[ModuleCode, ...]
    agreed_by: tuple[Text, ...] = ()


Coded = Tier | ModuleFamily | RoleFamily | Module | RoleGroup | Designation


class Catalogue(Row):
    title: Text
    version: Text
    defaults: Defaults
    tiers: tuple[Tier, ...]
    module_families: tuple[ModuleFamily, ...]
    role_families: tuple[RoleFamily, ...]
    modules: tuple[Module, ...]
    role_groups: tuple[RoleGroup, ...]
    designations: tuple[Designation, ...]

    def tier(self, code: str) -> Tier:
        return next(tier for tier in self.tiers if tier.code == code)

    def module(self, code: str) -> Module:
        return next(module for module in self.modules if module.code == code)

    def role_group(self, code: str) -> RoleGroup:
        return next(group for group in self.role_groups if group.code == code)

    def designation(self, code: str) -> Designation:
        return next(duty for duty in self.designations if duty.code == code)

    def induction_days(self, module: Module, group: RoleGroup | None = None) -> int:
        """Days from the start of a post (or of a duty) until a first completion is due."""
        if group and group.induction_days and module.code in self.defaults.first_modules:
            return group.induction_days
        return self.tier(module.tier).induction_days

    def required_minutes(self, group: RoleGroup) -> int:
        """The dose: how long a role group's required modules take, the first time round."""
        return sum(self.module(code).minutes for code in group.required)


def read_catalogue(path: Path | str | None = None) -> Catalogue:
    """The catalogue at `path`, or the one that comes with the product; raises CatalogueError."""
    return read_marked(Path(path or DEFAULT), Catalogue, CatalogueError, _check)


def _check(catalogue: Catalogue) -> Iterator[Fault]:
    yield from _repeated_codes(catalogue)
    yield from _unknown_codes(catalogue)
    for position, module in enumerate(catalogue.modules):
        for field, reason in _kind_faults(module):
            yield ("modules", position, field), f"{module.code}: {reason}"
    for position, group in enumerate(catalogue.role_groups):
        if group.required and group.induction_days is None:
            place = ("role_groups", position, "induction_days")
            yield place, f"{group.code} requires modules, so it needs induction_days"


def _repeated_codes(catalogue: Catalogue) -> Iterator[Fault]:
    lists: dict[str, tuple[Coded, ...]]
    lists = {
        "tiers": catalogue.tiers,
        "module_families": catalogue.module_families,
        "role_families": catalogue.role_families,
        "modules": catalogue.modules,
        "role_groups": catalogue.role_groups,
        "designations": catalogue.designations,
    }
    for name, rows in lists.items():
        for position, code in repeated(row.code for row in rows):
            yield (name, position, "code"), f"{code} is used twice in {name}"


def _unknown_codes(catalogue: Catalogue) -> Iterator[Fault]:
    known = {
        "module": {module.code for module in catalogue.modules},
        "tier": {tier.code for tier in catalogue.tiers},
        "module family": {family.code for family in catalogue.module_families},
        "role family": {family.code for family in catalogue.role_families},
    }
    for place, kind, codes in _references(catalogue):
        for code in codes:
            if code not in known[kind]:
                yield place, f"there is no {kind} {code}"


def _references(catalogue: Catalogue) -> Iterator[tuple[Place, str, Iterable[str]]]:
    """Each place that names a code elsewhere: where, of what kind, and which."""
    yield ("defaults", "first_modules"), "module", catalogue.defaults.first_modules
    for position, module in enumerate(catalogue.modules):
        here = ("modules", position)
        yield (*here, "tier"), "tier", [module.tier]
        yield (*here, "families"), "module family", module.families
        yield (*here, "prerequisites"), "module", module.prerequisites
        yield (*here, "satisfies"), "module", [each.module for each in module.satisfies]
        if module.refreshes:
            yield (*here, "refreshes"), "module", [module.refreshes]
    for position, group in enumerate(catalogue.role_groups):
        here = ("role_groups", position)
        yield (*here, "family"), "role family", [group.family]
        yield (*here, "required"), "module", group.required
        yield (*here, "conditional"), "module", group.conditional
        yield (*here, "recommended"), "module", group.recommended
    for position, duty in enumerate(catalogue.designations):
        yield ("designations", position, "adds"), "module", duty.adds


def _kind_faults(module: Module) -> Iterator[tuple[str, str]]:
    expires = module.kind is Kind.EXPIRING
    if expires != (module.refresh_months > 0):
        yield "refresh_months", "an expiring module has refresh_months, any other has 0"
    if (module.kind is Kind.ATTENDANCE) != (module.attendance is not None):
        yield "attendance", "attendance belongs to the kind attendance, and only there"
    if (module.kind is Kind.ROLLING_HOURS) != (module.rolling is not None):
        yield "rolling", "rolling belongs to the kind rolling_hours, and only there"
    if (module.kind is Kind.TRIGGERED) != (module.trigger_days is not None):
        yield (
            "trigger_days",
            "trigger_days belongs to the kind triggered, and only there",
        )
    if module.code in (module.refreshes, *module.prerequisites):
        yield "code", "a module cannot lead to itself"
