"""Template filters of the strategy pages: `{% load strategy %}`."""

from collections.abc import Mapping

from django import template

from training.strategy.indicators import Reading

register = template.Library()


@register.filter
def reading_of(readings: Mapping[str, Reading] | None, code: str) -> Reading | None:
    """The reading of one indicator, by its code; none where there are no figures."""
    return readings.get(code) if readings else None
