"""The API under /api/v1/, for agencies' own programs: every room's routes by name, one door, plain words for errors."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, Throttled, ValidationError
from ninja.throttling import AuthRateThrottle

from training.people.api import AgencyBearer

WHAT_FOR = """Read your agency's coverage and standings, and put completions into the ledger.

Each agency has tokens of its own (`manage.py make_token`). A token sees its agency's staff and nobody else's; of the
partnership it sees totals, with small numbers hidden."""


class Api(NinjaAPI):
    """Answers that no browser or proxy keeps."""

    def create_response(self, request: HttpRequest, data: Any, **more: Any) -> HttpResponse:
        """The answer, marked."""
        response = super().create_response(request, data, **more)
        response["Cache-Control"] = "no-store"
        return response


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


@api.exception_handler(AuthenticationError)
def without_a_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """401."""
    said = "Send your agency's token as 'Authorization: Bearer tp_...'. It may have ended: ask for a new one."
    response = api.create_response(request, {"detail": said}, status=401)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Http404)
def not_here(request: HttpRequest, error: Http404) -> HttpResponse:
    """404, also for what another agency has."""
    said = str(error) or "There is nothing here for this token."
    return api.create_response(request, {"detail": said}, status=404)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422, with where and what; what was sent is not said back."""
    problems = [
        {"where": ".".join(str(step) for step in problem["loc"]), "what": problem["msg"]} for problem in error.errors
    ]
    said = "This was not understood, and nothing was done."
    return api.create_response(request, {"detail": said, "problems": problems}, status=422)


@api.exception_handler(Throttled)
def too_often(request: HttpRequest, error: Throttled) -> HttpResponse:
    """429."""
    response = api.create_response(request, {"detail": "Too many requests. Wait a minute, then go on."}, status=429)
    response["Retry-After"] = "60"
    return response
