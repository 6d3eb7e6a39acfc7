"""The suite: fast hashing, mail in memory, work done at once."""

import os
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "test-only-not-a-secret")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("BASE_URL", "http://testserver")
os.environ.setdefault("USES_TLS", "off")
os.environ.setdefault("BADGE_KEYS", "dGVzdC1vbmx5LW5vdC1hLXNlY3JldC0zMi1ieXRlcyE=")
os.environ.setdefault("NOTES_KEYS", "test-only-not-a-secret-but-long-enough")

from .base import *  # noqa: E402, F403

IS_DEMO = True
VAR = ROOT / "var" / "test"  # noqa: F405
VAR.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = VAR / "media"
CERTIFICATE_ROOT = VAR / "certificates"
SIGNING_KEY_FILE = VAR / "signing.pem"
EVIDENCE_ROOT = VAR / "evidence"
PACKAGE_ROOT = VAR / "packages"
EMAIL_BACKEND = DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"},
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "local"},
}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] = (  # noqa: F405
        "PRAGMA synchronous=OFF;PRAGMA journal_mode=MEMORY;PRAGMA temp_store=MEMORY;PRAGMA foreign_keys=ON;"
    )
else:
    DATABASES["default"]["OPTIONS"].pop("pool", None)  # noqa: F405
    DATABASES["default"]["OPTIONS"]["options"] += " -c statement_timeout=120s"  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": f"test_{Path(ROOT).name}"}  # noqa: F405
