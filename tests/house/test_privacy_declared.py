"""Every table that points at a person is declared in its room's privacy.py."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldError

from training.people.models import Employment, Person, Post, User
from training.privacy.holdings import all_holdings

SUBJECTS = (Person, User, Employment, Post)


def tables_about_people() -> set[str]:
    """Our concrete tables that are a person's, or have a key to one."""
    found = set()
    for model in apps.get_models():
        if model._meta.app_config.name not in settings.ROOMS or model._meta.proxy:
            continue
        keys = [field for field in model._meta.local_concrete_fields if field.is_relation]
        if model in SUBJECTS or any(field.related_model in SUBJECTS for field in keys):
            found.add(model._meta.label)
    return found


def test_every_table_about_people_is_declared():
    assert tables_about_people() - {holding.model for holding in all_holdings()} == set()


def test_every_holding_can_be_read(db):
    for holding in all_holdings():
        try:
            holding.rows_about("00000000-0000-4000-8000-000000000000")
        except FieldError as error:
            raise AssertionError(f"{holding.model}: {error}") from error
