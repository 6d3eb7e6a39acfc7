"""The app of the look."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "training.ui"
    label = "ui"
    verbose_name = "Look"
