"""How posts would stand if a completion had never been, or stopped counting."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from training.ledger.expiry import Fact
from training.ledger.history import History
from training.ledger.models import Completion
from training.ledger.standing import Standing, standing
from training.pathways.models import Module

from .histories import histories


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A module of which some post would stand otherwise: as it is today, and as it would be."""

    module: Module
    was: Standing | None
    will: Standing | None


def standings_without(
    completion: Completion, posts: Iterable[int], *, stops_on: date | None, on: date
) -> list[Otherwise]:
    """What would be otherwise for these posts today: without the completion, or with it stopping on a day."""
    found: dict[tuple[object, ...], None] = {}
    for each in histories(posts):
        if any(fact.uid == completion.pk for fact in each.history.facts):
            would_be = _without(each.history, completion.pk, stops_on)
            was, will = standing(each.history, on), standing(would_be, on)
            if was != will:
                found[each.module, was, will] = None
    modules = Module.objects.in_bulk({module for module, _, _ in found})  # type: ignore[misc]
    return [Otherwise(modules[module], was, will) for module, was, will in found]  # type: ignore[index,arg-type]


def _without(history: History, completion: int, stops_on: date | None) -> History:
    def left(fact: Fact) -> Fact | None:
        if fact.uid != completion:
            return fact
        return replace(fact, revoked_on=min(stops_on, fact.revoked_on or stops_on)) if stops_on else None

    return replace(history, facts=tuple(each for fact in history.facts if (each := left(fact))))
