"""The demo on one machine: production settings without TLS, mail into a mailbox page."""

import os
import secrets
from pathlib import Path

VAR_DIR = Path(os.environ.setdefault("VAR_DIR", str(Path(__file__).resolve().parents[2] / "var")))


def kept_secret(name: str) -> str:
    """A secret made on the first run and kept under var/."""
    path = VAR_DIR / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


os.environ.setdefault("SECRET_KEY", kept_secret("secret_key"))
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1")
os.environ.setdefault("BASE_URL", "http://localhost:8000")
os.environ.setdefault("CONTENT_HOST", "127.0.0.1")
os.environ.setdefault("USES_TLS", "off")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from .base import *  # noqa: E402, F403

IS_DEMO = True
# Compressing and naming the files by digest takes longer than the rest of the set-up: production does it, not the demo.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
DELIVERY_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # the mailbox page reads the outbox
