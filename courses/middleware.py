"""The gate of the content editor: every address under it, choosers and previews among them."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from courses.editors import sync_editor
from training.access.clock import today
from training.access.permissions import Permission

# Wagtail's own sign-in pages would pass by our rate limits: nobody is to meet them.
OTHER_DOORS = "/_util/"


class EditorsGate:
    """Lets in those whose role of today says so; for everyone else there is no content editor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> HttpResponse | None:
        """Sign in first; then in, or 404."""
        if not request.path.startswith((settings.CMS_PATH, OTHER_DOORS)):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        access = request.access  # type: ignore[attr-defined]
        may = access.may(Permission.AUTHOR_CONTENT) or access.may(Permission.EDIT_SITE)
        if not may or request.path.startswith(OTHER_DOORS):
            raise Http404
        if not sync_editor(request.user, on=today()):  # type: ignore[arg-type]
            raise Http404  # keeps a partnership's public pages, and none have been made
        return None
