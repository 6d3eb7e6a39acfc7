"""Standings and completions for an agency's own programs."""

from datetime import date, datetime
from typing import Annotated, Any

from django.core import signing
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Body, Header, Query, Router, Schema
from pydantic import Field, StringConstraints

from training.access.clock import london_date
from training.audit import services as audit
from training.people.api import OTHER_BODY, Key, Line, NotDone, Problem, Ref, token_of
from training.people.models import Agency, AgencyToken, Employment, Post
from training.people.tokens import OtherBody

from .freshness import Freshness, brought_up_to_date
from .models import StandingStep
from .services import LedgerError, OtherContent
from .standing import State
from .submissions import OutOfReach, Refused, SentRow, submit_completions

router = Router(tags=["ledger"])

MOST_ROWS = 500
NAMES = (
    "post__employment__employee_ref",
    "post__assignment_ref",
    "module__code",
    "state",
    "is_valid",
    "due_on",
    "valid_until",
)
EXAMPLE: dict[str, Any] = {
    "employee_ref": "00123",
    "assignment_ref": "00123-1",
    "module": "DA-A1",
    "state": "in_date",
    "is_valid": True,
    "due_on": "2029-03-02",
    "valid_until": "2029-03-02",
}
FRESH: dict[str, Any] = {"as_of": "2026-11-02T09:41:00Z", "pending": 0}


class Standing(Schema):
    """How one post of your agency stands with one module today. `is_valid` without `valid_until` means for good."""

    employee_ref: str
    assignment_ref: str
    module: str
    state: State
    is_valid: bool
    due_on: date | None
    valid_until: date | None

    model_config = {"json_schema_extra": {"example": EXAMPLE}}


class Standings(Schema):
    """A part of the list; ask on with `cursor` set to `next` until `next` is null.

    Everything known before `as_of` is in it. `pending`: how many of your posts wait to be worked out again since then.
    """

    as_of: datetime
    pending: int
    next: str | None
    rows: list[Standing]

    model_config = {"json_schema_extra": {"example": {**FRESH, "next": "WzcwMSwzXQ:1vM0aB:signed", "rows": [EXAMPLE]}}}


class PersonsStandings(Schema):
    """One person of your agency: every post they have with you, every module asked of it. `as_of` as in the list."""

    as_of: datetime
    pending: int
    employee_ref: str
    rows: list[Standing]

    model_config = {"json_schema_extra": {"example": {**FRESH, "employee_ref": "00123", "rows": [EXAMPLE]}}}


class SentCompletion(Schema):
    """By your employee reference and the module's code. `reference` is your own number for it, used once."""

    employee_ref: Ref
    module: Annotated[Line, StringConstraints(min_length=1, max_length=20)]
    completed_on: Annotated[date, Field(ge=date(1990, 1, 1))]
    evidence: Annotated[Line, StringConstraints(max_length=300)] = ""
    reference: Annotated[Line, StringConstraints(max_length=60)] = ""

    model_config = {
        "extra": "forbid",
        "json_schema_extra": {
            "example": {
                "employee_ref": "00123",
                "module": "DA-A1",
                "completed_on": "2026-03-02",
                "evidence": "Certificate seen",
                "reference": "LMS-20260302-17",
            }
        },
    }


class AnsweredRow(Schema):
    """What became of a row: 'recorded', or 'already recorded' where its reference was known."""

    row: int
    state: str
    completion: str


class Answer(Schema):
    """What became of the request."""

    recorded: int
    rows: list[AnsweredRow]

    model_config = {
        "json_schema_extra": {
            "example": {
                "recorded": 1,
                "rows": [{"row": 1, "state": "recorded", "completion": "0b0f2b4e-8f0e-4b0e-9d0a-3a7b1a1f6f11"}],
            }
        }
    }


