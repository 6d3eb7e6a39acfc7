"""What a strategy pack and an indicator hold, as frozen rows. How they are read stands in `pack_reader.py`."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, PositiveInt, StringConstraints, model_validator

from training.pathways.catalogue import Code, Text, Topic
from training.pathways.marked_yaml import Row
from training.people.kinds import AgencyKind, LocalityKind


def _written(pattern: str, words: str) -> AfterValidator:
    """That a text is written in one way, which is told in words where it is not."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"'{text[:40]}' should be written with {words}")
        return text

    return AfterValidator(check)


PACK_ID = _written(r"[a-z][a-z0-9-]*", "small letters, digits and hyphens, a letter first")
REF = _written(r"[A-Za-z0-9][A-Za-z0-9.-]*", "letters, digits, dots and hyphens alone")
PackId = Annotated[str, StringConstraints(max_length=60), PACK_ID]
Ref = Annotated[str, StringConstraints(max_length=20), REF]
Title = Annotated[str, StringConstraints(min_length=1, max_length=160, strip_whitespace=True)]
Cited = Annotated[str, StringConstraints(max_length=60)]
OnsCode = Annotated[str, _written(r"[A-Z][0-9]{8}", "a capital letter and eight digits, as ONS codes are")]
ServiceKind = Annotated[str, StringConstraints(max_length=60), _written(r"[a-z][a-z_]*", "small letters and _ alone")]
NamedIndicator = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Year = Annotated[int, Field(ge=1990, le=2100)]
LARGEST_TARGET = 1_000_000_000


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


class Owner(StrEnum):
    """The role that answers for a figure, by its code in `training.access.roles`."""

    PARTNERSHIP = "partnership_coordinator"
    CHAMPIONS = "champion_coordinator"
    AGENCY = "agency_hr"
    CONTENT = "content_author"


class Measure(Row):
    """Whom and which modules a coverage counts; empty, everyone and every module required of them."""

    tier: str | None = None
    module_family: str | None = None
    role_family: str | None = None
    role_group: Code | None = None
    each_topic: bool = False


class Indicator(Row):
    code: Code
    title: Title
    unit: Unit
    good: Direction
    source: Source
    collected: bool
    frequency: Frequency
    owner: Owner
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


class OwnIndicatorKind(StrEnum):
    """What an indicator of a strategy's own framework looks at: what is done, or what changes."""

    PROCESS = "process"
    IMPACT = "impact"


class OwnIndicator(Row):
    """A sign that the strategy itself looks for. It is told, never counted here: what counts are the indicators."""

    ref: Ref
    kind: OwnIndicatorKind
    title: Title
    evidence: Evidence


class Outcome(Row):
    ref: Ref
    title: Title
    evidence: Evidence
    indicators: tuple[NamedIndicator, ...]
    nice: Cited = ""
    source: Cited = ""
    own_indicators: tuple[OwnIndicator, ...] = ()


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

    indicator: NamedIndicator
    value: Annotated[int, Field(ge=0, le=LARGEST_TARGET)]
    note: Annotated[str, StringConstraints(max_length=300)] = ""


class PackLocality(Row):
    name: Title
    kind: LocalityKind
    code: OnsCode | None


class Commitment(StrEnum):
    """What an agency has confirmed about a strategy. Only the first two are published."""

    ADOPTED = "adopted"
    SUPPORTING = "supporting"
    PENDING = "pending"


class PackAgency(Row):
    name: Title
    kind: AgencyKind
    commitment: Commitment = Commitment.PENDING
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


class Succeeds(Row):
    """The strategy that this one follows, and for outcomes of this one, the earlier ones that they carry on."""

    pack: PackId
    outcomes: dict[Ref, tuple[Ref, ...]]


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
    succeeds: Succeeds | None = None
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
