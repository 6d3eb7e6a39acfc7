"""All that stands, in words that stay the same whichever ids the database gave."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from training.ledger.models import StandingCount, StandingStep
from training.ledger.verify import verify
from training.people.models import Partnership, StalePost

ROOMS = ("people", "ledger", "evidence", "audit")
NAMES = ("uid", "code", "title")
# How often the worker has begun, and counts that are counted again: neither is lost by being a little more.
LEFT_OUT = {"tries"}
NOT_HELD = {StandingCount}
Dump = dict[str, list[str]]


def dump() -> Dump:
    """By table its rows; by post its standings, together with the mark that says they are old."""
    found: Dump = defaultdict(list)
    names: dict[type[models.Model], dict[Any, str]] = {}
    for model in (model for room in ROOMS for model in apps.get_app_config(room).get_models()):
        if not model._meta.proxy and model not in NOT_HELD:
            for place, line in _lines(model, names):
                found[place].append(line)
    for partnership in Partnership.objects.all():
        found["chain"].append(str(verify(partnership).is_intact))
    return {place: sorted(lines) for place, lines in found.items()}


def is_between(seen: Dump, old: Dump, new: Dump) -> bool:
    """Whether each post is as it was or as it is to be, and everything else as it was: for work done post by post."""
    return all(seen.get(place) in (old.get(place), new.get(place)) for place in seen.keys() | old.keys() | new.keys())


def _lines(model: type[models.Model], names: dict[type[models.Model], dict[Any, str]]) -> Iterator[tuple[str, str]]:
    fields = [field for field in model._meta.concrete_fields if field.name not in LEFT_OUT | {"id"}]
    for values in model._base_manager.values_list(*(field.attname for field in fields)):
        said = {field.name: _said(field, value, names) for field, value in zip(fields, values, strict=True)}
        is_of_post = model in (StandingStep, StalePost)
        yield f"post {said['post']}" if is_of_post else model.__name__, f"{model.__name__} {said}"


def _said(field: models.Field, value: Any, names: dict[type[models.Model], dict[Any, str]]) -> Any:
    """The value; of a key into another table what that row is called there."""
    if isinstance(value, memoryview):
        return bytes(value)
    if not isinstance(field, models.ForeignKey) or value is None:
        return value
    model = field.related_model
    if model not in names:
        own = {each.name for each in model._meta.concrete_fields}
        name = next((name for name in NAMES if name in own), "pk")
        names[model] = dict(model._base_manager.values_list("pk", name))
    return str(names[model][value])
