"""Template filters of the strategy pages: `{% load strategy %}`."""

from collections.abc import Mapping

from django import template

from training.strategy.indicators import Reading

register = template.Library()


@register.filter
def reading_of(readings: Mapping[str, Reading], code: str) -> Reading | None:
    """The reading of one indicator, by its code."""
    return readings.get(code)
