"""Who may use the API: the programs of an agency, by its token; and what all of its routes take and answer alike."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Schema
from ninja.security import HttpBearer
from pydantic import StringConstraints

from training.access.clock import today

from .models import AgencyToken
from .tokens import token_for

Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Ref = Annotated[Line, StringConstraints(min_length=1, max_length=60)]
Key = Annotated[Line, StringConstraints(min_length=1, max_length=120)]
OTHER_BODY = "This Idempotency-Key came before with another body. Use a new key for a new request."


class Wrong(Schema):
    """One thing that is wrong: `row` counts the rows of the request from 1, `where` is a place in it."""

    row: int | None = None
    where: str | None = None
    what: str


class Problem(Schema):
    """Why a request was not answered, as RFC 9457 has it. `detail` is for people to read."""

    type: str
    title: str
    status: int
    detail: str
    problems: list[Wrong] = []

    model_config = {
        "json_schema_extra": {
            "example": {
                "type": "about:blank",
                "title": "Not Found",
                "status": 404,
                "detail": "Nothing was recorded.",
                "problems": [{"row": 2, "what": "Nobody on your roster has this employee reference."}],
            }
        }
    }


class NotDone(Exception):
    """What a route raises to answer with a problem; `problems` by row."""

    def __init__(self, status: int, detail: str, problems: dict[int, str] | None = None) -> None:
        self.status, self.detail = status, detail
        self.problems = [{"row": row, "what": what} for row, what in (problems or {}).items()]
        super().__init__(detail)


class AgencyBearer(HttpBearer):
    """'Authorization: Bearer tp_...'; what follows sees `request.auth`, the token with its agency."""

    def authenticate(self, request: HttpRequest, token: str) -> AgencyToken | None:
        """The token, while it holds."""
        return token_for(token, on=today())


def token_of(request: HttpRequest) -> AgencyToken:
    """The token that let this request in."""
    token: AgencyToken = request.auth  # type: ignore[attr-defined]
    return token
