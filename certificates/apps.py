"""Django's name for this room."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = "Certificates"

    def ready(self) -> None:
        """Listen for completions, and check the keys."""
        from certificates import checks, receivers  # noqa: F401
