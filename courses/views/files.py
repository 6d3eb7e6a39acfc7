"""Pictures and films of lessons, for those who have signed in."""

from posixpath import normpath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from training.access.gates import signed_in

# Where Wagtail keeps what editors upload; nothing else under MEDIA_ROOT is served.
FOLDERS = ("images/", "original_images/", "documents/")


@require_safe
@signed_in
def lesson_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """One uploaded file."""
    if not normpath(path).startswith(FOLDERS):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
