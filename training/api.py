"""The API under /api/v1/, for agencies' own programs: every room's routes by name, one door, plain words for errors."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.throttling import AuthRateThrottle

from training.people.api import AgencyBearer, NotDone
from training.people.problems import MEDIA_TYPE, problem

WHAT_FOR = """Send your agency's roster, read its coverage and standings, and put completions into the ledger.

Each agency has tokens of its own (`manage.py make_token`). A token sees its agency's staff and nobody else's; of the
partnership it sees totals, with small numbers hidden. Every error is a problem document (RFC 9457)."""
ANYWHERE = {401: "No token, or one that has ended", 422: "Not understood", 429: "Too many requests in a minute"}


class Api(NinjaAPI):
    """Answers that no browser or proxy keeps."""

    def create_response(self, request: HttpRequest, data: Any, **more: Any) -> HttpResponse:
        """The answer, marked."""
        response = super().create_response(request, data, **more)
        response["Cache-Control"] = "no-store"
        return response

    def refuse(self, request: HttpRequest, status: int, detail: str, **more: Any) -> HttpResponse:
        """A problem document."""
        response = self.create_response(request, problem(status, detail, **more), status=status)
        response["Content-Type"] = MEDIA_TYPE
        return response

    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        """The framework's document, with the errors that every route may give, in the type they have."""
        document = super().get_openapi_schema(**more)
        for path in document["paths"].values():
            for operation in path.values():
                answers = operation["responses"]
                for status in answers.keys() | ANYWHERE.keys():
                    if status >= 400:
                        said = answers.setdefault(status, {"description": ANYWHERE.get(status, "")})
                        said["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
                operation["responses"] = dict(sorted(answers.items()))
        return document


api = Api(
    title="Training Pathway",
    version="1",
    description=WHAT_FOR,
    urls_namespace="api",
    docs_url="/docs" if settings.DEBUG or settings.IS_DEMO else None,
    auth=AgencyBearer(),
    throttle=[AuthRateThrottle("120/m")],
)
api.add_router("", "training.strategy.api.router")
api.add_router("", "training.ledger.api.router")
api.add_router("", "training.people.roster.api.router")


@api.exception_handler(AuthenticationError)
def without_a_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """401."""
    said = "Send your agency's token as 'Authorization: Bearer tp_...'. It may have ended: ask for a new one."
    response = api.refuse(request, 401, said)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(NotDone)
def not_done(request: HttpRequest, error: NotDone) -> HttpResponse:
    """What a route refuses."""
    more = {"problems": error.problems} if error.problems else {}
    return api.refuse(request, error.status, error.detail, **more)


@api.exception_handler(Http404)
def not_here(request: HttpRequest, error: Http404) -> HttpResponse:
    """404, also for what another agency has."""
    return api.refuse(request, 404, str(error) or "There is nothing here for this token.")


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """400: a body that is no JSON, or larger than one request may be."""
    return api.refuse(request, error.status_code, "The body could not be read as JSON, or is larger than 8 MB.")


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422, with where and what; what was sent is not said back."""
    problems = [{"where": ".".join(str(step) for step in wrong["loc"]), "what": wrong["msg"]} for wrong in error.errors]
    return api.refuse(request, 422, "This was not understood, and nothing was done.", problems=problems)


@api.exception_handler(Throttled)
def too_often(request: HttpRequest, error: Throttled) -> HttpResponse:
    """429; the framework adds how long there is to wait."""
    return api.refuse(request, 429, "Too many requests. Wait a minute, then go on.")
