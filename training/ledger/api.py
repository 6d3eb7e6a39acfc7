"""Standings and completions for an agency's own programs."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Body, Header, Query, Router, Schema
from ninja.responses import Status
from pydantic import Field, StringConstraints

from training.access.clock import london_date
from training.audit import services as audit
from training.people.api import token_of
from training.people.tokens import OtherBody

from .models import StandingStep
from .rebuild import refresh_stale
from .services import LedgerError, OtherContent
from .standing import State
from .submissions import OutOfReach, Refused, SentRow, submit_completions

router = Router(tags=["ledger"])

Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Ref = Annotated[Line, StringConstraints(min_length=1, max_length=60)]
Key = Annotated[Line, StringConstraints(min_length=1, max_length=120)]
MOST_ROWS = 500
FARTHEST = 10_000_000


class Standing(Schema):
    """How one post of your agency stands with one module today. `is_valid` without `valid_until` means for good."""

    employee_ref: str
    assignment_ref: str
    module: str
    state: State
    is_valid: bool
    due_on: date | None
    valid_until: date | None


class Standings(Schema):
    """A part of the list; ask on with `offset` until you have `total`."""

    total: int
    limit: int
    offset: int
    rows: list[Standing]


class SentCompletion(Schema):
    """By your employee reference and the module's code. `reference` is your own number for it, used once."""

    employee_ref: Ref
    module: Annotated[Line, StringConstraints(min_length=1, max_length=20)]
    completed_on: Annotated[date, Field(ge=date(1990, 1, 1))]
    evidence: Annotated[Line, StringConstraints(max_length=300)] = ""
    reference: Annotated[Line, StringConstraints(max_length=60)] = ""


class AnsweredRow(Schema):
    """What became of a row: 'recorded', or 'already recorded' where its reference was known."""

    row: int
    state: str
    completion: str


class Answer(Schema):
    """What became of the request."""

    recorded: int
    rows: list[AnsweredRow]


class Problem(Schema):
    """A row of which nothing can be made."""

    row: int
    what: str


class Refusal(Schema):
    """Why nothing was recorded."""

    detail: str
    problems: list[Problem] = []


@router.get("/standings", response=Standings, summary="Your staff's standings today")
def standings(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 100,
    offset: Annotated[int, Query(ge=0, le=FARTHEST)] = 0,
) -> dict[str, Any]:
    """Every post of your agency and every module asked of it, in a steady order."""
    token, at = token_of(request), timezone.now()
    on = london_date(at)
    refresh_stale(at=at, agency=token.agency)
    steps = StandingStep.objects.within(token.agency).current_on(on)
    names = (
        "post__employment__employee_ref",
        "post__assignment_ref",
        "module__code",
        "state",
        "is_valid",
        "due_on",
        "valid_until",
    )
    order = (*names[:3], "pk")
    rows = steps.order_by(*order).values_list(*names)[offset : offset + limit]
    fields = list(Standing.model_fields)
    found = [dict(zip(fields, row, strict=True)) for row in rows]
    audit.record("standings read", by=token.actor, at=at, agency_code=token.agency.code, rows=len(found))
    return {"total": steps.count(), "limit": limit, "offset": offset, "rows": found}


@router.post(
    "/completions",
    response={200: Answer, 404: Refusal, 409: Refusal, 422: Refusal},
    summary="Put completions into the ledger",
)
def completions(
    request: HttpRequest,
    rows: Annotated[list[SentCompletion], Body(min_length=1, max_length=MOST_ROWS)],
    idempotency_key: Annotated[Key, Header(description="Yours for this request: the same again does nothing twice")],
) -> Any:
    """All rows or none. Send the same request again under the same key as often as you need to: it is done once."""
    token, at = token_of(request), timezone.now()
    sent = [SentRow(**row.model_dump()) for row in rows]
    try:
        return _submitted(request, token, sent, idempotency_key, at)
    except (OtherBody, OtherContent) as clash:
        said = str(clash) or "This Idempotency-Key came before with another body. Use a new key for a new request."
        return Status(409, {"detail": said})
    except OutOfReach as refusal:
        return Status(404, _refusal(refusal))
    except Refused as refusal:
        return Status(422, _refusal(refusal))
    except LedgerError as refusal:
        return Status(422, {"detail": f"{refusal} Nothing was recorded."})


def _submitted(request: HttpRequest, token: Any, sent: list[SentRow], key: str, at: datetime) -> dict[str, Any]:
    return submit_completions(token, sent, key=key, body=request.body, on=london_date(at), at=at)


def _refusal(refusal: Refused) -> dict[str, Any]:
    return {"detail": str(refusal), "problems": [{"row": row, "what": what} for row, what in refusal.problems.items()]}
