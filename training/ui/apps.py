"""The app of the look."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "training.ui"
    label = "ui"
    verbose_name = "Look"

    def ready(self) -> None:
        """Register the system checks."""
        from . import checks  # noqa: F401
