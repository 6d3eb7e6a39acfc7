"""An agency's own returns, as its HR and its lead see them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from training.access.clock import london_date
from training.ledger.models import Completion
from training.people.models import Agency, Membership, Partnership
from training.returns.models import AgencyReturn, ReturnLine, ReturnVersion
from training.returns.quarters import Quarter

from .asked import Terms, terms_of
from .bounds import bounds_of

QUARTERS_SHOWN = 12


class Stage(StrEnum):
    """Where a return stands."""

    MISSING = "Not begun"
    FILLING = "Being filled in"
    SENT_BACK = "Sent back"
    TO_SIGN = "Waits to be signed"
    SIGNED = "Signed"


@dataclass(frozen=True, slots=True)
class Standing:
    """One quarter's return: what holds, what is being made, and when it was due."""

    quarter: Quarter
    due_on: date
    of: AgencyReturn | None = None
    holding: ReturnVersion | None = None
    making: ReturnVersion | None = None
    sent_back: ReturnVersion | None = None
    first_signed_at: datetime | None = None

    @property
    def stage(self) -> Stage:
        """In one word."""
        if self.of is None:
            return Stage.MISSING
        if self.making and self.making.handed_over_at:
            return Stage.TO_SIGN
        if self.holding:
            return Stage.SIGNED
        return Stage.SENT_BACK if self.sent_back else Stage.FILLING

    @property
    def was_on_time(self) -> bool:
        """Whether it holds, and was first signed by the day it was due."""
        first = self.first_signed_at
        return bool(self.holding and first and london_date(first) <= self.due_on)

    def is_late(self, on: date) -> bool:
        """Whether nothing holds although it was due."""
        return self.holding is None and on > self.due_on


def standing_of(quarter: Quarter, due_on: date, of: AgencyReturn | None, versions: list[ReturnVersion]) -> Standing:
    """A standing from the versions of a return, in the order in which they were begun."""
    current = [row for row in versions if row.replaced_at is None]
    holding = next((row for row in current if row.signed_at), None)
    back = [row for row in versions if row.sent_back_reason]
    return Standing(
        quarter,
        due_on,
        of,
        holding,
        next((row for row in current if not row.signed_at), None),
        back[-1] if back and not holding else None,
        min((row.signed_at for row in versions if row.signed_at), default=None),
    )


def own_returns(agency: Agency, partnership: Partnership, *, on: date) -> list[Standing]:
    """The agency's returns of the last three years, the last quarter first. Four queries."""
    terms = terms_of(partnership)
    places = list(Membership.objects.known_now().filter(agency=agency, partnership=partnership))
    quarters = [
        each
        for each in terms.quarters(on)
        if any(row.starts_on <= each.ends_on and (not row.ends_on or row.ends_on >= each.ends_on) for row in places)
    ]
    return _standings(agency, partnership, quarters[:QUARTERS_SHOWN], terms)


def own_return(agency: Agency, partnership: Partnership, quarter: Quarter) -> Standing:
    """The agency's return for one quarter."""
    return _standings(agency, partnership, [quarter], terms_of(partnership))[0]


def _standings(agency: Agency, partnership: Partnership, quarters: list[Quarter], terms: Terms) -> list[Standing]:
    rows = AgencyReturn.objects.filter(
        agency=agency, partnership=partnership, quarter_on__in=[each.starts_on for each in quarters]
    )
    found = {row.quarter: row for row in rows.select_related("agency", "partnership")}
    versions = versions_of(found.values())
    return [
        standing_of(each, terms.due_on(each), of := found.get(each), versions[of.pk] if of else []) for each in quarters
    ]


def versions_of(rows: Iterable[AgencyReturn]) -> defaultdict[int, list[ReturnVersion]]:
    """Every version of each of these returns, in the order in which they were begun. One query."""
    found: defaultdict[int, list[ReturnVersion]] = defaultdict(list)
    for version in ReturnVersion.objects.filter(of__in=list(rows)).order_by("recorded_at", "pk"):
        found[version.of_id].append(version)
    return found


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line with what it is held against: the head-count, who is recorded by name, and the last quarter's number."""

    line: ReturnLine
    head_count: int | None
    by_name: int
    before: int | None

    @property
    def is_doubtful(self) -> bool:
        """Whether those declared and those recorded by name are together more than there are."""
        trained = self.line.trained
        return bool(trained and self.head_count is not None and trained + self.by_name > self.head_count)


def lines_shown(of: AgencyReturn, version: ReturnVersion) -> list[LineShown]:
    """The lines of a version. A number of queries that does not grow with them."""
    bounds = bounds_of(of.agency, of.quarter)
    named = recorded_by_name(of.agency, of.quarter)
    before = _before(of)
    found = []
    for line in version.lines.select_related("role_group", "module"):
        key = (line.role_group.code, line.module_id)
        most = bounds.of(line.role_group)
        found.append(LineShown(line, most.people if most else None, named[key], before.get(key)))
    return found


def recorded_by_name(agency: Agency, quarter: Quarter) -> Counter[tuple[str, int]]:
    """How many people of a role group have a completion of a module in the quarter, by name and at this agency."""
    rows = Completion.objects.everywhere(reason="counted beside what the agency declares").standing()
    rows = rows.filter(agency=agency, completed_on__range=(quarter.starts_on, quarter.ends_on)).order_by()
    return Counter(
        (code, module) for code, module, _ in rows.values_list("role_group_code", "module_id", "person_id").distinct()
    )


def _before(of: AgencyReturn) -> dict[tuple[str, int], int | None]:
    """What the return of the quarter before says, where one holds."""
    lines = ReturnLine.objects.filter(
        version__in=ReturnVersion.objects.in_force().filter(
            of__agency=of.agency, of__partnership=of.partnership, of__quarter_on=of.quarter.back().starts_on
        )
    )
    return {(line.role_group.code, line.module_id): line.trained for line in lines.select_related("role_group")}


@dataclass(frozen=True, slots=True)
class Change:
    """A number of a signed return that a later version says otherwise; None where there was, or is, no line."""

    role_group: str
    module: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Restatement:
    """That a signed return was put right: when, why, what changed, and whether the quarter was closed by then."""

    signed_at: datetime
    why: str
    changes: tuple[Change, ...]
    is_after_closing: bool


def restatements(of: AgencyReturn, closed_at: datetime | None) -> list[Restatement]:
    """Every later signing, the first left out, in the order of time."""
    signed = of.versions.filter(signed_at__isnull=False).order_by("signed_at", "pk")
    versions = list(signed.prefetch_related("lines__role_group", "lines__module"))
    return [
        Restatement(
            after.signed_at,
            after.get_correction_reason_display() or before.get_sent_back_reason_display(),
            tuple(_changes(before, after)),
            bool(closed_at and after.signed_at > closed_at),
        )
        for before, after in pairwise(versions)
        if after.signed_at
    ]


def _changes(before: ReturnVersion, after: ReturnVersion) -> list[Change]:
    old, new = _numbers(before), _numbers(after)
    return [
        Change(*key, old.get(key), new.get(key))
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


def _numbers(version: ReturnVersion) -> dict[tuple[str, str], int | None]:
    return {(str(line.role_group), str(line.module)): line.trained for line in version.lines.all()}
