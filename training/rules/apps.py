"""Django's name for this room."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "training.rules"
    verbose_name = "Rules"
