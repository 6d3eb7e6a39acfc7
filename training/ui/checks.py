"""What `manage.py check` says of the numbers we show to somebody who needs help."""

from datetime import timedelta
from typing import Any

from django.core.checks import CheckMessage, Warning, register

from training.access.clock import today

from .help_lines import NATIONAL_HELPLINE

WARNS_BEFORE = timedelta(days=30)


@register()
def help_lines_are_checked(**_: Any) -> list[CheckMessage]:
    """A warning from 30 days before a number is hidden for want of a check."""
    line, on = NATIONAL_HELPLINE, today()
    if on < line.shown_until - WARNS_BEFORE:
        return []
    state = "is hidden" if line.is_stale(on) else f"will be hidden after {line.shown_until.isoformat()}"
    return [
        Warning(
            f"The number of the {line.name} {state}: it was last checked on {line.checked_on.isoformat()}.",
            hint="Check it at its own source, then set checked_on in training/ui/help_lines.py.",
            id="training.W002",
        )
    ]
