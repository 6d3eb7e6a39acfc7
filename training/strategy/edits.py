"""A strategy with one thing changed, as the small forms change it. Pure; what comes out is still to be checked."""

from collections.abc import Iterable, Sequence
from typing import Any

from .pack import Commitment, Evidence, Outcome, Pack, Period, Status, Succeeds, Target


def with_about(pack: Pack, *, title: str, from_year: int, to_year: int, status: Status, follows: str) -> Pack:
    """Another title, other years, another status, or another strategy that it follows: links to that begin anew."""
    succeeds = pack.succeeds
    if follows != (succeeds.pack if succeeds else ""):
        succeeds = Succeeds(pack=follows, outcomes={}) if follows else None
    period = Period.model_construct(from_year=from_year, to_year=to_year)
    return pack.model_copy(update={"title": title, "period": period, "status": status, "succeeds": succeeds})


def with_outcome(pack: Pack, ref: str, *, title: str, evidence: Evidence, indicators: Iterable[str]) -> Pack:
    """Another wording of one outcome. Figures that it had keep their order, new ones come after them."""
    wanted = list(indicators)

    def changed(outcome: Outcome) -> Outcome:
        if outcome.ref != ref:
            return outcome
        kept = [code for code in outcome.indicators if code in wanted]
        named = (*kept, *(code for code in wanted if code not in kept))
        return outcome.model_copy(update={"title": title, "evidence": evidence, "indicators": named})

    priorities = tuple(
        _with(
            priority,
            objectives=tuple(
                _with(objective, outcomes=tuple(changed(each) for each in objective.outcomes))
                for objective in priority.objectives
            ),
        )
        for priority in pack.priorities
    )
    return pack.model_copy(update={"priorities": priorities})


def with_target(pack: Pack, code: str, *, value: int | None, note: str) -> Pack:
    """Another target of an indicator; None, and it has none."""
    target = Target.model_construct(indicator=code, value=value, note=note) if value is not None else None
    if pack.target(code):
        targets = [target if each.indicator == code else each for each in pack.targets]
    else:
        targets = [*pack.targets, target]
    return pack.model_copy(update={"targets": tuple(each for each in targets if each)})


def with_commitment(pack: Pack, place: int, commitment: Commitment) -> Pack:
    """What the agency at this place of the list has confirmed."""
    agencies = list(pack.agencies)
    agencies[place] = agencies[place].model_copy(update={"commitment": commitment})
    return pack.model_copy(update={"agencies": tuple(agencies)})


def with_links(pack: Pack, ref: str, earlier: Sequence[str]) -> Pack:
    """Which outcomes of the strategy before an outcome carries on."""
    if pack.succeeds is None:
        return pack
    links = {each: refs for each, refs in pack.succeeds.outcomes.items() if each != ref}
    if earlier:
        links[ref] = tuple(earlier)
    order = [each.ref for each in pack.outcomes if each.ref in links]
    outcomes = {each: links[each] for each in (*order, *(set(links) - set(order)))}
    return pack.model_copy(update={"succeeds": pack.succeeds.model_copy(update={"outcomes": outcomes})})


def _with(row: Any, **update: Any) -> Any:
    return row.model_copy(update=update)
