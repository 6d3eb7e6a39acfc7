"""Django's name for this room."""

from django.apps import AppConfig


class SsoConfig(AppConfig):
    name = "training.sso"
    verbose_name = "Signing in"
