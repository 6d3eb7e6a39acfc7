"""What can be done for several people at once. Refused whole if one of them is not of the agency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from training.access.actor import Actor
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.ledger.models import StandingStep
from training.ledger.standing import State
from training.notices import services as notices
from training.notices.models import Notice
from training.people.models import Agency, Employment
from training.people.models.posts import TermQuerySet

from .files import table_file
from .lines import HEADS, lines_of
from .links import address
from .listing import PER_PAGE, Wanted, held
from .visit import Visit, visit

REMINDER = "reminder"
BETWEEN = timedelta(days=7)
TO_DO = (State.OVERDUE, State.DUE_SOON, State.NOT_STARTED, State.IN_PROGRESS)
BODY = """Hello

You have learning to do. Sign in to see what it is and by when:

{address}

Your HR team asked us to send this. If you think it is wrong, tell them.
"""


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many were written to, and how many were left out."""

    sent: int
    left_out: int


@require_POST
@requires(Permission.SEE_STAFF)
def chosen(request: Request, code: str) -> HttpResponseBase:
    """Remind the chosen, or take their lines away as a file."""
    seen = visit(request, code)
    back = address(reverse("agency-people", args=[seen.agency.code]), request.GET.dict())
    named = request.POST.getlist("post")
    if not named:
        messages.error(request, "Choose at least one person, then say what to do.")
        return redirect(back)
    terms = chosen_terms(seen.agency, named, on=seen.today)
    do = request.POST.get("do", "")
    if do in ("csv", "xlsx"):
        return _file(request, seen, terms, do)
    if do == "remind":
        done = remind(seen.agency, terms, by=request.access.actor, on=seen.today, at=seen.at)
        messages.success(request, _said(done))
    return redirect(back)


def chosen_terms(agency: Agency, named: Sequence[str], *, on: date) -> TermQuerySet:
    """The terms of these posts; 404 for all, if one of them is not a post of the agency's today."""
    try:
        uids = {UUID(each) for each in named}
    except ValueError as wrong:
        raise Http404 from wrong
    if len(uids) > PER_PAGE:
        raise Http404
    terms = held(agency, on=on).filter(post__uid__in=uids)
    if terms.order_by().count() != len(uids):
        raise Http404
    return terms


@transaction.atomic
def remind(agency: Agency, terms: TermQuerySet, *, by: Actor, on: date, at: datetime) -> Reminded:
    """A neutral mail to the work address of each who has something to do and has not been reminded this week.

    One reminding at a time: a button pressed twice finds its first mails.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    waiting = StandingStep.objects.within(agency).current_on(on).filter(state__in=TO_DO, is_required=True)
    asked = terms.at_work().filter(post__in=waiting.values("post"))
    owners = set(terms.order_by().values_list("post__employment", flat=True))
    staff = Employment.objects.within(agency).filter(pk__in=asked.order_by().values("post__employment"))
    addresses = set(staff.exclude(work_email="").values_list("work_email", flat=True))
    lately = Notice.objects.everywhere(reason="who was reminded this week").filter(
        kind=REMINDER, created_at__gt=at - BETWEEN, address__in=addresses
    )
    to = sorted(addresses - set(lately.values_list("address", flat=True)))
    body = BODY.format(address=settings.BASE_URL + reverse("learning"))
    for each in to:
        notices.send(to=each, kind=REMINDER, subject="Learning", body=body, at=at)
    left_out = len(owners) - len(to)
    audit.record(
        "people reminded",
        by=by,
        at=at,
        kind="agency",
        uid=agency.uid,
        agency_code=agency.code,
        sent=len(to),
        left_out=left_out,
    )
    return Reminded(len(to), left_out)


def _said(done: Reminded) -> str:
    words = "1 reminder is on its way." if done.sent == 1 else f"{done.sent} reminders are on their way."
    if done.left_out:
        words += (
            f" {done.left_out} left out: nothing to do now, on leave, without a work e-mail,"
            " or reminded in the last 7 days."
        )
    return words


def _file(request: Request, seen: Visit, terms: TermQuerySet, kind: str) -> HttpResponseBase:
    mine = seen.agency
    audit.record(
        "staff exported",
        by=request.access.actor,
        at=seen.at,
        kind="agency",
        uid=mine.uid,
        agency_code=mine.code,
        posts=terms.order_by().count(),
    )
    lines = lines_of(mine, terms, Wanted(), on=seen.today)
    return table_file(
        kind, f"staff-{seen.today}", HEADS, lines, [*seen.small_print, ("Filter", "People chosen one by one")]
    )
