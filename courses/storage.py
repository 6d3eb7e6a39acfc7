"""Where files of lessons lie. Their names hold a random part, and their addresses lead through our gate."""

import posixpath
import secrets
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage


class Gated(Storage):
    """Puts each new file into a folder of its own that nobody guesses; a name is never used for other bytes again."""

    def generate_filename(self, filename: Any) -> str:
        """'documents/film.mp4' -> 'documents/<random>/film.mp4'."""
        folder, name = posixpath.split(str(filename))
        return super().generate_filename(posixpath.join(folder, secrets.token_urlsafe(16), name))

    def url(self, name: str | None) -> str:
        """The gate's address (courses/views/files.py), wherever the bytes lie."""
        return settings.MEDIA_URL + quote(name or "")


class LocalFiles(Gated, FileSystemStorage):
    """Under MEDIA_ROOT."""
