"""From a file dropped on the check page to the code in it. Its bytes are read in the confined child alone."""

import json
import tempfile
from threading import BoundedSemaphore

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from certificates.badges import site
from certificates.badges.keys import public_keys
from training.people.roster.confined import run_child
from training.people.roster.limits import Refused

CHILD = "certificates.dropped_look"
MOST_BYTES = 5_000_000
TOO_LARGE = "The file is larger than 5 MB. A certificate or a badge is far smaller."
BUSY = "Too many files are being looked at just now. Try again in a moment, or type the code."
ONE_AT_A_TIME = "A file from where you are is being looked at already. Wait until it is done, then try again."
AT_ONCE = BoundedSemaphore(2)  # children of one web process: each may take half a gigabyte
BROKEN = "The file could not be read. Type the code that is printed on the certificate."


def code_in(file: UploadedFile) -> str:
    """The code of the certificate that a PDF or a badge is of. Raises Refused, with words for whoever dropped it.

    Of a badge its proof must be ours. A PDF says no more than which code it claims: the answer shows what stands here.
    """
    if (file.size or 0) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    if not AT_ONCE.acquire(blocking=False):
        raise Refused(BUSY)
    try:
        said = _looked_at(file)
    finally:
        AT_ONCE.release()
    if "refused" in said:
        raise Refused(said["refused"])
    return str(said["code"])


def _looked_at(file: UploadedFile) -> dict[str, str]:
    """What the child says of it."""
    known = {"site": settings.BASE_URL, "keys": {site.method_of(each.name): each.name for each in public_keys()}}
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as answer:
        for chunk in file.chunks():
            source.write(chunk)
        source.seek(0)
        run_child(CHILD, json.dumps(known), source=source, answer=answer, too_long=BROKEN, died=BROKEN)
        answer.seek(0)
        said: dict[str, str] = json.load(answer)
    return said
