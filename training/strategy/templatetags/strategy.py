"""Template filters of the strategy pages: `{% load strategy %}`."""

from collections.abc import Mapping

from django import template

from training.strategy.indicators import Reading
from training.strategy.models import Outcome

register = template.Library()


@register.filter
def carried_on(outcomes: Mapping[str, list[Outcome]], ref: str) -> list[Outcome]:
    """The earlier outcomes that the one with this ref carries on."""
    return outcomes.get(ref, [])


@register.filter
def reading_of(readings: Mapping[str, Reading] | None, code: str) -> Reading | None:
    """The reading of one indicator, by its code; none where there are no figures."""
    return readings.get(code) if readings else None
