"""A developer's machine: debug pages, plain static files, mail on the console."""

import os

os.environ.setdefault("SECRET_KEY", "development-only-not-a-secret")
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1")
os.environ.setdefault("BASE_URL", "http://localhost:8000")
os.environ.setdefault("USES_TLS", "off")
os.environ.setdefault("BADGE_KEYS", "ZGV2ZWxvcG1lbnQtb25seS1uby1zZWNyZXQtaGVyZSE=")
os.environ.setdefault("NOTES_KEYS", "development-only-not-a-secret-but-long")

from .base import *  # noqa: E402, F403

DEBUG = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
DELIVERY_BACKEND = "django.core.mail.backends.console.EmailBackend"
