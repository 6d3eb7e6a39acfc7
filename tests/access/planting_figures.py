"""Figures from outside, for the walk round every door."""

from datetime import datetime
from typing import Any

from training.access.actor import Actor
from training.access.clock import london_date
from training.people.models import Partnership
from training.strategy.models import IndicatorValue
from training.strategy.pack import Frequency
from training.strategy.periods import ended
from training.strategy.services import give_values
from training.strategy.values import Said

CODE = "REFERRALS_BY_AGENCY"


def plant_figure(partnership: Partnership, part: str, *, by: Actor, at: datetime) -> dict[str, str]:
    """One value that somebody said, of one agency."""
    period = ended(Frequency.QUARTER, london_date(at), 1)[0]
    give_values(partnership, [Said(CODE, part, period, 12, None, "As counted", "The service")], by=by, at=at)
    value = IndicatorValue.objects.get(partnership=partnership, part=part)
    return {"indicator": CODE, "value": str(value.uid), "period": period.code}


def figure_bodies(period: str) -> dict[str, dict[str, Any]]:
    """Something plausible to post."""
    said = {"period": period, "numerator": "40", "narrative": "As counted", "said_by": "The service", "why": "Late"}
    return {"value": said, "take_back": {"why": "Counted twice"}}
