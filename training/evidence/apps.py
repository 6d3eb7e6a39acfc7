"""The evidence room."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Registers the room with Django."""

    name = "training.evidence"
