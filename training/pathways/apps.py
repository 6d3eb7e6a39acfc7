"""Django's name for this room."""

from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    name = "training.pathways"
    verbose_name = "Pathways"
