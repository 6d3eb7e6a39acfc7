"""One person's page for their agency's HR: to look up, to print, and put on record each time."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.ledger.selectors.table import WITHHELD
from training.people.models import Term
from training.ui.standings import STANDINGS
from training.ui.templatetags.ui import uk_date

from .files import table_file
from .record import Asked, Done, Given, PostRecord, StaffRecord, staff_record
from .visit import Visit, visit

ASKED_HEADS = ["Module", "Standing", "Due by", "Valid until", "Because of"]
DONE_HEADS = ["Module", "Put right", "Completed", "How", "Where", "Evidence", "Certificate", "Recorded"]
TERM_HEADS = ["From", "Until", "Job", "Role group", "Team", "Workplace", "Manager", "Status"]
AGREED_HEADS = ["Module", "What was agreed", "From", "Until", "Recorded"]
PART_HEADS = ["Module", "Online part done", "What is left"]
GIVEN_HEADS = ["Course", "By", "Completed", "Decision", "Counts as"]
FILE_HEADS = ["Agency", "Name", "Code", "Module", "Completed on", "Recorded on", "How", "Where", "Became"]


@requires(Permission.SEE_STAFF)
def person(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Posts here, what is asked and why, what was done, what was agreed. Nothing private, nothing of other agencies."""
    seen = visit(request, code, whose=uid)
    found = staff_record(seen.agency, uid, on=seen.today)
    _on_record(request, seen, found, "person read")
    is_own = found.pk in request.access.records
    context = {
        "agency": seen.agency,
        "seen": seen,
        "found": found,
        "facts": _facts(found),
        "posts": [_post(post) for post in found.posts],
        "asked_heads": ASKED_HEADS,
        "term_heads": TERM_HEADS,
        "agreed_heads": AGREED_HEADS,
        "done_heads": DONE_HEADS,
        "done": [_done(each, None if is_own else found.uid, seen.agency.code) for each in found.done],
        "part_heads": PART_HEADS,
        "parts": [
            [part.module_title, uk_date(part.completed_at.date()), part.how_to_book or part.how_to_record]
            for part in found.parts
        ],
        "given_heads": GIVEN_HEADS,
        "given": [_given(each, seen.agency.code, is_own) for each in found.given],
        "trail": [{"title": "People", "url": reverse("agency-people", args=[seen.agency.code])}, {"title": found.name}],
    }
    return render(request, "home/agency/person.html", context)


@requires(Permission.SEE_STAFF)
def person_export(request: Request, code: str, uid: UUID, kind: str) -> HttpResponseBase:
    """Every completion that concerns the agency, as a file."""
    seen = visit(request, code, whose=uid)
    found = staff_record(seen.agency, uid, on=seen.today)
    _on_record(request, seen, found, "person exported")
    rows = [
        [
            seen.agency.code,
            found.name,
            each.code,
            each.title,
            each.completed_on.isoformat(),
            each.recorded_at.date().isoformat(),
            each.how,
            each.where,
            each.became,
        ]
        for each in found.done
    ]
    return table_file(kind, f"learning-record-{seen.today}", FILE_HEADS, rows, seen.small_print)


def _on_record(request: Request, seen: Visit, found: StaffRecord, verb: str) -> None:
    audit.record(verb, by=request.access.actor, at=seen.at, kind="person", uid=found.uid, agency_code=seen.agency.code)


def _facts(found: StaffRecord) -> list[dict[str, str]]:
    rows = {"Employee reference": ", ".join(found.references), "Work e-mail": ", ".join(found.addresses)}
    return [{"key": key, "value": value} for key, value in rows.items() if value]


def _post(post: PostRecord) -> dict[str, Any]:
    now = post.terms[0] if post.terms else None
    return {
        "title": str(now.role_group or now.post_title or "Post") if now else "Post",
        "reference": post.reference,
        "duties": [
            {"key": duty.designation.title, "value": _days(duty.starts_on, duty.ends_on)} for duty in post.duties
        ],
        "terms": [_term(term) for term in post.terms],
        "asked": [_asked(each) for each in post.asked],
        "agreed": [
            [each.module, each.words, uk_date(each.from_on), uk_date(each.until_on), uk_date(each.recorded_at)]
            for each in post.agreed
        ],
    }


def _days(starts_on: Any, ends_on: Any) -> str:
    return f"from {uk_date(starts_on)}" + (f" until {uk_date(ends_on)}" if ends_on else "")


def _term(term: Term) -> list[Any]:
    boss = term.manager.employment.person if term.manager else None
    return [
        uk_date(term.starts_on),
        uk_date(term.ends_on),
        term.post_title,
        str(term.role_group or "None"),
        str(term.team or ""),
        ", ".join(str(place) for place in (term.workplace, term.locality) if place),
        (WITHHELD if boss.is_protected else boss.name) if boss else "",
        term.get_status_display(),
    ]


def _asked(each: Asked) -> list[Any]:
    until = uk_date(each.valid_until) or ("no end date" if each.is_valid else "")
    state = {"state": each.state, "text": STANDINGS[each.state.value].words}
    return [each.title, state, uk_date(each.due_on), until, "; ".join(each.because)]


def _done(each: Done, uid: UUID | None, code: str) -> list[Any]:
    """What one's agency recorded of somebody else leads to where it is said to be wrong."""
    certificate = f"Issued {uk_date(each.certificate.words.issued_on)}" if each.certificate else ""
    wrong: Any = ""
    if uid and each.is_ours:
        wrong = {"text": "This entry is wrong", "url": reverse("agency-wrong", args=[code, uid, each.uid])}
    return [
        f"{each.title}{f'. {each.became}' if each.became else ''}",
        wrong,
        uk_date(each.completed_on),
        each.how,
        f"{each.where}{f', as {each.role_group}' if each.role_group else ''}",
        each.evidence,
        certificate,
        uk_date(each.recorded_at),
    ]


def _given(each: Given, code: str, is_own: bool) -> list[Any]:
    """Where a decision is open, the course leads to it; one's own is for somebody else to decide."""
    address = reverse("evidence-decide", args=[code, each.uid])
    title = {"text": each.title, "url": address} if each.is_open and not is_own else each.title
    return [title, each.provider, uk_date(each.completed_on), each.state, each.module]
