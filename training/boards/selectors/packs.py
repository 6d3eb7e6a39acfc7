"""Which packs somebody may see, and what one holds: as it stands, or as it was frozen."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from training.access.access import Access
from training.access.clock import add_months
from training.access.permissions import Permission
from training.access.roles import ROLES
from training.boards.contents import Contents, Figures, Restated, Written
from training.boards.models import BoardPack, DrawnPaper, Narrative, Restatement, Snapshot, State
from training.boards.public import name_of_paper
from training.people.models import Partnership, RoleGrant, User
from training.people.selectors import access_of
from training.strategy.models import Strategy
from training.strategy.periods import month_ends

SEE, KEEP = Permission.SEE_COVERAGE, Permission.MANAGE_PATHWAY
WRITERS = [code for code, role in ROLES.items() if SEE in role.permissions and not role.months]
"""The roles whose holders may be asked for words: those who see figures, save who looks at them for a time."""


def visible_packs(access: Access, partnership: Partnership) -> QuerySet[BoardPack]:
    """Those of a partnership: its coordinator sees all, who writes for one sees it, others from the review on."""
    packs = BoardPack.objects.filter(partnership=partnership, partnership__in=access.partnerships(SEE))
    if access.may(KEEP, partnership_id=partnership.pk):
        return packs
    writes = Narrative.objects.filter(owner=access.user_id).values("pack")
    return packs.filter(~Q(state=State.DRAFT) | Q(pk__in=writes))


def pack_for(access: Access, partnership: Partnership, uid: UUID) -> BoardPack:
    """One of them; any other does not exist (404)."""
    found = visible_packs(access, partnership).filter(uid=uid).select_related("partnership", "strategy").first()
    if found is None:
        raise Http404
    return found


def contents_of(pack: BoardPack) -> Contents | None:
    """What it holds as it stands; of a frozen one from its snapshot alone. None before the first count."""
    if pack.state == State.FROZEN:
        return Contents.read(pack.snapshot.content)
    if not pack.figures:
        return None
    return Contents(
        figures=Figures.read(pack.figures),
        meeting_on=pack.meeting_on,
        frozen_at=None,
        narratives=written(pack),
        decisions=tuple(pack.decisions),
        without=missing(pack),
    )


def written(pack: BoardPack) -> tuple[Written, ...]:
    """The words of its boxes that have any."""
    boxes = pack.narratives.exclude(text="")
    return tuple(Written(about=box.about, title=box.title, text=box.text, role=box.role) for box in boxes)


def missing(pack: BoardPack) -> tuple[str, ...]:
    """The boxes that somebody is still to write; the public's may stay empty."""
    empty = pack.narratives.filter(text="").exclude(about=Narrative.PUBLIC)
    return tuple(empty.values_list("title", flat=True))


def offered_days(today: date) -> list[date]:
    """The ends of months a pack can be as at: those the board can look at. The last quarter's end first."""
    ends = month_ends(today)
    quarter = next(day for day in ends if day.month % 3 == 0)
    return [quarter, *(day for day in ends if day != quarter)]


def offered_strategies(partnership: Partnership) -> list[Strategy]:
    """The partnership's own, the current one first."""
    own = Strategy.objects.filter(partnership=partnership)
    return sorted(own, key=lambda each: (each.is_historic, -each.from_year))


def writers(partnership: Partnership, *, on: date) -> list[User]:
    """Logins that may be asked for words: those who see the partnership's figures."""
    granted = RoleGrant.objects.filter(partnership=partnership, role_code__in=WRITERS, user__is_active=True)
    users = User.objects.filter(pk__in=granted.current_on(on).values("user")).order_by("email")
    return list(users.select_related("person"))


def may_write(user: User, partnership: Partnership, *, on: date) -> bool:
    """Whether a login sees the partnership's figures on a day."""
    return user.is_active and access_of(user, on=on).may(SEE, partnership_id=partnership.pk)


def reasonable_due(meeting_on: date, today: date) -> date:
    """A week before the meeting, and not before today."""
    week = date.fromordinal(meeting_on.toordinal() - 7)
    return max(today, week)


def latest_meeting(today: date) -> date:
    """So far ahead a pack can be opened."""
    return add_months(today, 24)


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands beside a frozen pack: how far its PDF and its summary's are, and how it was restated."""

    snapshot: Snapshot
    paper: DrawnPaper | None
    summary: DrawnPaper | None
    restatements: tuple[tuple[Restatement, Restated, DrawnPaper | None], ...]

    @property
    def has_problem(self) -> bool:
        """Whether any of its papers could not be drawn."""
        papers = (self.paper, self.summary, *(paper for _, _, paper in self.restatements))
        return any(paper is not None and paper.problem for paper in papers)


def kept_with(pack: BoardPack) -> Kept:
    """The same of a frozen pack."""
    snapshot = pack.snapshot
    summary = name_of_paper(snapshot.digest)
    made = list(snapshot.restatements.all())
    digests = [snapshot.digest, summary, *(each.digest for each in made)]
    papers = {each.of: each for each in DrawnPaper.objects.defer("content").filter(of__in=digests)}
    told = tuple((each, Restated.read(each.content), papers.get(each.digest)) for each in made)
    return Kept(snapshot, papers.get(snapshot.digest), papers.get(summary), told)
