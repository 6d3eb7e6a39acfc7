"""Django's name for this room."""

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "training.boards"
    verbose_name = "Board packs"
