"""What HR and line managers read: the read table of standings, with names, inside one agency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q

from training.access.access import Access
from training.access.permissions import Permission
from training.ledger.models import StandingStep, StandingStepQuerySet
from training.ledger.standing import State
from training.pathways.models import Requirement
from training.people.models import Agency
from training.people.selectors import posts_held

WITHHELD = "Name withheld"
PERSON = "post__employment__person__"

ORDERS = {
    "name": (f"{PERSON}is_protected", f"{PERSON}last_name", f"{PERSON}first_name", f"{PERSON}id", "module__position"),
    "due": (F("due_on").asc(nulls_last=True), f"{PERSON}is_protected", f"{PERSON}last_name", f"{PERSON}id"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrows the list to; what is left blank narrows nothing, and never widens the agency."""

    team: int | None = None
    module: int | None = None
    state: str = ""
    role_group: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class StaffStanding:
    """One line of the list. `reasons` say whom the rules ask: role groups and duties."""

    post: int
    person: int
    name: str
    team: str
    role_group: str
    module: int
    module_code: str
    module_title: str
    state: State
    is_valid: bool
    is_required: bool
    due_on: date | None
    valid_until: date | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingPage:
    """A page of the list. `pages` is at least 1; a page past the last is empty."""

    rows: tuple[StaffStanding, ...]
    total: int
    number: int
    pages: int


def agency_standings(
    access: Access,
    agency: Agency,
    *,
    on: date,
    filters: Filters | None = None,
    page: int = 1,
    per_page: int | None = 50,
    order: str = "name",
) -> StandingPage:
    """Who stands how with which module, by name, for one who looks after the agency's staff; nothing for others.

    `per_page=None` gives all rows as one page, for export. Three queries, however many rows.
    """
    if not access.may(Permission.SEE_STAFF, agency_id=agency.pk):
        return StandingPage((), 0, 1, 1)
    steps = _narrowed(with_term(StandingStep.objects.within(agency), on), filters or Filters())
    total = steps.count()
    size = per_page or max(total, 1)
    first = (max(page, 1) - 1) * size
    rows = staff_rows(steps.order_by(*ORDERS[order], "pk")[first : first + size])
    return StandingPage(rows, total, max(page, 1), max(1, -(-total // size)))


def team_standings(access: Access, *, on: date) -> tuple[StaffStanding, ...]:
    """For a line manager: the posts that answer to one they hold that day, within their own agency. Two queries."""
    if access.person_id is None or not access.may(Permission.SEE_TEAM):
        return ()
    steps = with_term(StandingStep.objects.everywhere(reason="posts that answer to the one who asks"), on).filter(
        term__manager__in=posts_held(access.person_id, on).values("post"),
        term__manager__employment__agency=F("post__employment__agency"),
    )
    return staff_rows(steps.order_by(*ORDERS["name"], "pk"))


def staff_rows(steps: StandingStepQuerySet) -> tuple[StaffStanding, ...]:
    """The steps as rows with names and reasons in words; two queries. Who is protected is not named."""
    names = (
        "post_id",
        f"{PERSON}id",
        f"{PERSON}is_protected",
        f"{PERSON}first_name",
        f"{PERSON}preferred_name",
        f"{PERSON}last_name",
        "term__team__title",
        "term__role_group__title",
        "module_id",
        "module__code",
        "module__title",
        "state",
        "is_valid",
        "is_required",
        "due_on",
        "valid_until",
        "reasons",
    )
    found = list(steps.values_list(*names))
    words = _audiences(reason for row in found for reason in row[-1])
    return tuple(_row(row, words) for row in found)


def _row(row: tuple[Any, ...], words: dict[int, str]) -> StaffStanding:
    post, person, is_protected, first_name, preferred_name, last_name, team, role_group = row[:8]
    module, code, title, state, is_valid, is_required, due_on, valid_until, reasons = row[8:]
    name = f"{preferred_name or first_name} {last_name}".strip()
    return StaffStanding(
        post=post,
        person=person,
        name=WITHHELD if is_protected else name,
        team=team or "",
        role_group=role_group or "",
        module=module,
        module_code=code,
        module_title=title,
        state=State(state),
        is_valid=is_valid,
        is_required=is_required,
        due_on=due_on,
        valid_until=valid_until,
        reasons=tuple(words[reason] for reason in reasons),
    )


def _audiences(requirement_ids: Iterable[int]) -> dict[int, str]:
    """For each requirement, whom it asks, in a word."""
    rules = Requirement.objects.select_related("role_group", "designation").in_bulk(set(requirement_ids))
    return {pk: rule.audience for pk, rule in rules.items()}


def with_term(steps: StandingStepQuerySet, on: date) -> StandingStepQuerySet:
    """The steps of a day, each joined with what its post was on that day as `term`: at most one, for none overlap."""
    runs = Q(post__terms__starts_on__lte=on, post__terms__replaced_at__isnull=True) & (
        Q(post__terms__ends_on__isnull=True) | Q(post__terms__ends_on__gte=on)
    )
    return steps.current_on(on).annotate(term=FilteredRelation("post__terms", condition=runs))


def _narrowed(steps: StandingStepQuerySet, filters: Filters) -> StandingStepQuerySet:
    if filters.team:
        steps = steps.filter(term__team=filters.team)
    if filters.module:
        steps = steps.filter(module=filters.module)
    if filters.state:
        steps = steps.filter(state=filters.state)
    if filters.role_group:
        steps = steps.filter(term__role_group=filters.role_group)
    for word in filters.text.replace("\0", "").split():
        steps = steps.filter(_named(word))
    return steps


def _named(word: str) -> Q:
    """People who are called so, or whose employee reference it is; those who are protected cannot be looked for."""
    anywhere = Q(pk__in=[])
    for part in ("first_name", "preferred_name", "last_name"):
        anywhere |= Q(**{f"{PERSON}{part}__icontains": word})
    return Q(**{f"{PERSON}is_protected": False}) & (anywhere | Q(post__employment__employee_ref__iexact=word))
