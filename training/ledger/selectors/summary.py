"""Counts of an agency's standings on a day, by module and by team, from the read table."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import Coalesce

from training.ledger.models import StandingStep
from training.ledger.standing import LEFT_OUT, State
from training.pathways.models import Module
from training.people.models import Agency, RoleGroup, Team

from .counts import counts_of
from .table import with_term

# Of somebody with several records here, the first
PERSON = Coalesce("post__employment__person__same_as", "post__employment__person")


@dataclass(frozen=True, slots=True)
class Tally:
    """Standings counted. `counted` belong in a denominator, `valid` of them in the numerator; `states` counts all."""

    states: dict[State, int]
    counted: int
    valid: int

    def of(self, state: str) -> int:
        """How many stand so."""
        return self.states.get(State(state), 0)


@dataclass(frozen=True, slots=True)
class ModuleTally:
    """The standings of one module."""

    module: Module
    tally: Tally


@dataclass(frozen=True, slots=True)
class TeamTally:
    """The standings of one team's posts; `team` is None for posts without one."""

    team: Team | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class AgencySummary:
    """An agency at a glance on a day. `posts` and `people` are those of whom something is or will be asked."""

    posts: int
    people: int
    overall: Tally
    by_module: tuple[ModuleTally, ...]
    by_team: tuple[TeamTally, ...]


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What the list of standings can be narrowed to on a day."""

    teams: tuple[Team, ...]
    modules: tuple[Module, ...]
    role_groups: tuple[RoleGroup, ...]


def agency_summary(agency: Agency, *, on: date) -> AgencySummary:
    """Counts by module and state, and by team and state, exact: for the agency's own eyes. Four queries."""
    steps = StandingStep.objects.within(agency)
    distinct = steps.current_on(on).aggregate(posts=Count("post", distinct=True), people=Count(PERSON, distinct=True))
    names = ("module_id", "term__team_id", "state", "is_valid", "is_required")
    rows = list(with_term(steps, on).order_by().values_list(*names).annotate(count=Count("pk")))
    modules = Module.objects.select_related("tier").in_bulk({row[0] for row in rows})
    teams = Team.objects.in_bulk({row[1] for row in rows if row[1]})
    return AgencySummary(
        posts=distinct["posts"],
        people=distinct["people"],
        overall=tally(row[2:] for row in rows),
        by_module=tuple(
            ModuleTally(module, tally(row[2:] for row in rows if row[0] == module.pk))
            for module in sorted(modules.values(), key=lambda it: (it.pathway_id, it.position, it.pk))
        ),
        by_team=tuple(
            TeamTally(team, tally(row[2:] for row in rows if row[1] == (team and team.pk)))
            for team in _teams(teams.values(), any(row[1] is None for row in rows))
        ),
    )


def filter_choices(agency: Agency, *, on: date) -> FilterChoices:
    """The teams, modules and role groups that occur in the agency's standings of a day."""
    counts = counts_of(agency, on=on)
    return FilterChoices(
        tuple(Team.objects.filter(pk__in={row[0] for row in counts["team"] if row[0]})),
        tuple(Module.objects.filter(pk__in={row[1] for row in counts["team"]})),
        tuple(RoleGroup.objects.filter(pk__in={row[0] for row in counts["role_group"] if row[0]})),
    )


def _teams(teams: Iterable[Team], has_none: bool) -> list[Team | None]:
    """By title, those without a team last."""
    found = sorted(teams, key=lambda team: (team.title, team.pk))
    return [*found, None] if has_none else [*found]


def tally(rows: Iterable[tuple[str, bool, bool, int]]) -> Tally:
    """Rows of (state, is_valid, is_required, how many) added up."""
    states: Counter[State] = Counter()
    counted = valid = 0
    for state, is_valid, is_required, count in rows:
        states[State(state)] += count
        if is_required and state not in LEFT_OUT:
            counted += count
            valid += count if is_valid else 0
    return Tally(dict(states), counted, valid)
