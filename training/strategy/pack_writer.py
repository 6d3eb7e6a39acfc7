"""A strategy of the tables as a pack again, and a pack as a file that reads back to the same."""

import json
from pathlib import Path
from typing import Any

import yaml

from training.pathways.marked_yaml import FileError, read_marked_bytes

from .models import Objective, Outcome, Priority, Strategy
from .pack import Pack
from .selectors import with_tree

_AS_THEY_ARE = ("title", "area", "note", "owner_group", "vision", "topics", "principles", "agencies", "localities")


def pack_of(strategy: Strategy) -> Pack:
    """The strategy as the pack it was loaded from."""
    columns: dict[str, Any] = {name: getattr(strategy, name) for name in (*_AS_THEY_ARE, "services", "succeeds")}
    targets = strategy.targets.select_related("indicator").order_by("pk")
    told = columns | {
        "id": strategy.pack_id,
        "period": {"from": strategy.from_year, "to": strategy.to_year},
        "status": strategy.status,
        "endorsed": strategy.is_endorsed,
        "fictional": strategy.is_fictional,
        "priorities": [_priority(each) for each in with_tree(strategy).priorities.all()],
        "targets": [{"indicator": each.indicator.code, "value": each.value, "note": each.note} for each in targets],
    }
    return Pack.model_validate_json(json.dumps(told))


def as_yaml(pack: Pack) -> str:
    """The pack as the text of a file; what it leaves at its usual value is left out."""
    plain = pack.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return yaml.dump(plain, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=100)


def from_yaml(text: str) -> Pack:
    """What `as_yaml` wrote."""
    return read_marked_bytes(Path("kept"), text.encode(), Pack, FileError, lambda _: ())


def _priority(priority: Priority) -> dict[str, Any]:
    objectives = [_objective(each) for each in priority.objectives.all()]
    return {"ref": priority.ref, "title": priority.title, "note": priority.note, "objectives": objectives}


def _objective(objective: Objective) -> dict[str, Any]:
    outcomes = [_outcome(each) for each in objective.outcomes.all()]
    return {"ref": objective.ref, "title": objective.title, "outcomes": outcomes}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "ref": outcome.ref,
        "title": outcome.title,
        "evidence": outcome.evidence,
        "indicators": [link.indicator.code for link in outcome.links.all()],
        "nice": outcome.nice,
        "source": outcome.source,
        "own_indicators": outcome.own_indicators,
    }
