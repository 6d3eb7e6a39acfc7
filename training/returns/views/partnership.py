"""The coordinator's pages: who has given a return and who is late, sending back, closing, and what is asked."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Partnership
from training.people.selectors import partnership_for
from training.returns import services as returns
from training.returns.errors import ReturnError
from training.returns.forms import QuarterForm, SendBackForm, TermsForm
from training.returns.models import USUAL_DAYS, AgencyReturn
from training.returns.quarters import Quarter, quarter_named, quarter_of
from training.returns.selectors.asked import terms_of
from training.returns.selectors.partnership import Asked, closed_at, returns_of
from training.ui.templatetags.ui import uk_date

KEEP = Permission.MANAGE_PATHWAY
HEAD = ["Agency", "Where it stands", "Signed", "Put right"]


def _quarter(partnership: Partnership, code: str) -> Quarter:
    """The quarter that an address means, if returns are asked for it (else 404)."""
    found = quarter_named(code)
    if found is None or found not in terms_of(partnership).quarters(today()):
        raise Http404
    return found


@requires(KEEP)
def partnership_returns(request: Request, code: str) -> HttpResponse:
    """One quarter's returns, agency by agency: late ones first."""
    partnership = partnership_for(request.access, KEEP, code)
    on = today()
    terms = terms_of(partnership)
    quarters = terms.quarters(on)
    form = QuarterForm(request.GET or None, quarters=quarters)
    chosen = form.cleaned_data["quarter"] if form.is_valid() else ""
    quarter = quarter_named(chosen) or (quarters[0] if quarters else None)
    context: dict[str, Any] = {"partnership": partnership, "form": form, "quarter": quarter, "head": HEAD}
    context["due_days"] = terms.rows[-1][1] if terms.rows else None
    if quarter:
        found = returns_of(partnership, quarter)
        found.sort(key=lambda each: (not each.standing.is_late(on), each.standing.holding is not None))
        context |= {
            "rows": [_row(partnership, each, on) for each in found],
            "given": sum(each.standing.holding is not None for each in found),
            "on_time": sum(each.standing.was_on_time for each in found),
            "asked": len(found),
            "due_on": terms.due_on(quarter),
            "closed_at": closed_at(partnership, quarter),
        }
    return render(request, "returns/partnership_returns.html", context)


def _row(partnership: Partnership, each: Asked, on: Any) -> list[Any]:
    standing = each.standing
    late = " and late" if standing.is_late(on) else ""
    signed, restated = "", ""
    page = reverse("declared-agency", args=[partnership.code, standing.quarter.code, each.agency.code])
    if standing.holding and standing.first_signed_at and standing.holding.signed_at:
        signed = uk_date(standing.first_signed_at) + ("" if standing.was_on_time else ", after it was due")
        is_later = standing.holding.signed_at > standing.first_signed_at
        restated = uk_date(standing.holding.signed_at) if is_later else ""
    return [{"text": each.agency.title, "url": page}, f"{standing.stage}{late}", signed, restated]


@requires(KEEP)
def return_send_back(request: Request, code: str, quarter: str, agency: str) -> HttpResponse:
    """Send an agency's return back, with a reason."""
    partnership = partnership_for(request.access, KEEP, code)
    found = _quarter(partnership, quarter)
    asked = (each for each in returns_of(partnership, found) if each.agency.code.lower() == agency.lower())
    one = next(asked, None)
    if one is None or one.standing.holding is None or one.standing.of is None:
        raise Http404
    form = SendBackForm(request.POST or None)
    if form.is_valid():
        of = AgencyReturn.objects.select_related("agency", "partnership").get(pk=one.standing.of.pk)
        try:
            returns.send_back(of=of, reason=form.cleaned_data["reason"], by=request.access.actor, at=timezone.now())
        except ReturnError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Sent back. The agency has been told.")
            return _back(partnership, found)
    context = {"partnership": partnership, "agency": one.agency, "quarter": found, "form": form}
    return render(request, "returns/send_back.html", context)


def _back(partnership: Partnership, quarter: Quarter) -> HttpResponse:
    return redirect(f"{reverse('partnership-returns', args=[partnership.code])}?quarter={quarter.code}")


@require_POST
@requires(KEEP)
def quarter_close(request: Request, code: str, quarter: str) -> HttpResponse:
    """Say that the board has been given the quarter's figures."""
    partnership = partnership_for(request.access, KEEP, code)
    found = _quarter(partnership, quarter)
    returns.close_quarter(partnership=partnership, quarter=found, by=request.access.actor, at=timezone.now())
    messages.success(request, "Closed. What is signed from now on is a restatement.")
    return _back(partnership, found)


@requires(KEEP)
def return_terms(request: Request, code: str) -> HttpResponse:
    """From which quarter returns are asked for, and how soon they are due."""
    partnership = partnership_for(request.access, KEEP, code)
    terms = terms_of(partnership).rows
    this = quarter_of(today())
    earliest = 0 if terms else 4
    quarters = [this.back(back) for back in range(earliest, -5, -1)]
    initial = {"quarter_on": this.starts_on.isoformat(), "due_days": terms[-1][1] if terms else USUAL_DAYS}
    form = TermsForm(request.POST or None, quarters=quarters, initial=initial)
    if form.is_valid():
        quarter, days = Quarter(form.cleaned_data["quarter_on"]), form.cleaned_data["due_days"]
        try:
            returns.set_terms(
                partnership=partnership, quarter=quarter, due_days=days, by=request.access.actor, at=timezone.now()
            )
        except ReturnError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("partnership-returns", partnership.code)
    return render(request, "returns/terms.html", {"partnership": partnership, "form": form})
