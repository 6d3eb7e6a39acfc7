"""The coordinator's list of agencies, and their sign-ups to the pathway."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.pathways import services as pathways
from training.people.models import Partnership
from training.people.selectors import partnership_for
from training.people.services import set_agency_kind
from training.rules.forms import KindForm, SignUpForm
from training.rules.members import Member, is_kept_elsewhere, live_version, members, rules_by_kind
from training.ui.templatetags.ui import uk_date

HEAD = ["Agency", "Kind", "Member since", "Sign-up", {"text": "Rules of its own", "numeric": True}]


@requires(Permission.MANAGE_PATHWAY)
def partnership_agencies(request: Request, code: str) -> HttpResponse:
    """Every agency of the partnership, with its sign-up."""
    partnership = partnership_for(request.access, Permission.MANAGE_PATHWAY, code)
    rows = members(partnership, on=today())
    context = {
        "partnership": partnership,
        "version": live_version(partnership),
        "head": HEAD,
        "rows": [_row(partnership, row) for row in rows],
        "unsigned": sum(row.sign_up is None for row in rows),
    }
    return render(request, "rules/agencies.html", context)


def _row(partnership: Partnership, row: Member) -> list[Any]:
    said = "None yet"
    if row.sign_up:
        said = f"{row.sign_up.get_state_display()}, signed {uk_date(row.sign_up.signed_on)}"
    return [
        {"text": row.agency.title, "url": reverse("agency-sign-up", args=[partnership.code, row.agency.code])},
        row.agency.get_kind_display(),
        uk_date(row.since),
        said,
        {"text": str(row.own_rules), "numeric": True},
    ]


def _member(partnership: Partnership, agency: str) -> Member:
    """One of the partnership's agencies; any other does not exist (404)."""
    found = (row for row in members(partnership, on=today()) if row.agency.code.lower() == agency.lower())
    row = next(found, None)
    if row is None:
        raise Http404
    return row


@requires(Permission.MANAGE_PATHWAY)
def agency_kind(request: Request, code: str, agency: str) -> HttpResponse:
    """Say what kind of organisation an agency is: rules can be meant for one kind alone."""
    partnership = partnership_for(request.access, Permission.MANAGE_PATHWAY, code)
    row = _member(partnership, agency)
    form = KindForm(request.POST or None, initial={"kind": row.agency.kind})
    if form.is_valid():
        if is_kept_elsewhere(row.agency, request.access.partnerships(Permission.MANAGE_PATHWAY), on=today()):
            form.add_error(None, "It is in a partnership that you do not look after, whose rules this would change too")
        else:
            kind = form.cleaned_data["kind"]
            set_agency_kind(agency=row.agency, kind=kind, by=request.access.actor, at=timezone.now())
            messages.success(request, "Saved. What is asked of its people is worked out again in a few minutes.")
            return redirect("partnership-agencies", partnership.code)
    context = {"partnership": partnership, "row": row, "form": form, "rules": rules_by_kind(partnership)}
    return render(request, "rules/kind.html", context)


@requires(Permission.MANAGE_PATHWAY)
def agency_sign_up(request: Request, code: str, agency: str) -> HttpResponse:
    """Put an agency's commitment to the live version on record."""
    partnership = partnership_for(request.access, Permission.MANAGE_PATHWAY, code)
    row, version = _member(partnership, agency), live_version(partnership)
    standing = row.sign_up
    said = {name: getattr(standing, name) for name in ("state", "signed_on", "signatory_post")} if standing else {}
    form = SignUpForm(request.POST or None, initial=said)
    if form.is_valid():
        try:
            if version is None:
                raise pathways.PathwayError("No version of the pathway is live yet, so there is nothing to sign.")
            pathways.sign_up(
                agency=row.agency, version=version, by=request.access.actor, at=timezone.now(), **form.cleaned_data
            )
        except pathways.PathwayError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The sign-up is on record.")
            return redirect("partnership-agencies", partnership.code)
    context = {"partnership": partnership, "row": row, "version": version, "form": form}
    return render(request, "rules/sign_up.html", context)
