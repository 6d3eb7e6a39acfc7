"""Whoever changes what is said of records waits for whoever else does."""

from django.db import connection

from training.people.models import Sameness


def one_at_a_time() -> None:
    """Groups hang together: whoever changes one waits for whoever is changing another. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Sameness._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
