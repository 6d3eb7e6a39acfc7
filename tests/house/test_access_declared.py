"""Every view of ours says who may pass; one that does not answers 403."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from training.access.middleware import DeclaredAccess, is_ours


def views(resolver: URLResolver, prefix: str = "") -> list[tuple[str, object]]:
    """Every address and its view."""
    found: list[tuple[str, object]] = []
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            found.append((address, pattern.callback))
        else:
            found.extend(views(pattern, address))
    return found


def test_every_view_of_ours_declares_its_access():
    undeclared = [
        address for address, view in views(get_resolver()) if is_ours(view) and not hasattr(view, "access_rule")
    ]
    assert undeclared == []


def test_a_view_without_a_gate_is_refused():
    def forgotten(request):
        """Nobody said who may pass."""

    forgotten.__module__ = "home.views"
    with pytest.raises(PermissionDenied):
        DeclaredAccess(lambda request: None).process_view(RequestFactory().get("/"), forgotten, (), {})
