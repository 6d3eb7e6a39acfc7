"""Django's name for this room."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "training.returns"
    verbose_name = "Returns"
