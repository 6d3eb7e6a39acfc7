"""Django's name for this room."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "training.strategy"
    verbose_name = "Strategy"