@router.get("/standings", response=Standings, summary="Your staff's standings today")
def standings(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 100,
    cursor: Annotated[str, Query(max_length=300)] = "",
) -> dict[str, Any]:
    """Every post of your agency and every module asked of it, in a steady order.

    What is there throughout comes once, whatever is added or goes while you turn the pages; new posts come last.
    """
    token, at = token_of(request), timezone.now()
    after = _place(token.agency, cursor)
    fresh = brought_up_to_date(at=at, agency=token.agency)
    rows = _steps(token, at).filter(after).order_by("post_id", "module_id")
    found = list(rows.values_list("post_id", "module_id", *NAMES)[: limit + 1])
    more, found = found[limit:], found[:limit]
    audit.record("standings read", by=token.actor, at=at, agency_code=token.agency.code, rows=len(found))
    end = signing.dumps(found[-1][:2], salt=_salt(token.agency)) if more else None
    return _said(fresh) | {"next": end, "rows": [_standing(row[2:]) for row in found]}


@router.get(
    "/standings/{path:employee_ref}",
    response={200: PersonsStandings, 404: Problem},
    summary="The standings of one of your staff today",
)
def persons_standings(request: HttpRequest, employee_ref: Ref) -> dict[str, Any]:
    """By your employee reference. Somebody who has left has no rows; who was never yours is not found."""
    token, at = token_of(request), timezone.now()
    employment = Employment.objects.within(token.agency).filter(employee_ref=employee_ref).first()
    if employment is None:
        raise Http404("Nobody on your roster has this employee reference.")
    fresh = brought_up_to_date(at=at, posts=Post.objects.within(token.agency).filter(employment=employment))
    steps = _steps(token, at).filter(post__employment=employment)
    rows = [_standing(row) for row in steps.order_by("post_id", "module_id").values_list(*NAMES)]
    audit.record(
        "standings read",
        by=token.actor,
        at=at,
        kind="employment",
        uid=employment.uid,
        agency_code=token.agency.code,
        rows=len(rows),
    )
    return _said(fresh) | {"employee_ref": employee_ref, "rows": rows}


def _steps(token: AgencyToken, at: datetime) -> Any:
    """Today's standings of the agency's posts."""
    return StandingStep.objects.within(token.agency).current_on(london_date(at))


def _said(fresh: Freshness) -> dict[str, Any]:
    return {"as_of": fresh.as_of, "pending": fresh.posts}


def _standing(row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(Standing.model_fields, row, strict=True))


def _salt(agency: Agency) -> str:
    """A cursor is good for the agency that it was made for."""
    return f"standings:{agency.uid}"


def _place(agency: Agency, cursor: str) -> Q:
    """What comes after the cursor: everything, where there is none."""
    if not cursor:
        return Q()
    try:
        post, module = signing.loads(cursor, salt=_salt(agency))
    except signing.BadSignature:
        raise NotDone(422, "This cursor is not one that was given to you. Begin without one.") from None
    return Q(post_id__gt=post) | Q(post_id=post, module_id__gt=module)


@router.post(
    "/completions",
    response={200: Answer, 404: Problem, 409: Problem, 422: Problem},
    summary="Put completions into the ledger",
)
def completions(
    request: HttpRequest,
    rows: Annotated[list[SentCompletion], Body(min_length=1, max_length=MOST_ROWS)],
    idempotency_key: Annotated[Key, Header(description="Yours for this request: the same again does nothing twice")],
) -> dict[str, Any]:
    """All rows or none. Send the same request again under the same key as often as you need to: it is done once."""
    token, at = token_of(request), timezone.now()
    sent = [SentRow(**row.model_dump()) for row in rows]
    try:
        return submit_completions(token, sent, key=idempotency_key, body=request.body, on=london_date(at), at=at)
    except (OtherBody, OtherContent) as clash:
        raise NotDone(409, str(clash) or OTHER_BODY) from None
    except OutOfReach as refusal:
        raise NotDone(404, str(refusal), refusal.problems) from None
    except Refused as refusal:
        raise NotDone(422, str(refusal), refusal.problems) from None
    except LedgerError as refusal:
        raise NotDone(422, f"{refusal} Nothing was recorded.") from None
