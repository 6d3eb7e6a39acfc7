"""Who may use the API: the programs of an agency, by its token."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from training.access.clock import today

from .models import AgencyToken
from .tokens import token_for


class AgencyBearer(HttpBearer):
    """'Authorization: Bearer tp_...'; what follows sees `request.auth`, the token with its agency."""

    def authenticate(self, request: HttpRequest, token: str) -> AgencyToken | None:
        """The token, while it holds."""
        return token_for(token, on=today())


def token_of(request: HttpRequest) -> AgencyToken:
    """The token that let this request in."""
    token: AgencyToken = request.auth  # type: ignore[attr-defined]
    return token
