"""Reads over strategies: the list, and one as a tree."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.text import slugify

from training.people.models import Partnership
from training.strategy.models import Indicator, Outcome, OutcomeIndicator, Strategy
from training.strategy.pack import Pack, PackLocality, Status


def current_strategy(partnership: Partnership) -> Strategy | None:
    """The strategy a partnership is held to, where it has one."""
    return Strategy.objects.filter(partnership=partnership, status=Status.CURRENT).first()


@dataclass(frozen=True, slots=True)
class ListedStrategy:
    """A strategy in the list, with what it promises in numbers."""

    strategy: Strategy
    outcomes: int
    direct: int
    indirect: int


def listed_strategies() -> list[ListedStrategy]:
    """Every strategy but drafts, those of partnerships first, then examples, each with the newest first."""
    strategies = Strategy.objects.published().select_related("partnership").order_by("-from_year", "title")
    evidence: dict[int, list[str]] = {}
    pairs = Outcome.objects.order_by().values_list("objective__priority__strategy_id", "evidence")
    for strategy_id, kind in pairs:
        evidence.setdefault(strategy_id, []).append(kind)
    rows = []
    for strategy in strategies:
        kinds = evidence.get(strategy.pk, [])
        rows.append(ListedStrategy(strategy, len(kinds), kinds.count("D"), kinds.count("I")))
    owners = {row.strategy.partnership_id: str(row.strategy.partnership) for row in rows if row.strategy.partnership}
    return sorted(
        rows, key=lambda row: (row.strategy.partnership_id is None, owners.get(row.strategy.partnership_id, ""))
    )


def with_tree(strategy: Strategy) -> Strategy:
    """The strategy with priorities, objectives, outcomes and indicators at hand, in five queries."""
    links = Prefetch("links", OutcomeIndicator.objects.select_related("indicator"))
    outcomes = Prefetch("objectives__outcomes", Outcome.objects.prefetch_related(links))
    priorities = strategy.priorities.prefetch_related("objectives", outcomes)
    strategy._prefetched_objects_cache = {"priorities": priorities}  # type: ignore[attr-defined]
    return strategy


@dataclass(frozen=True, slots=True)
class Succession:
    """The strategies before and after one, and the earlier outcomes that its own carry on, by ref."""

    earlier: Strategy | None
    later: list[Strategy]
    outcomes: dict[str, list[Outcome]]


def succession_of(strategy: Strategy) -> Succession:
    """What is loaded of the strategies before and after this one; what is not loaded is left out."""
    later = list(Strategy.objects.published().filter(succeeds__pack=strategy.pack_id))
    if not strategy.succeeds:
        return Succession(None, later, {})
    before = Strategy.objects.published().filter(pack_id=strategy.succeeds["pack"])
    of_earlier = Outcome.objects.filter(objective__priority__strategy__in=before)
    found = {each.ref: each for each in of_earlier.select_related("objective__priority__strategy")}
    outcomes = {
        ref: [found[old] for old in refs if old in found] for ref, refs in strategy.succeeds["outcomes"].items()
    }
    earlier = next((each.objective.priority.strategy for each in found.values()), None)
    return Succession(earlier, later, outcomes)


def indicators_of(strategy: Strategy) -> list[Indicator]:
    """Every indicator its outcomes name, each once, in the order of the list of indicators."""
    return list(Indicator.objects.filter(outcomes__objective__priority__strategy=strategy).distinct())


def targets_of(strategy: Strategy | None) -> dict[str, int]:
    """What the strategy aims for, by indicator code."""
    if strategy is None:
        return {}
    return dict(strategy.targets.values_list("indicator__code", "value"))


def new_localities(pack: Pack, partnership: Partnership) -> list[PackLocality]:
    """Those that a pack names and the partnership has under no such name or code."""
    known = {text.casefold() for row in partnership.localities.values_list("title", "code") for text in row}
    return [row for row in pack.localities if known.isdisjoint({row.name.casefold(), locality_code(row).casefold()})]


def locality_code(row: PackLocality) -> str:
    """The code a locality is kept under: the ONS code, where it has one."""
    return row.code or slugify(row.name)
