"""Django's name for this room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "training.ledger"
    verbose_name = "Ledger"
