"""Django's name for this room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "training.audit"
    verbose_name = "Audit"

    def ready(self) -> None:
        """Register what `manage.py check` looks at."""
        from . import checks  # noqa: F401
