"""Puts one row about a person into any table, whatever its columns: for tests that walk every declared table."""

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import models
from wagtail.models import Page

from tests.factories import (
    DesignationFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
    TermFactory,
    completion,
)
from training.people.models import Employment, Person, Post, Term, User
from training.privacy.holdings import Holding

MOMENT = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = date(2026, 3, 2)
# What a table's constraints ask for beyond a plausible value a column
ALSO: dict[str, dict[str, Any]] = {
    "sso.AddressCode": {"expires_at": MOMENT + timedelta(minutes=15)},
    "champions.Block": {"address": "canary@example.org"},
    "champions.ManagerQuestion": {"withdrawn_at": MOMENT, "address": "canary@example.org"},
    "people.RecordClaim": {"ends_at": MOMENT + timedelta(hours=1)},
    "champions.Meeting": {"ends_at": MOMENT + timedelta(hours=1)},
}
# Tables about two different people: the columns that name them, the older record first
PAIRS = {
    "people.Sameness": ("record", "same_as"),
    "people.Sharing": ("record", "own"),
    "people.LikelyDuplicate": ("one", "other"),
}


class Planter:
    """One person with a login, an agency and a post, and what has been planted for them so far."""

    def __init__(self, person: Person, by: str) -> None:
        term = Term.objects.everywhere(reason="test").filter(post__employment__person=person).first() or TermFactory(
            post__employment__person=person
        )
        ModuleFactory(), DesignationFactory(), RequirementFactory()
        self.by = by
        self.planted: dict[type[models.Model], models.Model] = {
            Person: person,
            User: person.user,
            Employment: term.post.employment,
            Post: term.post,
            Term: term,
        }

    def plant(self, holding: Holding) -> None:
        """A row of this table about the person, unless planting another has brought one."""
        if not holding.rows_about(self.planted[Person].uid):
            # A table may name two people: planted once for each way to them
            self.planted.pop(holding.table, None)
            self._row(holding.table, holding.subject)

    def _row(self, model: type[models.Model], path: str = "") -> models.Model:
        model = model._meta.concrete_model
        if model not in self.planted:
            self.planted[model] = self._made(model, path)
        return self.planted[model]

    def _made(self, model: type[models.Model], path: str) -> models.Model:
        if model._meta.label == "ledger.Entry":
            return completion(self.planted[Person])
        if model._meta.label == "audit.AuditEvent":
            return model._base_manager.create(at=MOMENT, actor=self.by, verb="looked")
        if issubclass(model, Page):
            page = model(title="Canary", **self._values(model, "", model._meta.local_concrete_fields))
            return Page.objects.get(depth=1).add_child(instance=page)
        return model._base_manager.create(**self._values(model, path, model._meta.concrete_fields))

    def _values(self, model: type[models.Model], path: str, fields: Iterable[models.Field]) -> dict[str, Any]:
        first, _, rest = path.partition("__")
        values = dict(ALSO.get(model._meta.label, {}))
        for field in fields:
            if field.name not in values and (field.name == first or _is_needed(field)):
                values[field.name] = self._value(field, rest if field.name == first else "")
        if model._meta.label in PAIRS:
            older, newer = PAIRS[model._meta.label]
            person = self.planted[Person]
            before = Person._base_manager.filter(pk=-person.pk).first
            other = PersonFactory() if first == older else before() or PersonFactory(pk=-person.pk)
            values[newer if first == older else older] = other
        return values

    def _value(self, field: models.Field, path: str) -> Any:
        if not field.is_relation:
            return _plausible(field)
        target = field.related_model._meta.concrete_model
        if target in self.planted or path:
            return self._row(target, path)
        return target._base_manager.first() or self._row(target)


def _is_needed(field: models.Field) -> bool:
    return not (field.primary_key or field.null or field.has_default() or (field.blank and not field.unique))


def _plausible(field: models.Field) -> Any:
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.IntegerField):
        return field.model._base_manager.count() + 1  # some are numbered
    by_kind = (
        (models.DateTimeField, MOMENT),
        (models.DateField, DAY),
        (models.BooleanField, True),
        (models.EmailField, "canary@example.org"),
        (models.DecimalField, 1),
        (models.JSONField, {"canary": 1}),
        (models.BinaryField, b"canary"),
        (models.UUIDField, uuid.uuid4()),
    )
    return next((value for kind, value in by_kind if isinstance(field, kind)), uuid.uuid4().hex[: field.max_length])
