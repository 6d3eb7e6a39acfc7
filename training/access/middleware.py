"""What every request passes: its log line, its content policy, a declared gate, and no copies kept."""

import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

log = structlog.get_logger("requests")
Answer = Callable[[HttpRequest], HttpResponse]
EDITORS_PAGES = "wagtail_serve"
OURS = ("training.", "courses.", "certificates.", "champions.", "home.")


def is_ours(view: Any) -> bool:
    """Whether a view is written here, rather than by Django, Wagtail, allauth or the API's framework."""
    return getattr(view, "__module__", "").startswith(OURS)


class RequestLog:
    """One line a request: route name, status and milliseconds; no address, no person, no code in a path."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then log."""
        started = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=uuid.uuid4().hex)
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            method=request.method,
            route=match.view_name if match else "none",
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000, 1),
        )
        return response


class ContentPolicy(CSPMiddleware):
    """The strict policy everywhere; the editors' own on the content editor's path, and in the previews shown there."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set the header."""
        is_preview = getattr(request, "is_dummy", False)  # made by Wagtail within the editor's own request
        if is_preview or request.path.startswith(settings.CMS_PATH):
            response._csp_replace = settings.CMS_SECURITY_POLICY  # type: ignore[attr-defined]
        return super().process_response(request, response)


class DeclaredAccess:
    """Refuses any view of ours that does not declare who may pass."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Let through what carries a gate."""
        if is_ours(view) and not hasattr(view, "access_rule"):
            raise PermissionDenied


class NoStore:
    """Signed-in pages are never kept by the browser or a proxy."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then mark."""
        response = self.get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response


class NotFoundBySearch:
    """Asks search engines to list nothing but pages that are there for them: those marked so, and the editors' own.

    A header and not robots.txt, which would keep them from reading it, and would list what is private. Nothing of an
    invented world is listed.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then mark."""
        response = self.get_response(request)
        match = request.resolver_match
        is_public = match is not None and (
            match.url_name == EDITORS_PAGES or getattr(match.func, "is_found_by_search", False)
        )
        if settings.IS_DEMO or response.status_code != 200 or not is_public:
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response
