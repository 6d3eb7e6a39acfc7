"""Errors of the API in one shape, whoever makes them: application/problem+json, as RFC 9457 has it."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

MEDIA_TYPE = "application/problem+json"
API = "/api/v1/"
WORDS = {
    400: "The request could not be read, or is larger than 8 MB.",
    413: "The request is larger than 8 MB. Send it in parts.",
    404: "There is nothing at this address.",
    405: "This address does not answer to this method.",
    500: "Something went wrong here. Send the same again under the same Idempotency-Key: it is done once.",
}


def problem(status: int, detail: str, **more: Any) -> dict[str, Any]:
    """A problem document. Its type says no more than its status, so its title is the status's own."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}


class SpeakProblems:
    """Turns what Django answers for itself under the API's address (404, 405, 500) into a problem document."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; an error's headers stay."""
        response = self.get_response(request)
        status = response.status_code
        if request.path.startswith(API) and status >= 400 and response.get("Content-Type") != MEDIA_TYPE:
            response.content = json.dumps(problem(status, WORDS.get(status, "This could not be answered."))).encode()
            response["Content-Type"] = MEDIA_TYPE
            del response["Content-Length"]  # the length of what was said before
            response["Cache-Control"] = "no-store"
        return response
