"""One row of a sample, followed from the roster to the evidence: as shown, and as a row of a file. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from training.access.clock import london_date
from training.ledger.coverage_facts import Exclusion, exclusion_of
from training.ledger.standing import Standing

NOT_ASKED = "Not asked yet"
LEFT_OUT = {
    Exclusion.PAUSED: "Left out: on leave",
    Exclusion.EXEMPT: "Left out: excused",
    Exclusion.INDUCTION: "Left out: new, and not yet due",
}


def counted_as(now: Standing) -> str:
    """What coverage makes of it."""
    if not now.is_required:
        return NOT_ASKED
    return LEFT_OUT.get(exclusion_of(now)) or ("Required, in date" if now.is_valid else "Required, not in date")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A completion that bears on what is asked, as the ledger numbers it, and the role of who accepted it."""

    entry: int
    mark: str
    module: str
    method: str
    completed_on: date
    recorded_at: datetime
    accepted_by: str
    where: str
    revoked_on: date | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One module that a post is asked for: by which rules, and how it stood. `whys`: whom each rule asks, and what."""

    module: str
    title: str
    whys: tuple[tuple[str, str], ...]
    began_on: date
    due_on: date | None
    valid_until: date | None
    counted: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """The file that put a post as it was there; without one it was put in otherwise."""

    sha256: str
    applied_at: datetime
    applied_by: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class Traced:
    """One post. `is_kept_back`: its record has been protected since it was drawn, and nothing of it is told."""

    reference: str
    number: int
    agency: str = ""
    role_group: str = ""
    duties: tuple[str, ...] = ()
    held_since: date | None = None
    is_on_leave: bool = False
    roster: Roster | None = None
    asked: tuple[Asked, ...] = ()
    is_kept_back: bool = False

    @property
    def in_date(self) -> tuple[int, int]:
        """Of how many modules that count it is in date, and of how many."""
        counted = [each.counted for each in self.asked if each.counted.startswith("Required")]
        return sum(each == "Required, in date" for each in counted), len(counted)


HEAD = (
    *("reference", "agency", "role_group", "duties", "held_since", "on_leave"),
    *("roster_sha256", "roster_applied_on", "roster_applied_by", "roster_approved_by"),
    *("module", "asked_because", "rule", "asked_since", "due_on", "valid_until", "counted_as"),
    *(
        "ledger_entry",
        "ledger_hash",
        "completed_module",
        "method",
        "completed_on",
        "recorded_on",
        "accepted_by",
        "where",
    ),
)


def rows_of(traced: Iterable[Traced]) -> Iterator[tuple[str | int, ...]]:
    """A row for each piece of evidence, or for what is asked without any."""
    for post in traced:
        if post.is_kept_back:
            yield (post.reference, "kept back", *("" for _ in HEAD[2:]))
            continue
        whose = (
            *(post.reference, post.agency, post.role_group, "; ".join(post.duties), _day(post.held_since)),
            "yes" if post.is_on_leave else "no",
            *_of_roster(post.roster),
        )
        if not post.asked:
            yield (*whose, *("" for _ in HEAD[len(whose) :]))
        for asked in post.asked:
            what = (
                *(asked.module, "; ".join(who for who, _ in asked.whys), "; ".join(rule for _, rule in asked.whys)),
                *(_day(asked.began_on), _day(asked.due_on), _day(asked.valid_until), asked.counted),
            )
            for held in asked.evidence or (None,):
                yield (*whose, *what, *_of_evidence(held))


def _of_roster(roster: Roster | None) -> tuple[str, ...]:
    if roster is None:
        return "", "", "", ""
    return roster.sha256, _day(london_date(roster.applied_at)), roster.applied_by, roster.approved_by


def _of_evidence(held: Evidence | None) -> tuple[str | int, ...]:
    if held is None:
        return ("",) * 8
    return (
        *(held.entry, held.mark, held.module, held.method, _day(held.completed_on)),
        *(_day(london_date(held.recorded_at)), held.accepted_by, held.where),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
