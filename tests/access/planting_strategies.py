"""A strategy of each planted partnership, changed once, for the walk round every door."""

from datetime import datetime
from typing import Any

from training.access.actor import Actor
from training.people.models import Partnership
from training.strategy import edits
from training.strategy.models import Strategy
from training.strategy.pack import Period, Status, Succeeds
from training.strategy.pack_reader import BLANK, read_pack
from training.strategy.services import load_pack


def plant_strategy(partnership: Partnership, *, by: Actor, at: datetime) -> dict[str, str]:
    """One of long ago, so that it comes after all others; the same for every agency of a partnership."""
    name = f"{partnership.code}-2015"
    if not Strategy.objects.filter(pack_id=name).exists():
        said = {
            "id": name,
            "status": Status.HISTORIC,
            "period": Period.model_validate({"from": 2015, "to": 2018}),
            "succeeds": Succeeds(pack="glos-da-2014", outcomes={}),
            "localities": (),
        }
        pack = read_pack(BLANK).model_copy(update=said)
        load_pack(pack, partnership=partnership, by=by, at=at)
        load_pack(edits.with_target(pack, "COV_T1", value=80, note=""), partnership=partnership, by=by, at=at)
    strategy = Strategy.objects.get(pack_id=name)
    return {
        "own_strategy": name,
        "strategy_seen": strategy.digest,
        "former_strategy": str(strategy.former.get().pk),
        "outcome": "1.1",
        "first": "0",
    }


def strategy_bodies(seen: str) -> dict[str, dict[str, Any]]:
    """Something plausible to post."""
    about = {"title": "A strategy", "from_year": "2015", "to_year": "2019", "status": "historic", "follows": ""}
    bodies: dict[str, dict[str, Any]] = {
        "strategy_about": about,
        "strategy_outcome": {"title": "Another wording", "evidence": "D", "indicators": ["COV_T1"]},
        "strategy_links": {"earlier": ["2.2"]},
        "strategy_target": {"value": "85", "note": ""},
        "strategy_agency": {"commitment": "adopted"},
    }
    return {name: body | {"seen": seen} for name, body in bodies.items()}
