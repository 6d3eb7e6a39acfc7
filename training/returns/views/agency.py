"""An agency's own returns: by quarter, filled in, handed over, signed, put right."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Agency, Partnership
from training.people.selectors import agency_for
from training.returns import services as returns
from training.returns.errors import AlreadyThere, ReturnError
from training.returns.forms import CorrectionForm, HandOverForm, SignForm
from training.returns.models import AgencyReturn
from training.returns.quarters import Quarter, quarter_named
from training.returns.selectors.agency import (
    LineShown,
    Restatement,
    Stage,
    Standing,
    lines_shown,
    own_return,
    own_returns,
    restatements,
)
from training.returns.selectors.asked import is_asked, partnerships_asking, terms_of
from training.returns.selectors.partnership import closed_at
from training.returns.selectors.signers import may_sign
from training.returns.selectors.spread import spread
from training.ui.templatetags.ui import uk_date

DECLARE = Permission.DECLARE
HEAD = ["Quarter", "Where it stands", "Due", "Signed"]
CHANGE = '<a class="govuk-link" href="{}">Change<span class="govuk-visually-hidden"> {}, {}</span></a>'
RESTATED_HEAD = ["Role group", "Module", {"text": "Before", "numeric": True}, {"text": "After", "numeric": True}]


def agency_of(request: Request, code: str) -> Agency:
    """The agency for which one declares; any other does not exist (404)."""
    return agency_for(request.access, DECLARE, code)


@requires(DECLARE)
def agency_returns(request: Request, code: str) -> HttpResponse:
    """Every quarter's return, for each partnership that asks."""
    agency = agency_of(request, code)
    on = today()
    asking = [
        {
            "partnership": partnership,
            "rows": [_row(agency, partnership, each, on) for each in found],
            "spread": spread(agency, partnership, found),
        }
        for partnership in partnerships_asking(agency)
        for found in [own_returns(agency, partnership, on=on)]
    ]
    return render(request, "returns/agency_returns.html", {"agency": agency, "asking": asking, "head": HEAD})


def _row(agency: Agency, partnership: Partnership, each: Standing, on: Any) -> list[Any]:
    late = " and late" if each.is_late(on) else ""
    signed = ""
    if each.holding and each.first_signed_at:
        signed = uk_date(each.first_signed_at) + ("" if each.was_on_time else ", after it was due")
    return [
        {
            "text": each.quarter.title,
            "url": reverse("agency-return", args=[agency.code, partnership.code, each.quarter.code]),
        },
        f"{each.stage}{late}",
        uk_date(each.due_on),
        signed,
    ]


def asked(request: Request, code: str, partnership: str, quarter: str) -> tuple[Agency, Partnership, Quarter]:
    """What an address asks for: a quarter that is over, of a partnership that asks this agency (else 404)."""
    agency = agency_of(request, code)
    found = quarter_named(quarter)
    asking = next((row for row in partnerships_asking(agency) if row.code.lower() == partnership.lower()), None)
    if asking is None or found is None or found not in terms_of(asking).quarters(today()):
        raise Http404
    if not is_asked(asking, agency, found):
        raise Http404
    return agency, asking, found


def return_of(request: Request, code: str, partnership: str, quarter: str) -> AgencyReturn:
    """The return that an address means, if it has been begun (else 404)."""
    agency, asking, found = asked(request, code, partnership, quarter)
    row = own_return(agency, asking, found).of
    if row is None:
        raise Http404
    return row


@requires(DECLARE)
def agency_return(request: Request, code: str, partnership: str, quarter: str) -> HttpResponse:
    """One return: what it says, what it is held against, and what comes next."""
    agency, asking, found = asked(request, code, partnership, quarter)
    return _page(request, own_return(agency, asking, found), agency, asking)


def _page(
    request: Request, standing: Standing, agency: Agency, partnership: Partnership, form: HandOverForm | None = None
) -> HttpResponse:
    on = today()
    making, of = standing.making, standing.of
    shown = making or standing.holding
    closed = closed_at(partnership, standing.quarter)
    is_open = bool(making and not making.handed_over_at)
    lines = lines_shown(of, shown) if of and shown else []
    context = {
        "agency": agency,
        "partnership": partnership,
        "standing": standing,
        "stage": standing.stage,
        "is_late": standing.is_late(on),
        "is_open": is_open,
        "to_sign": standing.stage is Stage.TO_SIGN,
        "may_sign": bool(making and standing.stage is Stage.TO_SIGN and may_sign(making, request.access, on=on)),
        "shown": shown,
        "closed_at": closed,
        "head": _head(is_open),
        "rows": [_line(agency, standing, each, is_open) for each in lines],
        "doubtful": [each for each in lines if each.is_doubtful],
        "restated_head": RESTATED_HEAD,
        "restated": [_restated(each) for each in restatements(of, closed)] if of else [],
        "form": form or HandOverForm(),
    }
    return render(request, "returns/agency_return.html", context, status=400 if form and form.errors else 200)


