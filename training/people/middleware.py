"""Puts on every request what the one who asks may do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from training.access.clock import today

from .selectors import access_of


class AttachAccess:
    """`request.access`: worked out at first use, once a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach, then answer."""
        request.access = SimpleLazyObject(lambda: access_of(request.user, on=today()))  # type: ignore[attr-defined]
        return self.get_response(request)
