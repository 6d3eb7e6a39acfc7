"""Files that learners hand in: looked at in the confined child, kept outside the web root under a random name."""

import hashlib
import json
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from training.people.roster.limits import Refused

from .confined import answer_of
from .models import Evidence, EvidenceFile

CHILD = "training.evidence.look"
MOST_BYTES = 10_000_000
MOST_FILES = 5
KEPT_AFTER = timedelta(days=90)
KEPT_UNDECIDED = timedelta(days=365)
LOST_AFTER = timedelta(days=1)
OURS = re.compile(r"[0-9a-f]{32}(\.part)?")
TOO_LARGE = f"The file is larger than {MOST_BYTES // 1_000_000} MB. A picture from a phone is enough."
TOO_MANY = f"{MOST_FILES} files are the most for one course."
TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that may be kept."""

    kind: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Of the bytes that are kept."""
        return hashlib.sha256(self.content).hexdigest()


def look_at(file: IO[bytes]) -> Looked:
    """What the file is, by its content. Raises Refused, in words for the person."""
    with tempfile.TemporaryFile() as source:
        size = 0
        while chunk := file.read(2**20):
            size += len(chunk)
            if size > MOST_BYTES:
                raise Refused(TOO_LARGE)
            source.write(chunk)
        source.seek(0)
        with answer_of(CHILD, source) as answer:
            said = json.loads(answer.readline())
            if "refused" in said:
                raise Refused(said["refused"])
            return Looked(said["kind"], answer.read())


def keep_file(evidence: Evidence, looked: Looked, *, at: datetime) -> EvidenceFile:
    """Keep a file with its evidence; the same file twice is kept once. Inside a transaction."""
    files = EvidenceFile.objects.everywhere(reason="the files of one evidence").filter(evidence=evidence)
    before = files.filter(sha256=looked.sha256).first()
    if before is not None:
        return before
    if files.count() >= MOST_FILES:
        raise Refused(TOO_MANY)
    kept = EvidenceFile(
        evidence=evidence, kind=looked.kind, size=len(looked.content), sha256=looked.sha256, recorded_at=at
    )
    _write(path_of(kept), looked.content)
    kept.save()
    return kept


def path_of(kept: EvidenceFile) -> Path:
    """Where its bytes lie."""
    return Path(settings.EVIDENCE_ROOT) / kept.uid.hex[:2] / kept.uid.hex


def delete_files(evidence: Evidence) -> int:
    """Delete what was handed in with it; how many files."""
    return _delete(list(EvidenceFile.objects.everywhere(reason="deleting").filter(evidence=evidence)))


def forget_files(*, at: datetime) -> int:
    """Delete files ninety days after the decision, or after a year in which nobody decided; how many.

    What was told and decided stays.
    """
    is_undecided = Q(evidence__state__in=Evidence.OPEN, recorded_at__lt=at - KEPT_UNDECIDED)
    is_old = Q(evidence__decided_at__lt=at - KEPT_AFTER) | is_undecided
    old = EvidenceFile.objects.everywhere(reason="retention").filter(is_old)
    return _delete(list(old.order_by("pk")[:200]))


def sweep_files(*, at: datetime) -> int:
    """Delete bytes a day old that no row names: a crash or a taken-back transaction left them; how many.

    One folder a minute, so that no tick takes long: each of the 256 comes up every four hours or so.
    """
    folder = Path(settings.EVIDENCE_ROOT) / f"{int(at.timestamp() // 60) % 256:02x}"
    before = (at - LOST_AFTER).timestamp()
    old = [path for path in folder.glob("*") if OURS.fullmatch(path.name) and path.stat().st_mtime < before]
    rows = EvidenceFile.objects.everywhere(reason="which bytes are named")
    swept = 0
    for path in old:
        if path.suffix or not rows.filter(uid=UUID(path.name)).exists():
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def _delete(files: list[EvidenceFile]) -> int:
    """The row first, then the bytes once that is sure: a crash between leaves bytes that nothing names."""
    EvidenceFile.objects.everywhere(reason="deleting").filter(pk__in=[kept.pk for kept in files]).delete()
    for kept in files:
        transaction.on_commit(partial(path_of(kept).unlink, missing_ok=True))
    return len(files)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, readable by this system's own user alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
