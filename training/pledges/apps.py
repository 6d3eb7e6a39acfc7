"""Django's name for this room."""

from django.apps import AppConfig


class PledgesConfig(AppConfig):
    name = "training.pledges"
    verbose_name = "Commitments"
