"""Who is on an agency's roster on a day, and how they stand: fifty at a time, one line a post."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from training.access.prepared import among
from training.ledger.coverage_inputs import locality_of_term
from training.ledger.models import StandingStep, StandingStepQuerySet
from training.ledger.report import Line
from training.ledger.selectors.table import WITHHELD
from training.ledger.standing import LEFT_OUT, State
from training.people.kinds import PostStatus
from training.people.models import Agency, Term
from training.people.models.posts import TermQuerySet

from . import changes
from .known import KnownStandings
from .quality import MISSING

PER_PAGE = 50
COUNTED_TO = 10_000  # nobody pages further: they narrow the list
ALONG_THE_INDEX = 1_000  # lines; further down, sorting all is quicker
PERSON = "post__employment__person__"
BY_NAME = (f"{PERSON}is_protected", f"{PERSON}last_name", f"{PERSON}first_name", f"{PERSON}id", "pk")
# The same, said so that no index of names is walked in search of a few among everybody's
FEW_BY_NAME = (Coalesce(BY_NAME[0], False), *BY_NAME[1:])
ORDERS: dict[str, tuple[Any, ...]] = {
    "name": FEW_BY_NAME,
    "team": (F("team__title").asc(nulls_last=True), *BY_NAME),
    "role_group": (F("role_group__title").asc(nulls_last=True), *BY_NAME),
    "due": (F("due").asc(nulls_last=True), *BY_NAME),
}
WORST_FIRST = (
    State.OVERDUE,
    State.DUE_SOON,
    State.NOT_STARTED,
    State.IN_PROGRESS,
    State.IN_DATE,
    State.PAUSED,
    State.EXEMPT,
    State.NOT_YET_REQUIRED,
)
RESTING = (State.EXEMPT, State.PAUSED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; what is blank narrows nothing, and nothing widens it past the agency."""

    text: str = ""
    team: int | None = None
    role_group: int | None = None
    workplace: int | None = None
    locality: int | None = None
    module: int | None = None
    state: str = ""
    due: int | None = None
    missing: str = ""
    change: str = ""
    order: str = "name"

    @property
    def is_about_standings(self) -> bool:
        """Whether it narrows by what is asked of a post, and not by the post alone."""
        return bool(self.module or self.state or self.due is not None or self.change in ("in_date", "overdue"))


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One post of the list. `valid` of `counted` modules are in date; `state` is the one to look at first."""

    post: UUID
    person: UUID
    name: str
    team: str
    role_group: str
    is_on_leave: bool
    state: State | None
    valid: int
    counted: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of the list. `total` stops at COUNTED_TO, and then `is_more`."""

    rows: tuple[PersonRow, ...]
    total: int
    is_more: bool


def people_page(
    agency: Agency, wanted: Wanted, *, on: date, number: int, known: KnownStandings | None = None
) -> PeoplePage:
    """One page, in three queries however long the list is; as known now, or as `known` has it.

    The first query finds out which they are. Are they too many to be counted, then the beginning of the list by name is
    read along the index of names, on which many of them stand; else just these are sorted.
    """
    terms = matching(agency, wanted, on=on, known=known)
    ids = list(terms.order_by().values_list("pk", flat=True)[: COUNTED_TO + 1])
    is_more = len(ids) > COUNTED_TO
    if not is_more:
        terms = Term.objects.within(agency).filter(among("pk", ids))
    first = (max(number, 1) - 1) * PER_PAGE
    if first >= min(len(ids), COUNTED_TO):
        return PeoplePage((), min(len(ids), COUNTED_TO), is_more)
    by_index = is_more and wanted.order == "name" and first < ALONG_THE_INDEX
    ordered = terms.order_by(*BY_NAME) if by_index else _ordered(terms, wanted, on)
    rows = rows_of(ordered[first : first + PER_PAGE], wanted, on=on, known=known)
    return PeoplePage(rows, min(len(ids), COUNTED_TO), is_more)


def matching(agency: Agency, wanted: Wanted, *, on: date, known: KnownStandings | None = None) -> TermQuerySet:
    """The terms, one a post, that fit: of posts held on the day, or of those who have just left."""
    if known is not None:
        terms = known.terms()
    else:
        terms = changes.left(agency, on=on) if wanted.change == "left" else held(agency, on=on)
    if wanted.change == "joined":
        terms = terms.filter(post__in=changes.joined(agency, on=on).values("post"))
    if wanted.team:
        terms = terms.filter(team=wanted.team)
    if wanted.role_group:
        terms = terms.filter(role_group=wanted.role_group)
    if wanted.workplace:
        terms = terms.filter(workplace=wanted.workplace)
    if wanted.locality:
        known_at = known.known_at if known else None
        terms = terms.alias(place=locality_of_term(known_at)).filter(place=wanted.locality)
    if wanted.missing:
        terms = terms.filter(MISSING[wanted.missing])
    for word in wanted.text.replace("\0", "").split():
        terms = terms.filter(_named(word))
    if not wanted.is_about_standings:
        return terms
    if known is not None:
        return terms.filter(post__in=[post for post, them in known.found.items() if _fits(them, wanted, on)])
    return terms.filter(Exists(steps_wanted(agency, wanted, on=on).filter(post=OuterRef("post"))))


