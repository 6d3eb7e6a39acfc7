"""What outsiders ask of the planted partnerships, for the walk round every door."""

from datetime import datetime
from typing import Any

from training.access.actor import Actor
from training.access.clock import today
from training.inspection.foi import FileTold, Told, YearTold
from training.inspection.models import FoiPack, Sample
from training.inspection.services.samples import draw_sample
from training.people.models import Partnership


def plant_inspection(partnership: Partnership, *, by: Actor, at: datetime) -> dict[str, str]:
    """The same for every agency of a partnership: a pack that is ready."""
    told = Told(
        partnership=partnership.title,
        known_at=at,
        years=(YearTold(title="2025-26", as_at=today(), completions=85, silent=()),),
        tables=(FileTold(title="Everybody", holds="All", rows=1),),
    )
    ready = {"asked_at": at, "asked_by": str(by), "made_at": at, "told": told.canonical(), "content": b"A pack"}
    FoiPack.objects.get_or_create(partnership=partnership, defaults=ready)
    return {"sample": str(_sample(partnership, by=by, at=at).uid)}


def _sample(partnership: Partnership, *, by: Actor, at: datetime) -> Sample:
    """Everybody who can be drawn, of every agency that stands by now; one more a year for each agency."""
    return draw_sample(partnership=partnership, seed="canary", as_at=today(), by=by, at=at)


def inspection_bodies() -> dict[str, dict[str, Any]]:
    """What is typed into the forms of an audit."""
    return {"sample": {"seed": "another", "as_at": str(today())}}
