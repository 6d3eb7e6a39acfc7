"""How every post of an agency stood with every module on a day, as known at a moment. From facts alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from training.ledger.selectors.histories import histories
from training.ledger.standing import LEFT_OUT, State, standing
from training.pathways.models import Module
from training.people.identity.selectors import one_for_many
from training.people.models import Agency, Term

WHY = "an agency's figures as known at a moment"


@dataclass(frozen=True, slots=True)
class Line:
    """One post and one module. `reasons` are the requirements that ask.

    `person` is one and the same for all records known by then to be of one person.
    """

    post: int
    person: int
    partnership: str
    module: str
    team: str
    role_group: str
    state: State
    is_valid: bool
    is_required: bool
    due_on: date | None
    valid_until: date | None
    reasons: tuple[int, ...]

    @property
    def is_counted(self) -> bool:
        """Whether it belongs in a denominator."""
        return self.is_required and self.state not in LEFT_OUT


@dataclass(frozen=True, slots=True)
class _Place:
    team: str
    role_group: str


def lines_as_known(
    agency: Agency, *, on: date, known_at: datetime, posts: Iterable[int] | None = None
) -> dict[tuple[int, int], Line]:
    """By post and module, for the posts held on the day, or some of them; nothing is left out but what nobody asks.

    Runs through courses are not known as they were, so nothing is 'in progress': it shows as not started.
    """
    held = _held(agency, on, known_at, posts)
    modules = Module.objects.in_bulk()
    partnerships = dict(Module.objects.values_list("pk", "pathway__partnership__code"))
    first = one_for_many(known_at, agency=agency)
    found = {}
    for each in histories(sorted(held), known_at=known_at, attempts={}):
        now = standing(each.history, on)
        if now is None:
            continue
        place = held[each.post]
        found[each.post, each.module] = Line(
            post=each.post,
            person=first.get(each.person, each.person),
            partnership=partnerships[each.module],
            module=modules[each.module].code,
            team=place.team,
            role_group=place.role_group,
            state=now.state,
            is_valid=now.is_valid,
            is_required=now.is_required,
            due_on=now.due_on,
            valid_until=now.valid_until,
            reasons=tuple(int(reason) for reason in now.reasons),
        )
    return found


def _held(agency: Agency, on: date, known_at: datetime, posts: Iterable[int] | None) -> dict[int, _Place]:
    """The posts held on the day, as known then, with team and role group."""
    terms = Term.objects.within(agency).known_at(known_at).current_on(on)
    if posts is not None:
        terms = terms.filter(post__in=list(posts))
    rows = terms.values_list("post_id", "team__title", "role_group__code")
    return {post: _Place(team or "", group or "") for post, team, group in rows}
