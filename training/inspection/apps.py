"""Django's name for this room."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "training.inspection"
    verbose_name = "Inspection"
