"""What the header offers: the places this one may go."""

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The access of the one who asks, for the header of every page."""
    return {"access": getattr(request, "access", None), "navigation": []}
