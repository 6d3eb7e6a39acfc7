"""Everything a pack holds, in the one shape in which it is counted, frozen and drawn. Pure.

What is written out is canonical: the same contents give the same bytes, and their SHA-256 names them.
"""

import json
from datetime import date, datetime
from hashlib import sha256
from typing import Self

from pydantic import BaseModel, ConfigDict

from .rag import Rating
from .versions import VERSION, as_now

LESS = "Less is better"
AMBIGUOUS = "More can be good or bad"
BETWEEN = "Between the two"


class Row(BaseModel):
    """A frozen part of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def canonical(self) -> str:
        """Its JSON: keys in order, nothing to spare."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> Self:
        """What was written out, and has no version of its own."""
        return cls.model_validate_json(text)


class Versioned(Row):
    """What is stored as a whole, and says in which shape: any release's is read for ever."""

    @classmethod
    def read(cls, text: str) -> Self:
        """What was written out, by this release or an earlier one."""
        return cls.model_validate_json(as_now(text))


def digest_of(text: str) -> str:
    """The hash that names it."""
    return sha256(text.encode()).hexdigest()


class Then(Row):
    """A figure as at an earlier day."""

    on: date
    text: str
    value: float | None
    under: str = ""  # the strategy that stood then, where the line goes back into an earlier one


class Told(Row):
    """One of the figures that an indicator is made of: a topic's, a place's."""

    label: str
    text: str
    numerator: str
    denominator: str


class Line(Row):
    """One indicator as the board may see it, beside its target and what it was before."""

    code: str
    title: str
    text: str
    value: float | None
    counts: str
    parts: tuple[Told, ...]
    target: int | None
    target_text: str
    rating: Rating
    period: str
    said_by: str
    origin: str
    is_of_people: bool
    restated: str = ""  # why another figure stood there before
    silent: tuple[str, ...] = ()  # agencies that told nothing of it
    quarter: Then | None = None
    year: Then | None = None
    trend: tuple[Then, ...] = ()
    across: str = ""  # the earlier strategy into which the trend goes back
    began: date | None = None  # and the first day of the strategy after it


class PublicLine(Row):
    """The same as anyone may see it: rounded, with more hidden, and nothing to compare it with."""

    title: str
    text: str
    counts: str
    has_target: bool
    target_text: str
    rating: Rating
    period: str

    @property
    def summary(self) -> str:
        """The title, the figure and the target on one line."""
        said = f"{self.title}: {self.text[:1].lower() + self.text[1:]}"
        said = f"{said} ({self.counts})" if self.counts else said
        return f"{said} (target: {self.target_text})" if self.has_target else said


class Definition(Row):
    """What an indicator meant when the pack was frozen."""

    code: str
    title: str
    formula: str
    numerator: str
    denominator: str
    logic: str
    caution: str
    welcome: str
    source: str
    owner: str


class OutcomeRow(Row):
    """A promised change: the codes of what evidences it, and how it stands. `carries`: the earlier ones, in words."""

    ref: str
    title: str
    evidence: str
    codes: tuple[str, ...]
    rating: Rating
    public_rating: Rating
    carries: tuple[str, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether training records show anything of it."""
        return self.evidence != "N"


class ObjectiveRow(Row):
    """A step, and its outcomes."""

    ref: str
    title: str
    outcomes: tuple[OutcomeRow, ...]


class PriorityRow(Row):
    """What the strategy puts first."""

    ref: str
    title: str
    objectives: tuple[ObjectiveRow, ...]

    @property
    def outcomes(self) -> tuple[OutcomeRow, ...]:
        """All of them."""
        return tuple(each for objective in self.objectives for each in objective.outcomes)


class StrategyRow(Row):
    """The strategy that figures are held against."""

    pack_id: str
    title: str
    years: str
    note: str
    is_historic: bool
    priorities: tuple[PriorityRow, ...]


class AgencyRow(Row):
    """One agency: whether it reported, and its figures as text, tier by tier. The last row is the whole partnership."""

    code: str
    title: str
    is_silent: bool
    percent: str
    in_date: str
    asked: str
    left_out: str
    tiers: tuple[str, ...]


class DeclaredRow(Row):
    """What one agency declares, as text, beside what is known of it by name: never added up."""

    title: str
    known: str
    left_out: str
    staff: str
    possible: str
    trained: str
    stage: str


class DeclaredPart(Row):
    """What agencies declare for a quarter. `assumed`: how the possible share is reckoned, in words."""

    quarter: str
    rows: tuple[DeclaredRow, ...]
    trained: str
    not_returned: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    assumed: tuple[str, ...]


class Figures(Versioned):
    """What was counted for a pack, and when: as at `as_at`, by what was known at `counted_at`."""

    version: int = VERSION
    partnership: str
    partnership_code: str
    strategy: StrategyRow | None
    as_at: date
    counted_at: datetime
    rule: tuple[str, ...]
    tiers: tuple[str, ...]
    agencies: tuple[AgencyRow, ...]
    declared: DeclaredPart
    lines: dict[str, Line]
    public: dict[str, PublicLine]
    definitions: tuple[Definition, ...]

    @property
    def silent(self) -> tuple[str, ...]:
        """The agencies that did not report."""
        return tuple(each.title for each in self.agencies if each.is_silent)

    @property
    def outcomes(self) -> tuple[OutcomeRow, ...]:
        """All of them, in the strategy's order."""
        return tuple(each for priority in self.priorities for each in priority.outcomes)

    @property
    def priorities(self) -> tuple[PriorityRow, ...]:
        """The strategy's, where there is one."""
        return self.strategy.priorities if self.strategy else ()

    def says_the_same_as(self, other: "Figures") -> bool:
        """Whether both say the same, whenever it was counted."""
        return self == other.model_copy(update={"counted_at": self.counted_at})


class Written(Row):
    """The words of one box. `role`: what the one who wrote it is, not who."""

    about: str
    title: str
    text: str
    role: str


class Contents(Versioned):
    """A whole pack. `without`: boxes that were still empty when it was frozen."""

    figures: Figures
    meeting_on: date
    frozen_at: datetime | None
    narratives: tuple[Written, ...]
    decisions: tuple[str, ...]
    without: tuple[str, ...] = ()

    def words_about(self, about: str) -> Written | None:
        """What was written about something."""
        return next((each for each in self.narratives if each.about == about and each.text), None)


class Difference(Row):
    """A figure that comes out otherwise now. Where it moved by few people, `after` does not say to what."""

    place: str
    what: str
    before: str
    after: str


class Cause(Row):
    """What became known since of an agency whose figures moved, and how often: few are not told apart."""

    agency: str
    what: str
    count: str


class Restated(Versioned):
    """A frozen pack's figures counted again, as known later."""

    version: int = VERSION
    partnership: str
    of: str
    meeting_on: date
    as_at: date
    frozen_as_known_at: datetime
    known_at: datetime
    differences: tuple[Difference, ...]
    causes: tuple[Cause, ...]
