"""Each room says, in its privacy.py, which tables hold data on a person, why, and for how long."""

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import models


class Keep(StrEnum):
    """Retention classes: how long rows of a table are kept."""

    WHILE_EMPLOYED = "until six years after the person has left every agency"
    LEDGER = "until six years after the person has left every agency; the chain keeps pseudonymous fields"
    LOGIN = "until the login is closed"
    SHORT = "thirty days after it has served"
    YEAR = "a year"
    NINETY_DAYS = "ninety days"
    AUDIT = "two years"
    OWNER = "until its owner deletes it or leaves"


@dataclass(frozen=True, slots=True)
class Holding:
    """One table with data on a person.

    `model` is 'app.Model'; `subject` the lookup from a row to the person's uid ('employment__person__uid');
    `fields` what a subject-access export shows, as lookups; `why` a sentence for the person. `is_shared`: rows of
    earlier records whose training counts for this one are shown too, as training is; else those of the one record.
    """

    model: str
    subject: str
    why: str
    keep: Keep
    fields: tuple[str, ...]
    is_shared: bool = False

    @property
    def table(self) -> type[models.Model]:
        """The model class."""
        return apps.get_model(self.model)

    def rows_about(self, person_uid: object) -> list[dict[str, Any]]:
        """Everything this table holds on one person, as the export shows it."""
        rows = self.table._base_manager.filter(**{self.subject: person_uid})
        return list(rows.order_by("pk").values(*self.fields))


def all_holdings() -> tuple[Holding, ...]:
    """What every room has declared, in the order of the rooms."""
    found: list[Holding] = []
    for config in apps.get_app_configs():
        name = f"{config.name}.privacy"
        if config.name != "training.privacy" and find_spec(name) is not None:
            found.extend(getattr(import_module(name), "HOLDINGS", ()))
    return tuple(found)
