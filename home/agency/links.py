"""Addresses of an agency's pages that keep the day and the filters one has chosen."""

from collections.abc import Mapping
from urllib.parse import urlencode

from training.access.gates import Request

DAYS = tuple(f"{name}_{part}" for name in ("as_at", "known_on") for part in ("day", "month", "year"))


def days_chosen(request: Request) -> dict[str, str]:
    """The part of the address that says which day the page is about."""
    return {name: request.GET[name] for name in DAYS if request.GET.get(name)}


def address(path: str, *parts: Mapping[str, object], **more: object) -> str:
    """The path with these parameters; blank ones are left out."""
    said = {name: value for part in parts for name, value in part.items()} | more
    said = {name: value for name, value in said.items() if value not in ("", None)}
    return f"{path}?{urlencode(said)}" if said else path
