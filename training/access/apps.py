"""Django's name for this room."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "training.access"
    verbose_name = "Access"
