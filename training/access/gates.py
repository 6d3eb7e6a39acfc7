"""The gate on every view: what one must be allowed to do to pass. A view without one answers 403."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from .access import Access
from .permissions import Permission


class Request(HttpRequest):
    """What a view of ours is given: a request that carries what the one who asks may do."""

    access: Access


View = Callable[..., HttpResponseBase]
PUBLIC = "public"
SIGNED_IN = "signed in"


def _declare(view: View, rule: str) -> View:
    view.access_rule = rule  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anyone may open this, signed in or not."""
    return _declare(view, PUBLIC)


def found_by_search(view: View) -> View:
    """Search engines may list this page; every other answer asks them not to (middleware `NotFoundBySearch`)."""
    view.is_found_by_search = True  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Anyone with a login may open this, tied to a roster person or not."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return _declare(gate, SIGNED_IN)


def requires(permission: Permission) -> Callable[[View], View]:
    """Only those who hold the permission somewhere; which rows they then see is `visible_to`'s business."""

    def declare(view: View) -> View:
        @wraps(view)
        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.access.may(permission):  # type: ignore[attr-defined]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return _declare(gate, str(permission))

    return declare
