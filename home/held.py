"""What is held about oneself: every table that has a row, why, for how long; and all of it as a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.people.models import Person
from training.privacy.export import Held, as_document, everything_on
from training.ui.templatetags.ui import uk_date, uk_moment

SHOWN = 10


@dataclass(frozen=True, slots=True)
class HeldInWords:
    """What is held for one reason: why, how long, and the first entries; `more` are in the file alone."""

    why: str
    kept: str
    count: int
    rows: tuple[list[dict[str, str]], ...]
    more: int


@requires(Permission.LEARN)
def held(request: Request) -> HttpResponse:
    """In plain words. Oneself alone."""
    found = everything_on(_own(request).uid)
    held = _in_words(each for each in found if each.rows)
    said = {each.why for each in held}
    nothing = dict.fromkeys(each.holding.why.rstrip(".") for each in found if not each.rows)
    context = {"held": held, "nothing": [why for why in nothing if why not in said], "shown": SHOWN}
    return render(request, "home/held.html", context)


@requires(Permission.LEARN)
def held_file(request: Request) -> HttpResponse:
    """All of it, as JSON; put on record."""
    person, at = _own(request), timezone.now()
    answer = JsonResponse(
        as_document(person.uid, everything_on(person.uid), at=at),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
    )
    audit.record("person exported", by=request.access.actor, at=at, kind="person", uid=person.uid)
    answer["Content-Disposition"] = 'attachment; filename="learning-held.json"'
    return answer


def _own(request: Request) -> Person:
    return Person.objects.visible_to(request.access).get(pk=request.access.person_id or 0)


def _in_words(held: Iterable[Held]) -> list[HeldInWords]:
    """Tables that are held for one and the same reason, and as long, are one to their person."""
    found: dict[tuple[str, str], list[list[dict[str, str]]]] = {}
    for each in held:
        rows = ([{"key": _label(name), "value": _said(value)} for name, value in row.items()] for row in each.rows)
        found.setdefault((each.holding.why.rstrip("."), each.holding.keep.value), []).extend(rows)
    return [
        HeldInWords(why, kept, len(rows), tuple(rows[:SHOWN]), max(len(rows) - SHOWN, 0))
        for (why, kept), rows in found.items()
    ]


def _label(name: str) -> str:
    """'employment__agency__title' -> 'Employment agency title'."""
    return name.replace("__", " ").replace("_", " ").capitalize()


def _said(value: Any) -> str:
    """A value for people: days and moments as they are said here, yes and no, nothing as a dash."""
    if value is None or value == "":
        return "\N{EN DASH}"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if hasattr(value, "hour"):
        return uk_moment(value)
    if hasattr(value, "year"):
        return uk_date(value)
    if isinstance(value, dict):
        return "; ".join(f"{_label(str(key))}: {_said(inner)}" for key, inner in value.items()) or "\N{EN DASH}"
    if isinstance(value, list | tuple):
        return ", ".join(_said(inner) for inner in value) or "\N{EN DASH}"
    return str(value)
