"""Rosters from an agency's own program."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Header, Router, Schema
from ninja.responses import Status
from pydantic import Field, StringConstraints

from training.access.clock import london_date
from training.people.api import OTHER_BODY, Key, Line, NotDone, Problem, Ref, token_of
from training.people.models import AgencyToken, RosterImport, RosterRow
from training.people.models.roster import ImportState
from training.people.tokens import OtherBody

from .errors import RosterError
from .limits import MOST_SENT, ROWS_AT_ONCE, Refused
from .sent import NoneUsable, NotYours, SentRoster, is_many, look_at, send
from .stage import Preview

router = Router(tags=["rosters"])

Text = Annotated[Line, StringConstraints(max_length=254)]
POST: dict[str, Any] = {
    "employee_ref": "00123",
    "assignment_ref": "00123-1",
    "first_name": "Sam",
    "last_name": "Example",
    "work_email": "sam.example@svh.example",
    "post_title": "Community midwife",
    "role_group": "MIDWIFE",
    "team": "Community",
    "start_date": "2023-04-17",
    "status": "active",
    "fte": 0.8,
}
SAID: dict[str, Any] = {
    "roster": "5f0c6a52-6c0e-4a55-9d43-0f1c55a1f7aa",
    "state": "waiting for approval",
    "detail": "12 of 60 posts would change: more than 10%. A second person of your agency must approve it.",
    "counts": {"new": 0, "changed": 12, "left": 0, "unchanged": 48, "refused": 0, "unmapped": 0},
    "blanked": 0,
    "rows": [
        {
            "row": 1,
            "kind": "changed",
            "employee_ref": "00123",
            "assignment_ref": "00123-1",
            "changes": ["team"],
            "reasons": [],
        }
    ],
}


class SentPost(Schema):
    """One post, in the fields of the roster template. A field that no row has stays as it is on the roster."""

    employee_ref: Ref
    last_name: Text
    start_date: date | None
    agency_code: Text = ""
    assignment_ref: Text = ""
    first_name: Text = ""
    preferred_name: Text = ""
    work_email: Text = ""
    post_title: Text = ""
    team: Text = ""
    site_code: Text = ""
    locality_code: Text = ""
    role_group: Text = ""
    designations: Annotated[Text, Field(description="Codes, apart by ';'")] = ""
    employment_type: Text = ""
    end_date: date | None = None
    status: Text = ""
    fte: Annotated[float, Field(ge=0, le=2)] | None = None
    manager_ref: Text = ""

    model_config = {"extra": "forbid", "json_schema_extra": {"example": POST}}


class SentPosts(Schema):
    """A roster. `is_full`: who is not in it has left. `leavers_are_right` confirms the leavers of a small agency."""

    rows: Annotated[list[SentPost], Field(min_length=1, max_length=MOST_SENT)]
    is_full: bool = False
    is_dry_run: bool = False
    leavers_are_right: bool = False

    model_config = {
        "extra": "forbid",
        "json_schema_extra": {"example": {"rows": [POST], "is_full": False, "is_dry_run": True}},
    }


class RosterLine(Schema):
    """What became of a row: fields that change by name, and notes. A post that a full roster leaves out has no row."""

    row: int | None
    kind: str
    employee_ref: str
    assignment_ref: str
    changes: list[str]
    reasons: list[str]


class Roster(Schema):
    """What became of a roster, or in a dry run would. Rows that change nothing and need no word are only counted."""

    roster: UUID | None
    state: Literal[
        "dry run",
        "working",
        "applied",
        "waiting for approval",
        "waiting for confirmation",
        "refused",
        "undone",
        "discarded",
    ]
    detail: str
    counts: dict[str, int]
    blanked: int = Field(description="Values that looked like National Insurance numbers, and are not kept")
    rows: list[RosterLine]

    model_config = {"json_schema_extra": {"example": SAID}}


@router.post(
    "/rosters",
    response={200: Roster, 202: Roster, 404: Problem, 409: Problem, 422: Problem},
    summary="Send your roster, or a part of it",
)
def send_roster(
    request: HttpRequest,
    response: HttpResponse,
    sent: SentPosts,
    idempotency_key: Annotated[Key, Header(description="Yours for this request: the same again does nothing twice")],
) -> Any:
    """All that can be used is applied at once; rows that cannot are named and left out, as with HR's files.

    202 with an address in `Location` to ask again: of more than 2,000 rows, which are worked on in the background;
    and where more would end or change than usual, so that somebody at your agency must look at it first, on HR's pages.
    The same request under the same key tells how it stands now. A dry run (2,000 rows at most) writes nothing, and its
    key is not used up.
    """
    token, at = token_of(request), timezone.now()
    on = london_date(at)
    roster = SentRoster(_texts(sent), sent.is_full, sent.leavers_are_right)
    try:
        if sent.is_dry_run and is_many(roster):
            raise NotDone(422, f"A dry run takes {ROWS_AT_ONCE:,} rows at most.")
        if sent.is_dry_run:
            return _would(look_at(token, roster, on=on))
        kept = send(token, roster, key=idempotency_key, body=request.body, on=on, at=at)
    except OtherBody:
        raise NotDone(409, OTHER_BODY) from None
    except RosterError as moved:
        raise NotDone(409, f"{moved} Nothing was done: send it again.") from None
    except NoneUsable as refusal:
        raise NotDone(404 if isinstance(refusal, NotYours) else 422, str(refusal), refusal.problems) from None
    except Refused as refusal:
        raise NotDone(422, str(refusal)) from None
    if not (kept.work or kept.state == ImportState.STAGED):
        return Status(200, _stands(token, kept))
    response["Location"] = reverse("api:sent_roster", args=[kept.uid])
    return Status(202, _stands(token, kept))


@router.get("/rosters/{uuid:uid}", response={200: Roster, 404: Problem}, summary="What became of a roster you sent")
def sent_roster(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """One that a program of your agency sent. Its rows are kept for thirty days."""
    token = token_of(request)
    kept = RosterImport.objects.filter(agency=token.agency, staged_by__startswith="token:", uid=uid).first()
    if kept is None:
        raise Http404
    return _stands(token, kept)


def _texts(sent: SentPosts) -> list[Mapping[str, str]]:
    """The rows as a file would have them. What one row names, all must: a blank is not the same as no word."""
    names = sent.rows[0].model_fields_set
    others = {
        number: "This row does not have the same fields as the first."
        for number, row in enumerate(sent.rows, 1)
        if row.model_fields_set != names
    }
    if others:
        raise NotDone(422, "Give every row the same fields, blank where there is nothing to say.", others)
    fields = [name for name in SentPost.model_fields if name in names]
    return [{name: _text(getattr(row, name)) for name in fields} for row in sent.rows]


def _text(value: str | date | float | None) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _would(seen: Preview) -> dict[str, Any]:
    """What a dry run answers."""
    rows = [
        {
            "row": row.number,
            "kind": row.kind,
            "employee_ref": row.key[0],
            "assignment_ref": row.key[1],
            "changes": sorted(row.changes),
            "reasons": row.reasons,
        }
        for row in seen.plan.rows
        if not row.is_silent
    ]
    detail = f"Nothing was written. {seen.plan.alarm.text}".strip()
    return {
        "roster": None,
        "state": "dry run",
        "detail": detail,
        "counts": seen.plan.counts,
        "blanked": seen.sheet.head["blanked"],
        "rows": rows,
    }


def _stands(token: AgencyToken, kept: RosterImport) -> dict[str, Any]:
    """How an import stands now."""
    names = ("number", "kind", "employee_ref", "assignment_ref", "changes", "reasons")
    rows = RosterRow.objects.within(token.agency).filter(roster_import=kept).order_by("id").values_list(*names)
    state, detail = _state(kept)
    return {
        "roster": kept.uid,
        "state": state,
        "detail": detail,
        "counts": kept.counts,
        "blanked": kept.blanked,
        "rows": [dict(zip(RosterLine.model_fields, (*row[:4], sorted(row[4]), row[5]), strict=True)) for row in rows],
    }


def _state(kept: RosterImport) -> tuple[str, str]:
    ends = {
        ImportState.APPLIED: "The roster is applied.",
        ImportState.UNDONE: "It was taken back on HR's pages.",
        ImportState.DISCARDED: "It was discarded on HR's pages. Nothing was changed.",
    }
    if kept.work:
        return "working", "It is being worked on. Ask again in a few seconds."
    if kept.state != ImportState.STAGED:
        return kept.state, ends.get(ImportState(kept.state), " ".join(kept.reasons))
    if not kept.needs_approval:
        return "waiting for confirmation", f"{kept.alarm} If that is right, apply it on HR's pages."
    if kept.approved_at is None:
        return "waiting for approval", f"{kept.alarm} A second person of your agency must approve it on HR's pages."
    return "waiting for approval", "It is approved, and waits to be applied on HR's pages."
