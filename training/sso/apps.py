"""Django's name for this room."""

from django.apps import AppConfig


class SsoConfig(AppConfig):
    name = "training.sso"
    verbose_name = "Signing in"

    def ready(self) -> None:
        """Listen to allauth."""
        from . import receivers  # noqa: F401
