"""What auditors read is on record, page by page, whichever room it is in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from training.access.access import Access
from training.access.permissions import Permission
from training.audit import services as audit

from .selectors.looked import READ, named


class AuditorsViews:
    """Writes the page down before it is given out: what cannot be written down is not shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then record."""
        response = self.get_response(request)
        access: Access = request.access  # type: ignore[attr-defined]
        audits = {grant.scope_code for grant in access.grants if Permission.INSPECT in grant.role.permissions}
        for code in sorted(audits):
            audit.record(
                READ,
                by=access.actor,
                at=timezone.now(),
                kind="page",
                uid=named(code),
                partnership_code=code,
                page=request.path[:200],
                asked=request.method,
                status=response.status_code,
            )
        return response