def _fits(standings: Mapping[int, Line], wanted: Wanted, on: date) -> bool:
    """Whether one standing of a post is of the module, in the state and due by then."""
    return any(fits(module, it, wanted, on) for module, it in standings.items())


def fits(module: int, it: Line, wanted: Wanted, on: date) -> bool:
    """As `steps_wanted`, of a standing that was worked out."""
    if wanted.due is not None:
        last = on + timedelta(days=wanted.due)
        is_asked = it.is_required and it.state not in RESTING
        if not (is_asked and it.due_on is not None and on < it.due_on <= last):
            return False
    return wanted.module in (None, module) and wanted.state in ("", it.state)


def held(agency: Agency, *, on: date) -> TermQuerySet:
    """What each post of the agency is on a day, as known now."""
    return Term.objects.within(agency).known_now().current_on(on)


def steps_wanted(agency: Agency, wanted: Wanted, *, on: date) -> StandingStepQuerySet:
    """The standings of the day that fit: of this module, in this state, due by then."""
    if wanted.change == "in_date":
        steps = changes.newly_in_date(agency, on=on)
    elif wanted.change == "overdue":
        steps = changes.newly_overdue(agency, on=on)
    else:
        steps = StandingStep.objects.within(agency).current_on(on)
    if wanted.module:
        steps = steps.filter(module=wanted.module)
    if wanted.state:
        steps = steps.filter(state=wanted.state)
    if wanted.due is not None:
        steps = steps.filter(falls_due(on, wanted.due))
    return steps


def falls_due(on: date, days: int) -> Q:
    """Asked for today, and due after the day and within so many more."""
    last = on + timedelta(days=days)
    return Q(is_required=True, due_on__gt=on, due_on__lte=last) & ~Q(state__in=RESTING)


def _ordered(terms: TermQuerySet, wanted: Wanted, on: date) -> TermQuerySet:
    if wanted.order == "due":
        steps = StandingStep.objects.everywhere(reason="of posts narrowed to one agency").current_on(on)
        own = steps.filter(post=OuterRef("post"), is_required=True).exclude(state__in=RESTING).order_by()
        terms = terms.annotate(due=Subquery(own.values("post").annotate(first=Min("due_on")).values("first")))
    return terms.order_by(*ORDERS[wanted.order])


def _named(word: str) -> Q:
    """People who are called so, or whose employee reference it is; those who are protected cannot be looked for."""
    anywhere = Q(post__employment__employee_ref__iexact=word)
    for part in ("first_name", "preferred_name", "last_name"):
        anywhere |= Q(**{f"{PERSON}{part}__icontains": word})
    return Q(**{f"{PERSON}is_protected": False}) & anywhere


def rows_of(
    terms: TermQuerySet, wanted: Wanted, *, on: date, known: KnownStandings | None = None
) -> tuple[PersonRow, ...]:
    """These terms as lines of a list: with a module, how each stands with it; else with all. Two queries."""
    names = ("is_protected", "first_name", "preferred_name", "last_name", "uid")
    fields = ("post_id", "post__uid", "team__title", "role_group__title", "status")
    found = list(terms.values_list(*fields, *(f"{PERSON}{name}" for name in names)))
    posts = [row[0] for row in found]
    standings = _standings(posts, wanted.module, on) if known is None else _said(known.of(posts, wanted.module))
    return tuple(_row(row, standings.get(row[0], [])) for row in found)


def _standings(posts: Iterable[int], module: int | None, on: date) -> dict[int, list[tuple[Any, ...]]]:
    steps = StandingStep.objects.everywhere(reason="of posts narrowed to one agency").current_on(on)
    if module:
        steps = steps.filter(module=module)
    found: dict[int, list[tuple[Any, ...]]] = {}
    names = ("post_id", "state", "is_valid", "is_required", "due_on")
    for post, *said in steps.filter(post__in=list(posts)).values_list(*names):
        found.setdefault(post, []).append(tuple(said))
    return found


def _said(standings: Mapping[int, Mapping[int, Line]]) -> dict[int, list[tuple[Any, ...]]]:
    """Standings that were worked out, as `_standings` gives them."""
    return {
        post: [(it.state, it.is_valid, it.is_required, it.due_on) for it in them.values()]
        for post, them in standings.items()
    }


def _row(row: tuple[Any, ...], standings: list[tuple[Any, ...]]) -> PersonRow:
    _, post, team, role_group, status, is_protected, first_name, preferred_name, last_name, person = row
    states = {State(state) for state, *_ in standings}
    counted = [is_valid for state, is_valid, is_required, _ in standings if is_required and state not in LEFT_OUT]
    dues = [due for state, _, is_required, due in standings if due and is_required and state not in RESTING]
    return PersonRow(
        post=post,
        person=person,
        name=WITHHELD if is_protected else f"{preferred_name or first_name} {last_name}".strip(),
        team=team or "",
        role_group=role_group or "",
        is_on_leave=status in PostStatus.on_leave(),
        state=next((state for state in WORST_FIRST if state in states), None),
        valid=sum(counted),
        counted=len(counted),
        due_on=min(dues, default=None),
    )
