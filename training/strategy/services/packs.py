"""Loading strategies from packs: whole or not at all, and a second load of the same pack changes nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Locality, Partnership
from training.strategy import pack as packs
from training.strategy.changes import changes
from training.strategy.models import (
    FormerStrategy,
    Indicator,
    Objective,
    Outcome,
    OutcomeIndicator,
    Priority,
    Strategy,
    Target,
)
from training.strategy.pack_reader import Known, PackError, read_indicators, read_pack_bytes
from training.strategy.pack_writer import as_yaml, pack_of
from training.strategy.selectors import locality_code, new_localities

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


MOST_ON_RECORD, LONGEST_ON_RECORD = 20, 300
STALE = (
    "Somebody else has changed this strategy since you opened the page, and nothing of yours was saved. "
    "Look at what it says now, and try again."
)


def load_pack(
    pack: packs.Pack, *, partnership: Partnership | None, by: Actor, at: datetime, seen: str | None = None
) -> Receipt:
    """Put a pack into the tables, as the partnership's own or, with none, as an example; raises StrategyError.

    Rows are matched by their refs, so that what points at an outcome keeps pointing at it. The localities of a
    partnership's own pack become the partnership's, unless it is a draft. What it said before stays to be read.
    `seen` is the digest that it had when somebody looked ("" for none): where it has another, nothing is loaded.
    """
    try:
        with transaction.atomic():
            return _load(pack, partnership, by, at, seen)
    except IntegrityError as error:
        raise StrategyError(STALE) from error


def why_not(pack: packs.Pack, partnership: Partnership | None) -> str:
    """Why a pack cannot be loaded for a partnership, whatever it says; nothing where it can."""
    before = Strategy.objects.filter(pack_id=pack.id).first()
    if before and before.partnership_id and (partnership is None or partnership.pk != before.partnership_id):
        return f"The id {pack.id} is taken by another partnership's strategy. Give this one an id of its own."
    if partnership is None or pack.status is not packs.Status.CURRENT:
        return ""
    other = Strategy.objects.filter(partnership=partnership, status=packs.Status.CURRENT).exclude(pack_id=pack.id)
    if found := other.first():
        return f"{partnership} already has a current strategy, {found.pack_id}. Mark that historic first."
    return ""


def _load(pack: packs.Pack, partnership: Partnership | None, by: Actor, at: datetime, seen: str | None) -> Receipt:
    if reason := why_not(pack, partnership):
        raise StrategyError(reason)
    indicators = load_indicators()
    before = Strategy.objects.filter(pack_id=pack.id).first()
    if seen is not None and seen != (before.digest if before else ""):
        raise StrategyError(STALE)
    digest = _digest(pack, partnership)
    is_changed = before is None or before.digest != digest
    added = _add_localities(pack, partnership) if partnership and pack.status is not packs.Status.DRAFT else 0
    if is_changed:
        columns = _columns(pack) | {"partnership": partnership, "digest": digest, "loaded_at": at}
        if before is None:
            strategy = Strategy.objects.create(pack_id=pack.id, **columns)
            _record("strategy loaded", strategy, by, at)
        else:
            was = pack_of(before)
            differs = changes(was, pack, Indicator.titles())
            strategy = _write_over(before, was, columns, by, at)
            told = [str(each)[:LONGEST_ON_RECORD] for each in differs[:MOST_ON_RECORD]]
            _record("strategy changed", strategy, by, at, changes=len(differs), first_changes=told)
        _write_tree(strategy, pack, indicators)
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


def save_edit(
    pack: packs.Pack, *, partnership: Partnership, known: Known, seen: str, by: Actor, at: datetime
) -> Receipt:
    """Save a strategy that was changed by a form, once it holds together as a file would; raises StrategyError."""
    try:
        checked = read_pack_bytes(pack.id, as_yaml(pack).encode(), known)
    except PackError as refusal:
        raise StrategyError("; ".join(problem.reason for problem in refusal.problems)) from refusal
    return load_pack(checked, partnership=partnership, by=by, at=at, seen=seen)


@transaction.atomic
def remove_draft(strategy: Strategy, *, by: Actor, at: datetime) -> None:
    """Take away a draft; raises StrategyError where it is none, or a board pack is held against it."""
    if not strategy.is_draft or strategy.former.exists():
        raise StrategyError("Only a draft that was never current can be removed. Mark it historic instead.")
    _record("strategy removed", strategy, by, at)
    try:
        strategy.delete()
    except ProtectedError as error:
        raise StrategyError("A board pack is held against this draft. Throw that away first.") from error


def _write_over(before: Strategy, was: packs.Pack, columns: dict[str, Any], by: Actor, at: datetime) -> Strategy:
    """Keep what it said, unless that was a draft, and write the new; refused where somebody else was faster."""
    if not before.is_draft:
        FormerStrategy.objects.create(
            strategy=before,
            content=as_yaml(was),
            said_from=before.loaded_at,
            replaced_at=at,
            replaced_by=str(by),
        )
    if not Strategy.objects.filter(pk=before.pk, digest=before.digest).update(**columns):
        raise StrategyError(STALE)
    return Strategy.objects.get(pk=before.pk)


def _record(verb: str, strategy: Strategy, by: Actor, at: datetime, **more: Any) -> None:
    code = strategy.partnership.code if strategy.partnership else ""
    digest = strategy.digest
    audit.record(
        verb, by=by, at=at, kind="strategy", uid=strategy.pack_id, partnership_code=code, digest=digest, **more
    )


def _digest(pack: packs.Pack, partnership: Partnership | None) -> str:
    whose = partnership.code if partnership else ""
    return hashlib.sha256(f"{whose}\n{pack.model_dump_json(by_alias=True)}".encode()).hexdigest()


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
    fresh = new_localities(pack, partnership)
    Locality.objects.bulk_create(_localities(fresh, partnership))
    return len(fresh)


def _localities(rows: Iterable[packs.PackLocality], partnership: Partnership) -> list[Locality]:
    return [
        Locality(
            partnership=partnership,
            code=locality_code(row),
            title=row.name,
            kind=row.kind.value,
            ons_code=row.code or "",
        )
        for row in rows
    ]
