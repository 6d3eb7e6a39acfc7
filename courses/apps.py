"""Django's name for this room."""

from importlib import import_module

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Courses"

    def ready(self) -> None:
        """Listen."""
        import_module("courses.receivers")
        import_module("courses.checks")
