"""A package's files, as the content host sends them: whole, or the stretch that a film's player asks for."""

import re

from django.http import HttpResponseBase

from courses.stretches import send_file

from .unpack import root

FOLDER = re.compile(r"[A-Za-z0-9_-]{43}")
KEPT_SECONDS = 24 * 60 * 60
# Anything else is sent as plain bytes, which a browser does not run. Old lessons say their character set themselves.
TYPES = {
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "application/xhtml+xml",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "css": "text/css",
    "json": "application/json",
    "xml": "text/xml",
    "xsl": "text/xml",
    "xsd": "text/xml",
    "txt": "text/plain",
    "vtt": "text/vtt",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "ico": "image/x-icon",
    "cur": "image/x-icon",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
    "wasm": "application/wasm",
    "pdf": "application/pdf",
}


def answer_file(folder: str, name: str, wanted: str) -> HttpResponseBase | None:
    """The file, or the stretch of it that `wanted` (a Range header) asks for; nothing if there is no such file."""
    if not FOLDER.fullmatch(folder) or "\0" in name:
        return None
    home = (root() / folder).resolve()
    path = (home / name).resolve()
    if not path.is_relative_to(home) or not path.is_file():
        return None
    kind = TYPES.get(path.suffix[1:].lower(), "application/octet-stream")
    answer = send_file(path, kind, wanted=wanted)
    answer["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    if kind == "application/octet-stream":
        answer["Content-Disposition"] = "attachment"
    return answer