def _head(is_open: bool) -> list[Any]:
    numbers = ("People trained", "Recorded by name", "Quarter before", "Head-count")
    more = ["Change"] if is_open else []
    return ["Role group", "Module", *({"text": text, "numeric": True} for text in numbers), "How", "Evidence", *more]


def _line(agency: Agency, standing: Standing, each: LineShown, is_open: bool) -> list[Any]:
    line, of = each.line, standing.of
    numbers = ["" if line.trained is None else line.trained, each.by_name, each.before, each.head_count]
    cells: list[Any] = [
        line.role_group.title,
        str(line.module),
        *({"text": "-" if number is None else number, "numeric": True} for number in numbers),
        line.get_how_display(),
        line.evidence,
    ]
    if is_open and of:
        here = [agency.code, of.partnership.code, of.quarter.code, line.pk]
        cells.append(format_html(CHANGE, reverse("return-line", args=here), line.role_group, line.module.code))
    return cells


def _restated(each: Restatement) -> dict[str, Any]:
    rows = [
        [
            change.role_group,
            change.module,
            *({"text": "-" if number is None else number, "numeric": True} for number in (change.before, change.after)),
        ]
        for change in each.changes
    ]
    return {"each": each, "rows": rows}


Act = Callable[[AgencyReturn], object]


def done(request: Request, of: AgencyReturn, act: Act, said: str) -> HttpResponse:
    """Do it, say so or why not, and go back to the return."""
    try:
        act(of)
    except ReturnError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("agency-return", of.agency.code, of.partnership.code, of.quarter.code)


@require_POST
@requires(DECLARE)
def return_begin(request: Request, code: str, partnership: str, quarter: str) -> HttpResponse:
    """Begin a return; one that is there already is shown."""
    agency, asking, found = asked(request, code, partnership, quarter)
    try:
        returns.begin(agency=agency, partnership=asking, quarter=found, by=request.access.actor, at=timezone.now())
    except AlreadyThere as there:
        messages.info(request, str(there))
    except ReturnError as refusal:
        messages.error(request, str(refusal))
    return redirect("agency-return", agency.code, asking.code, found.code)


@require_POST
@requires(DECLARE)
def return_hand_over(request: Request, code: str, partnership: str, quarter: str) -> HttpResponseBase:
    """Hand it over to whoever signs; what is wrong is shown on the page."""
    of = return_of(request, code, partnership, quarter)
    form = HandOverForm(request.POST)
    if form.is_valid():
        try:
            returns.hand_over(of=of, by=request.access.actor, at=timezone.now(), **form.cleaned_data)
        except ReturnError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Handed over. It counts once it is signed.")
            return redirect("agency-return", code, of.partnership.code, of.quarter.code)
    return _page(request, own_return(of.agency, of.partnership, of.quarter), of.agency, of.partnership, form)


@require_POST
@requires(DECLARE)
def return_take_back(request: Request, code: str, partnership: str, quarter: str) -> HttpResponse:
    """Open it again before it is signed: for whoever fills in, and for a lead who finds something wrong."""
    of = return_of(request, code, partnership, quarter)
    by, at = request.access.actor, timezone.now()
    return done(request, of, lambda row: returns.take_back(of=row, by=by, at=at), "It can be filled in again.")


@require_POST
@requires(DECLARE)
def return_sign(request: Request, code: str, partnership: str, quarter: str) -> HttpResponse:
    """Answer for what it says."""
    of = return_of(request, code, partnership, quarter)
    form = SignForm(request.POST)
    shown = form.cleaned_data["shown"] if form.is_valid() else 0
    access, at = request.access, timezone.now()
    return done(request, of, lambda row: returns.sign(of=row, shown=shown, access=access, at=at), "Signed. It counts.")


@requires(DECLARE)
def return_correct(request: Request, code: str, partnership: str, quarter: str) -> HttpResponse:
    """Begin to put a signed return right."""
    of = return_of(request, code, partnership, quarter)
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        said = {"reason": form.cleaned_data["reason"], "by": request.access.actor, "at": timezone.now()}
        words = "Put it right below. What is signed holds until the correction is signed."
        return done(request, of, lambda row: returns.correct(of=row, **said), words)
    context = {"of": of, "form": form, "closed_at": closed_at(of.partnership, of.quarter)}
    return render(request, "returns/correct.html", context)
