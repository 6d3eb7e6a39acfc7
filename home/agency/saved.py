"""Saved filters of the list of people: each one's own, dated, and seen by nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from home.models import SavedFilter
from training.access.access import Access
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Agency
from training.people.selectors import agency_for

from .filters import KEPT
from .links import address

MOST = 20


class TooMany(Exception):
    """No more filters can be saved; the text says what to do."""


class TitleForm(forms.Form):
    """What to call a filter."""

    title = forms.CharField(label="Name of this filter", max_length=60, strip=True)


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved filter as the list shows it."""

    uid: UUID
    title: str
    url: str
    recorded_at: datetime


def saved_filters(access: Access, agency: Agency) -> tuple[Saved, ...]:
    """One's own for this agency, by title."""
    here = reverse("agency-people", args=[agency.code])
    rows = SavedFilter.objects.visible_to(access).filter(agency=agency)
    return tuple(Saved(row.uid, row.title, address(here, row.chosen), row.recorded_at) for row in rows)


@transaction.atomic
def save_filter(access: Access, agency: Agency, *, title: str, chosen: Mapping[str, str], at: datetime) -> None:
    """Keep the choices under a title; the same title again takes the place of the older one."""
    own = SavedFilter.objects.visible_to(access).filter(agency=agency)
    if own.exclude(title=title).count() >= MOST:
        raise TooMany(f"You have {MOST} saved filters. Remove one, then save this one.")
    kept = {name: chosen[name][:20] for name in KEPT if chosen.get(name)}
    said = {"chosen": kept, "recorded_at": at}
    if not own.filter(title=title).update(**said):
        SavedFilter.objects.create(user_id=access.user_id or 0, agency=agency, title=title, **said)


@require_POST
@requires(Permission.SEE_STAFF)
def filter_save(request: Request, code: str) -> HttpResponse:
    """Save how the list is narrowed now."""
    mine = agency_for(request.access, Permission.SEE_STAFF, code)
    form = TitleForm(request.POST)
    here = reverse("agency-people", args=[mine.code])
    chosen = {name: request.POST.get(name, "") for name in KEPT}
    if not form.is_valid():
        messages.error(request, "Give the filter a name of up to 60 letters, then save it.")
        return redirect(address(here, chosen))
    try:
        save_filter(request.access, mine, title=form.cleaned_data["title"], chosen=chosen, at=timezone.now())
    except TooMany as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Saved. Only you can see it.")
    return redirect(address(here, chosen))


@require_POST
@requires(Permission.SEE_STAFF)
def filter_forget(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Remove a saved filter of one's own; anybody else's does not exist (404)."""
    mine = agency_for(request.access, Permission.SEE_STAFF, code)
    gone, _ = SavedFilter.objects.visible_to(request.access).filter(agency=mine, uid=uid).delete()
    if not gone:
        raise Http404
    messages.success(request, "The saved filter has been removed.")
    return redirect("agency-people", mine.code)
