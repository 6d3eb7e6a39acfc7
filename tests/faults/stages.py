"""What is done while it is killed: each stage begins where the one before it ended, and may be done again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

from tests.evidence import files as completions
from tests.factories import (
    AgencyFactory,
    MembershipFactory,
    ModuleFactory,
    PartnershipFactory,
    PathwayFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
)
from tests.people.roster import files as rosters
from training.access.actor import Actor
from training.evidence.apply import apply_import
from training.evidence.models import CompletionImport, Mode
from training.evidence.stage import stage_import
from training.evidence.undo import undo_import
from training.ledger.models import StandingStep
from training.ledger.rebuild import rebuild_standings, refresh_stale
from training.people.models import Agency, Post, RosterImport, Work
from training.people.roster.stage import receive
from training.people.roster.work import hand_over, work_on_rosters
from training.people.services import mark_stale

PEOPLE = 400
BITS = 8
CODES = ("DA-A1", "DA-B1")
DAY = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
BY = Actor.system("faults")


@dataclass(frozen=True, slots=True)
class Stage:
    """A piece of work, what comes before it, and in how many commits it is kept: of several, each keeps some posts."""

    name: str
    work: Callable[[], object]
    prepare: Callable[[], object] = lambda: None
    commits: int = 1


def make_world() -> None:
    """An agency without anybody, whose midwives are asked for two modules."""
    partnership = PartnershipFactory(code="severnshire")
    MembershipFactory(partnership=partnership, agency=AgencyFactory(code="SVH", kind="nhs_acute"))
    pathway = PathwayFactory(partnership=partnership)
    group = RoleGroupFactory(code="MIDWIFE")
    for code in CODES:
        module = ModuleFactory(pathway=pathway, code=code)
        RequirementVersionFactory(requirement=RequirementFactory(module=module, role_group=group))


def stages() -> Iterator[Stage]:
    """In their order."""
    hours = (AT + timedelta(hours=number) for number in range(1, 100))
    at = partial(next, hours)
    first, second = FIRST, CHANGED
    yield Stage("roster parsed", partial(_upload, first, at()))
    yield Stage("roster previewed", partial(work_on_rosters, at=at()))
    yield Stage("roster applied", partial(work_on_rosters, at=at()), partial(_wish, Work.APPLY))
    yield Stage("changed roster previewed", partial(work_on_rosters, at=at()), partial(_upload, second, at()))
    yield Stage("changed roster applied", partial(work_on_rosters, at=at()), partial(_wish, Work.APPLY))
    yield Stage("changed roster undone", partial(work_on_rosters, at=at()), partial(_wish, Work.UNDO))
    yield Stage("completions parsed and previewed", partial(_stage_completions, at()))
    yield Stage("completions applied", partial(_with_file, apply_import, at()))
    yield Stage("standings refreshed", partial(_refresh_standings, at()), commits=BITS)
    yield Stage("completions undone", partial(_with_file, undo_import, at()))
    rebuilt = partial(rebuild_standings, at=at())
    yield Stage("standings rebuilt", rebuilt, partial(_spoil_standings, at()), commits=BITS)


FIRST = tuple(rosters.row(employee_ref=str(ref), designations="") for ref in range(PEOPLE))
"""Everybody is new."""
CHANGED = (
    *(rosters.row(employee_ref=str(ref), team="Elsewhere", last_name="Married") for ref in range(15)),
    *FIRST[15:-10],
    *(rosters.row(employee_ref=str(ref)) for ref in range(PEOPLE, PEOPLE + 20)),
)
"""Fifteen have moved, ten have left, twenty are new."""


def _agency() -> Agency:
    return Agency.objects.get(code="SVH")


def _upload(rows: tuple[dict[str, str], ...], at: datetime) -> None:
    """Upload the file, unless it has come already: what somebody does whose upload broke."""
    if not RosterImport.objects.filter(staged_at=at).exists():
        receive(_agency(), rosters.csv_file(*rows), as_at=DAY, is_full=True, by=BY, at=at)


def _wish(work: Work) -> None:
    hand_over(RosterImport.objects.first(), work, by=BY, is_confirmed=True)


def _stage_completions(at: datetime) -> None:
    """Two modules of everybody; and fifty of people nobody knows."""
    if CompletionImport.objects.exists():
        return
    known = [(str(ref), code) for ref in range(PEOPLE) for code in CODES]
    unknown = [(f"nobody-{number}", CODES[0]) for number in range(50)]
    rows = [completions.done(employee_ref=ref, course_code=code) for ref, code in known + unknown]
    stage_import(_agency(), completions.csv_file(*rows), mode=Mode.HISTORY, on=DAY, by=BY, at=at)


def _with_file(do: Callable[..., object], at: datetime) -> None:
    do(CompletionImport.objects.get(), by=BY, at=at)


def _refresh_standings(at: datetime) -> None:
    """As the worker does, in smaller bits."""
    while refresh_stale(at=at, limit=PEOPLE // BITS):
        pass


def _spoil_standings(at: datetime) -> None:
    """The read table after a bad day: half of it gone, some of it wrong, and every post marked."""
    steps = StandingStep.objects.everywhere(reason="test")
    posts = Post.objects.everywhere(reason="test").order_by("pk")
    ids = list(posts.values_list("pk", flat=True))
    steps.filter(post__in=ids[::2]).delete()
    steps.filter(post__in=ids[1::4]).update(state="exempt")
    mark_stale(ids[::3], at=at)
