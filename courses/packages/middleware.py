"""Keeps the two hosts apart: the site's pages are not on the content host, packages are nowhere else."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotFound
from django.urls import resolve

from courses.packages.host import is_content_host

URLS = "courses.packages.content_urls"


class ContentHost:
    """Answers for the content host by itself, before any session, sign-in or form token: it has no cookies at all.

    Addresses of the content host are in a list of their own, which the site does not have.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        if not is_content_host(request):
            return self.get_response(request)
        request.urlconf = URLS  # type: ignore[attr-defined]
        try:
            return _answer(request)
        except Http404:  # answered here: Django would show the site's own page
            return HttpResponseNotFound("There is nothing at this address.", content_type="text/plain")


def _answer(request: HttpRequest) -> HttpResponseBase:
    if "Service-Worker" in request.headers:
        raise Http404  # a package may leave nothing behind that works on after it is closed
    match = request.resolver_match = resolve(request.path_info, URLS)
    return match.func(request, *match.args, **match.kwargs)
