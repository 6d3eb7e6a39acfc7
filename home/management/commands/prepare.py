"""manage.py prepare: brings database, cache table, indicators and static files up to what the code expects."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from certificates import signing
from certificates.badges import keys as badges
from courses.keeping import keys as notes
from training.strategy.services import load_indicators


class Command(BaseCommand):
    """Safe to run at every start: what is already so is left alone."""

    help = "Migrate, make the cache table, load the indicators, and collect the static files when they have changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring everything up to date."""
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        load_indicators()
        if settings.IS_DEMO and notes.make_key_file():
            self.stdout.write(f"    made {settings.NOTES_KEY_FILE}: this demo's own key for learners' notes")
        if settings.IS_DEMO and badges.make_key_file():
            self.stdout.write(
                f"    made {settings.BADGE_KEY_FILE}: this demo's own key for badges, which prove nothing"
            )
        if settings.IS_DEMO and signing.make_demo_key(at=timezone.now()):
            self.stdout.write(
                f"    made {settings.SIGNING_KEY_FILE}: this demo's own key for PDFs, which proves nothing"
            )
        if not getattr(settings, "WHITENOISE_USE_FINDERS", False):
            self._collect()

    def _collect(self) -> None:
        mark = Path(settings.VAR) / "static.digest"
        digest = static_digest()
        if mark.exists() and mark.read_text() == digest:
            return
        self.stdout.write("    collecting static files (half a minute the first time)")
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        mark.write_text(digest)


def static_digest() -> str:
    """Names, sizes and times of every static file: when it changes, they are collected anew."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: str(found[0])):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
