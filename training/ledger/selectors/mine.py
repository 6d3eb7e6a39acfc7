"""A person's own standings, one a module, from the read table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from training.access.prepared import Given, PreparedRead, among
from training.ledger.models import StandingStep
from training.ledger.standing import Standing, State
from training.pathways.models import Module, Requirement
from training.people.models import Person


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


def own_standings(person: Person, *, on: date) -> tuple[MyStanding, ...]:
    """A learner's own standings from the read table: what is due first comes first. Two queries.

    True once `refresh_stale` has been asked for the person.
    """
    rows = _own((person.pk, *person.earlier_records()), on)
    return by_module((row.module, _standing(row)) for row in rows)


@PreparedRead
def _own(records: Given, on: Given) -> QuerySet[StandingStep]:
    own = StandingStep.objects.everywhere(reason="one person's own standings")
    theirs = own.filter(among("post__employment__person_id", records)).current_on(on)
    return theirs.select_related("module").order_by("post", "module")


def agencies_asking_again(person: Person, *, on: date) -> frozenset[int]:
    """Ids of agencies that ask somebody for what is in date in another job of theirs. One query."""
    own = StandingStep.objects.everywhere(reason="one person's own standings").filter(
        person.all_of("post__employment__person")
    )
    names = ("post__employment__agency_id", "module_id", "is_valid", "is_required")
    found = list(own.current_on(on).values_list(*names))
    in_date = {module for _agency, module, is_valid, _required in found if is_valid}
    return frozenset(agency for agency, module, is_valid, asks in found if asks and not is_valid and module in in_date)


def _standing(row: StandingStep) -> Standing:
    return Standing(
        state=State(row.state),
        is_valid=row.is_valid,
        is_required=row.is_required,
        due_on=row.due_on,
        valid_until=row.valid_until,
        window_opens_on=row.window_opens_on,
        began_on=row.began_on,
        reasons=tuple(row.reasons),
    )


def by_module(found: Iterable[tuple[Module, Standing]]) -> tuple[MyStanding, ...]:
    grouped: dict[Module, list[Standing]] = {}
    for module, standing in found:
        grouped.setdefault(module, []).append(standing)
    words = reasons_in_words({int(reason) for each in grouped.values() for it in each for reason in it.reasons})
    mine = [_mine(module, sorted(each, key=_order), words) for module, each in grouped.items()]
    return tuple(sorted(mine, key=lambda it: (it.due_on or date.max, it.module.position, it.module.pk)))


def reasons_in_words(requirement_ids: set[int]) -> dict[int, str]:
    """For each requirement, why it falls on somebody: 'because your role is Midwife'."""
    return {rule.pk: rule.reason for rule in _rules(requirement_ids)}


@PreparedRead
def _rules(ids: Given) -> QuerySet[Requirement]:
    rules = Requirement.objects.filter(among("pk", ids)).select_related("role_group", "designation")
    return rules.only("agency", "role_group__title", "designation__title", "designation__reason")


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
