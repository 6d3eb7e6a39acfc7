"""Strategy packs and the indicators they name, read strictly from files.

Pure: a file in, a frozen `Pack` out. What does not hang together is refused by line.
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, PositiveInt, StringConstraints, model_validator

from training.pathways.catalogue import Code, Text, Topic
from training.pathways.marked_yaml import Fault, FileError, Place, Row, read_marked, repeated
from training.people.kinds import AgencyKind, LocalityKind

PACKS = Path(__file__).parent / "packs"
INDICATORS = Path(__file__).parent / "data" / "indicators.yaml"

PackId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Ref = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$", max_length=20)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=160, strip_whitespace=True)]
Cited = Annotated[str, StringConstraints(max_length=60)]
OnsCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{8}$")]
ServiceKind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
Year = Annotated[int, Field(ge=1990, le=2100)]


class PackError(FileError):
    """A pack, or the list of indicators, that cannot be used."""


class Unit(StrEnum):
    PERCENT = "percent"
    COUNT = "count"
    SCORE = "score"
    RATIO = "ratio"


class Direction(StrEnum):
    """Which way is welcome."""

    UP = "up"
    DOWN = "down"
    AMBIGUOUS = "ambiguous"


class Source(StrEnum):
    """Where a figure comes from."""

    COMPUTED = "computed"
    IMPORTED = "imported"
    DECLARED = "declared"
    MANUAL = "manual"


class Frequency(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Measure(Row):
    """Whom and which modules a coverage counts; empty, everyone and every module required of them."""

    tier: str | None = None
    module_family: str | None = None
    role_family: str | None = None
    role_groups: tuple[Code, ...] = ()
    each_topic: bool = False


class Indicator(Row):
    code: Code
    title: Title
    unit: Unit
    good: Direction
    source: Source
    collected: bool
    frequency: Frequency
    formula: Text
    numerator: Text
    denominator: str = ""
    logic: Text
    caution: Text
    suppress_below: PositiveInt | None = None
    measure: Measure | None = None


class Indicators(Row):
    indicators: tuple[Indicator, ...]


class Evidence(StrEnum):
    """How far a training and workforce record can show that an outcome is met."""

    DIRECT = "D"
    INDIRECT = "I"
    NONE = "N"


class Outcome(Row):
    ref: Ref
    title: Title
    evidence: Evidence
    indicators: tuple[Code, ...]
    nice: Cited = ""
    source: Cited = ""


class Objective(Row):
    ref: Ref
    title: Title
    outcomes: tuple[Outcome, ...]


class Priority(Row):
    ref: Ref
    title: Title
    note: str = ""
    objectives: tuple[Objective, ...]


class Principle(Row):
    ref: Ref
    title: Title


class Status(StrEnum):
    DRAFT = "draft"
    CURRENT = "current"
    HISTORIC = "historic"


class Period(Row):
    """The years a strategy runs for, both of them included."""

    from_year: Year = Field(alias="from")
    to_year: Year = Field(alias="to")

    @model_validator(mode="after")
    def _runs_forward(self) -> "Period":
        if self.to_year < self.from_year:
            raise ValueError("the period ends before it begins")
        return self


class Target(Row):
    """The figure a board aims for."""

    indicator: Code
    value: int
    note: Annotated[str, StringConstraints(max_length=300)] = ""


class PackLocality(Row):
    name: Title
    kind: LocalityKind
    code: OnsCode | None


class PackAgency(Row):
    name: Title
    kind: AgencyKind
    aliases: tuple[Text, ...] = ()
    successor: str = ""
    note: str = ""


class Audience(StrEnum):
    VICTIM = "victim"
    PROFESSIONAL = "professional"
    CYP = "cyp"
    PERSON_WHO_HARMS = "person_who_harms"
    PUBLIC = "public"


class Service(Row):
    name: Title
    kind: ServiceKind
    audience: tuple[Audience, ...]
    provider: str = ""
    note: str = ""


class Pack(Row):
    id: PackId
    title: Title
    area: Title
    period: Period
    status: Status
    endorsed: bool
    fictional: bool
    note: Text
    owner_group: Title
    vision: Text
    topics: tuple[Topic, ...]
    principles: tuple[Principle, ...] = ()
    priorities: tuple[Priority, ...]
    targets: tuple[Target, ...] = ()
    localities: tuple[PackLocality, ...]
    agencies: tuple[PackAgency, ...]
    services: tuple[Service, ...]

    @property
    def objectives(self) -> tuple[Objective, ...]:
        return tuple(objective for priority in self.priorities for objective in priority.objectives)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        return tuple(outcome for objective in self.objectives for outcome in objective.outcomes)

    def target(self, indicator: str) -> Target | None:
        return next((target for target in self.targets if target.indicator == indicator), None)


def packaged() -> list[str]:
    """The names of the packs that come with the product."""
    return sorted(path.stem for path in PACKS.glob("*.yaml"))


def read_pack(name_or_path: str | Path) -> Pack:
    """A packaged pack by its name, or one from a file; raises PackError."""
    if str(name_or_path) in packaged():
        return read_marked(PACKS / f"{name_or_path}.yaml", Pack, PackError, _check_pack)
    return read_marked(Path(name_or_path), Pack, PackError, _check_pack)


def read_indicators(path: Path | str | None = None) -> tuple[Indicator, ...]:
    """Every indicator a pack may name; raises PackError."""
    return read_marked(Path(path or INDICATORS), Indicators, PackError, _check_indicators).indicators


@cache
def _known_indicators() -> frozenset[str]:
    return frozenset(indicator.code for indicator in read_indicators())


def _check_indicators(found: Indicators) -> Iterator[Fault]:
    for position, code in repeated(indicator.code for indicator in found.indicators):
        yield ("indicators", position, "code"), f"{code} is used twice"


def _check_pack(pack: Pack) -> Iterator[Fault]:
    rows = list(_placed(pack))
    for level in (Priority, Objective, Outcome):
        of_level = [(place, row) for place, row in rows if isinstance(row, level)]
        for position, ref in repeated(row.ref for _, row in of_level):
            place = of_level[position][0]
            yield (*place, "ref"), f"{ref} is the ref of two {level.__name__.lower()} rows"
    for place, row in rows:
        if isinstance(row, Outcome):
            yield from _outcome_faults(place, row)
    for position, code in repeated(target.indicator for target in pack.targets):
        yield ("targets", position), f"{code} has two targets"
    for position, target in enumerate(pack.targets):
        yield from _unknown(("targets", position, "indicator"), [target.indicator])


def _placed(pack: Pack) -> Iterator[tuple[Place, Priority | Objective | Outcome]]:
    """Every priority, objective and outcome with its place in the file."""
    for p, priority in enumerate(pack.priorities):
        yield ("priorities", p), priority
        for o, objective in enumerate(priority.objectives):
            here = ("priorities", p, "objectives", o)
            yield here, objective
            for n, outcome in enumerate(objective.outcomes):
                yield (*here, "outcomes", n), outcome


def _outcome_faults(place: Place, outcome: Outcome) -> Iterator[Fault]:
    yield from _unknown((*place, "indicators"), outcome.indicators)
    if outcome.evidence is Evidence.NONE and outcome.indicators:
        yield (*place, "indicators"), f"{outcome.ref} has evidence N, so it names no indicator"
    if outcome.evidence is not Evidence.NONE and not outcome.indicators:
        reason = f"{outcome.ref} has evidence {outcome.evidence}, so it names an indicator"
        yield (*place, "indicators"), reason


def _unknown(place: Place, codes: tuple[str, ...] | list[str]) -> Iterator[Fault]:
    for code in codes:
        if code not in _known_indicators():
            yield place, f"there is no indicator {code}"
