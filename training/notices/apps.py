"""Django's name for this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "training.notices"
    verbose_name = "Notices"
