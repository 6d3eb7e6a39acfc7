"""Django's name for this room."""

from django.apps import AppConfig


class PressConfig(AppConfig):
    name = "training.press"
    verbose_name = "Press"
