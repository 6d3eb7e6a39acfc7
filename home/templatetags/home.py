"""Template filters of the public pages: `{% load home %}`."""

from collections.abc import Iterable

from django import template

from home.models import Download
from home.public.downloads import file_name
from training.boards.contents import PublicLine

register = template.Library()


@register.filter
def as_stats(lines: Iterable[PublicLine]) -> list[dict[str, str]]:
    """Published figures as `ui/stats.html` takes them."""
    return [
        {
            "value": line.text,
            "label": line.title,
            "note": ". ".join(filter(None, (line.counts, f"Target {line.target_text}" if line.has_target else ""))),
        }
        for line in lines
    ]


@register.filter
def saved_as(download: Download) -> str:
    """The name under which a document is saved."""
    return file_name(download)
