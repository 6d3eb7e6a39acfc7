"""Pictures, films and other files of lessons, for those who may open a course that shows them."""

from pathlib import Path

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_safe

from courses.shown import may_open_file
from courses.stretches import send_file
from courses.uploads import TYPES, ending_of
from training.access.gates import Request, signed_in

PLAIN = "application/octet-stream"


@require_safe
@signed_in
def lesson_file(request: Request, path: str) -> HttpResponseBase:
    """One file: from here whole or in stretches; from a bucket by sending on to an address that is soon worthless."""
    if "\0" in path or not may_open_file(request.access, path):
        raise Http404
    kind = TYPES.get(ending_of(path), PLAIN)
    disposition = "attachment" if kind == PLAIN else "inline"
    if hasattr(default_storage, "signed_url"):
        return HttpResponseRedirect(default_storage.signed_url(path, kind=kind, disposition=disposition))
    if not default_storage.exists(path):
        raise Http404
    answer = send_file(Path(default_storage.path(path)), kind, wanted=request.headers.get("Range", ""))
    answer["Content-Disposition"] = disposition
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
