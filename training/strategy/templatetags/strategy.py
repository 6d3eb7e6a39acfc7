"""Template filters of the strategy pages: `{% load strategy %}`."""

from collections.abc import Mapping
from typing import Any

from django import template

from training.strategy.models import Outcome

register = template.Library()


@register.filter
def carried_on(outcomes: Mapping[str, list[Outcome]], ref: str) -> list[Outcome]:
    """The earlier outcomes that the one with this ref carries on."""
    return outcomes.get(ref, [])


@register.filter
def at_code(lines: Mapping[str, Any], code: str) -> Any:
    """What stands under an indicator's code; nothing where nothing does."""
    return lines.get(code) if lines else None
