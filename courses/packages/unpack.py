"""A package's file, looked into by the confined child and laid out under PACKAGE_ROOT."""

import hashlib
import json
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from training.people.roster.confined import run_child
from training.people.roster.limits import WALL_SECONDS, Refused

from .items import Reading, read_reading
from .limits import MOST_BYTES

CHILD = "courses.packages.look"
TOO_LARGE = f"The file is larger than {MOST_BYTES // 2**20} MB. Put long films elsewhere, or make them smaller."
TOO_LONG = f"The package took more than {WALL_SECONDS} seconds to unpack. Make it smaller."
DIED = "The package could not be unpacked within the limits of memory and time. Make it smaller, or export it again."
CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A package whose files lie in their folder."""

    folder: str
    reading: Reading
    sha256: str
    size: int
    file_count: int


def root() -> Path:
    """Where packages lie, each in a folder of its own."""
    return Path(settings.PACKAGE_ROOT)


def unpack(file: IO[bytes]) -> Unpacked:
    """Check and lay out. Raises Refused, in words for the author; then nothing stays behind."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as answer:
        digest, size = _copy(file, source)
        run_child(CHILD, source=source, answer=answer, too_long=TOO_LONG, died=DIED)
        said = _said(answer)
        if "refused" in said:
            raise Refused(said["refused"])
        folder = secrets.token_urlsafe(32)
        target = root() / folder
        try:
            _lay_out(answer, said["files"], target)
        except BaseException:
            discard(folder)
            raise
    return Unpacked(folder, read_reading(said["reading"]), digest, size, len(said["files"]))


def discard(folder: str) -> None:
    """Take a package's files away again."""
    shutil.rmtree(root() / folder, ignore_errors=True)


def _copy(file: IO[bytes], source: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(CHUNK):
        size += len(chunk)
        if size > MOST_BYTES:
            raise Refused(TOO_LARGE)
        digest.update(chunk)
        source.write(chunk)
    source.seek(0)
    return digest.hexdigest(), size


def _said(answer: IO[bytes]) -> dict:
    """The child's last word, which stands behind the files."""
    try:
        answer.seek(-8, 2)
        length = int.from_bytes(answer.read(8), "big")
        answer.seek(-8 - length, 2)
        return json.loads(answer.read(length))
    except (OSError, ValueError):
        raise Refused(DIED) from None


def _lay_out(answer: IO[bytes], files: list[tuple[str, int]], target: Path) -> None:
    answer.seek(0)
    target.mkdir(parents=True, mode=0o700)
    for name, size in files:
        path = target / name
        if not path.resolve().is_relative_to(target.resolve()):
            raise Refused(DIED)  # the child has refused such names already
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as written:
            _take(answer, written, size)


def _take(answer: IO[bytes], written: IO[bytes], size: int) -> None:
    while size:
        chunk = answer.read(min(size, CHUNK))
        if not chunk:
            raise Refused(DIED)
        written.write(chunk)
        size -= len(chunk)
