"""Standings worked out from facts at the moment of asking: for one person or post, as known then or now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from training.ledger.attempts import OpenAttempts
from training.ledger.standing import Standing, State, standing
from training.pathways.models import Module, Requirement
from training.people.models import Person, Post

from .histories import histories


@dataclass(frozen=True, slots=True)
class PostStanding:
    """How one post stands with one module on a day."""

    post: int
    person: int
    module: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class MyStanding:
    """How a person stands with one module: by the post for which it is due first, with the reasons of all.

    `reasons` complete a sentence: 'because your role is Midwife'. Without `valid_until`, `is_valid` means for good.
    """

    module: Module
    state: State
    is_valid: bool
    is_required: bool
    due_on: date | None
    valid_until: date | None
    window_opens_on: date | None
    reasons: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """How long the module takes."""
        return self.module.minutes


def standings_of(
    who: Person | Post, *, on: date, known_at: datetime | None = None, attempts: OpenAttempts | None = None
) -> tuple[PostStanding, ...]:
    """The standings of one post, or of every post of a person, on a day: worked out from facts, never from the table.

    What no rule asks of the post, on that day or later, is left out.
    """
    if isinstance(who, Post):
        ids = [who.pk]
    else:
        posts = Post.objects.everywhere(reason="one person's own standings")
        ids = list(posts.filter(employment__person=who).order_by("pk").values_list("pk", flat=True))
    found = []
    for each in histories(ids, known_at=known_at, attempts=attempts):
        now = standing(each.history, on)
        if now is not None:
            found.append(PostStanding(each.post, each.person, each.module, now))
    return tuple(found)


def my_standings(
    person: Person, *, on: date, known_at: datetime | None = None, attempts: OpenAttempts | None = None
) -> tuple[MyStanding, ...]:
    """A learner's own standings, one a module: what is due first comes first."""
    by_module: dict[int, list[Standing]] = {}
    for each in standings_of(person, on=on, known_at=known_at, attempts=attempts):
        by_module.setdefault(each.module, []).append(each.standing)
    modules = Module.objects.select_related("tier").in_bulk(by_module)
    words = reasons_in_words({int(reason) for each in by_module.values() for it in each for reason in it.reasons})
    mine = [_mine(modules[module], sorted(found, key=_order), words) for module, found in by_module.items()]
    return tuple(sorted(mine, key=lambda it: (it.due_on or date.max, it.module.position, it.module.pk)))


def reasons_in_words(requirement_ids: set[int]) -> dict[int, str]:
    """For each requirement, why it falls on somebody: 'because your role is Midwife'."""
    rules = Requirement.objects.select_related("role_group", "designation").in_bulk(requirement_ids)
    return {pk: rule.reason for pk, rule in rules.items()}


def _order(standing: Standing) -> tuple[bool, date, bool]:
    """What is asked today comes before what is not; then the earliest due, and what is not valid before what is."""
    return not standing.is_counted, standing.due_on or date.max, standing.is_valid


def _mine(module: Module, found: Sequence[Standing], words: dict[int, str]) -> MyStanding:
    first = found[0]
    reasons = dict.fromkeys(words[int(reason)] for each in found for reason in each.reasons)
    return MyStanding(
        module=module,
        state=first.state,
        is_valid=first.is_valid,
        is_required=first.is_required,
        due_on=first.due_on,
        valid_until=first.valid_until,
        window_opens_on=first.window_opens_on,
        reasons=tuple(reasons),
    )
