"""Loading strategies from packs: whole or not at all, and a second load of the same pack changes nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.text import slugify

from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Locality, Partnership
from training.strategy import pack as packs
from training.strategy.models import Indicator, Objective, Outcome, OutcomeIndicator, Priority, Strategy, Target
from training.strategy.pack_reader import read_indicators

Model = TypeVar("Model", bound=models.Model)


class StrategyError(Exception):
    """A pack that cannot be loaded here; the text can be shown to a person."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What loading a pack did."""

    pack_id: str
    is_changed: bool
    priorities: int
    objectives: int
    outcomes: int
    targets: int
    indicators: int
    localities_added: int


@transaction.atomic
def load_pack(pack: packs.Pack, *, partnership: Partnership | None, by: Actor, at: datetime) -> Receipt:
    """Put a pack into the tables, as the partnership's own or, with none, as an example; raises StrategyError.

    Rows are matched by their refs, so that what points at an outcome keeps pointing at it. The localities of a
    partnership's own pack become the partnership's.
    """
    indicators = load_indicators()
    before = Strategy.objects.filter(pack_id=pack.id).first()
    if before and before.partnership_id and (partnership is None or partnership.pk != before.partnership_id):
        raise StrategyError(f"{pack.id} is the strategy of {before.partnership}; load it for that partnership.")
    digest = _digest(pack, partnership)
    is_changed = before is None or before.digest != digest
    added = _add_localities(pack, partnership) if partnership else 0
    if is_changed:
        _refuse_a_second_current(pack, partnership)
        strategy, _ = Strategy.objects.update_or_create(
            pack_id=pack.id, defaults=_columns(pack) | {"partnership": partnership, "digest": digest, "loaded_at": at}
        )
        _write_tree(strategy, pack, indicators)
        audit.record(
            "strategy loaded",
            by=by,
            at=at,
            kind="strategy",
            uid=pack.id,
            partnership_code=partnership.code if partnership else "",
            digest=digest,
        )
    return Receipt(
        pack_id=pack.id,
        is_changed=is_changed or bool(added),
        priorities=len(pack.priorities),
        objectives=len(pack.objectives),
        outcomes=len(pack.outcomes),
        targets=len(pack.targets),
        indicators=len(indicators),
        localities_added=added,
    )


def load_indicators() -> dict[str, Indicator]:
    """Bring the indicator table up to the packaged list; by code."""
    rows = [
        row.model_dump(mode="json", exclude={"good", "collected"})
        | {"direction": row.good.value, "is_collected": row.collected, "position": position}
        for position, row in enumerate(read_indicators())
    ]
    Indicator.objects.bulk_create(
        [Indicator(**row) for row in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[name for name in rows[0] if name != "code"],
    )
    return {indicator.code: indicator for indicator in Indicator.objects.all()}


def _digest(pack: packs.Pack, partnership: Partnership | None) -> str:
    whose = partnership.code if partnership else ""
    return hashlib.sha256(f"{whose}\n{pack.model_dump_json(by_alias=True)}".encode()).hexdigest()


def _refuse_a_second_current(pack: packs.Pack, partnership: Partnership | None) -> None:
    if partnership is None or pack.status is not packs.Status.CURRENT:
        return
    other = Strategy.objects.filter(partnership=partnership, status=packs.Status.CURRENT).exclude(pack_id=pack.id)
    if found := other.first():
        raise StrategyError(f"{partnership} already has a current strategy, {found.pack_id}. Mark that historic first.")


def _columns(pack: packs.Pack) -> dict[str, Any]:
    kept = ("title", "area", "note", "owner_group", "vision", "topics", "principles", "agencies", "localities")
    columns = pack.model_dump(mode="json", include={*kept, "services", "status", "succeeds"})
    return columns | {
        "from_year": pack.period.from_year,
        "to_year": pack.period.to_year,
        "is_endorsed": pack.endorsed,
        "is_fictional": pack.fictional,
    }


def _write_tree(strategy: Strategy, pack: packs.Pack, indicators: dict[str, Indicator]) -> None:
    for p, priority in enumerate(pack.priorities):
        words = {"title": priority.title, "note": priority.note, "position": p}
        row = _put(Priority, {"strategy": strategy, "ref": priority.ref}, words)
        for o, objective in enumerate(priority.objectives):
            _write_objective(row, objective, o, indicators)
        row.objectives.exclude(ref__in=[each.ref for each in priority.objectives]).delete()
    strategy.priorities.exclude(ref__in=[each.ref for each in pack.priorities]).delete()
    for target in pack.targets:
        keys = {"strategy": strategy, "indicator": indicators[target.indicator]}
        _put(Target, keys, {"value": target.value, "note": target.note})
    strategy.targets.exclude(indicator__code__in=[each.indicator for each in pack.targets]).delete()


def _write_objective(
    priority: Priority, objective: packs.Objective, position: int, indicators: dict[str, Indicator]
) -> None:
    words: dict[str, Any] = {"title": objective.title, "position": position}
    parent = _put(Objective, {"priority": priority, "ref": objective.ref}, words)
    for n, outcome in enumerate(objective.outcomes):
        words = outcome.model_dump(mode="json", include={"title", "evidence", "nice", "source", "own_indicators"})
        row = _put(Outcome, {"objective": parent, "ref": outcome.ref}, words | {"position": n})
        row.links.all().delete()
        OutcomeIndicator.objects.bulk_create(
            OutcomeIndicator(outcome=row, indicator=indicators[code], position=i)
            for i, code in enumerate(outcome.indicators)
        )
    parent.outcomes.exclude(ref__in=[each.ref for each in objective.outcomes]).delete()


def _put(model: type[Model], keys: dict[str, Any], columns: dict[str, Any]) -> Model:
    return model._default_manager.update_or_create(**keys, defaults=columns)[0]


def _add_localities(pack: packs.Pack, partnership: Partnership) -> int:
    """The localities a partnership's own pack names, made the partnership's; those it has stay as they are."""
    known = {title.casefold() for title in partnership.localities.values_list("title", flat=True)}
    fresh = [row for row in pack.localities if row.name.casefold() not in known]
    Locality.objects.bulk_create(_localities(fresh, partnership))
    return len(fresh)


def _localities(rows: Iterable[packs.PackLocality], partnership: Partnership) -> list[Locality]:
    return [
        Locality(
            partnership=partnership,
            code=row.code or slugify(row.name),
            title=row.name,
            kind=row.kind.value,
            ons_code=row.code or "",
        )
        for row in rows
    ]
