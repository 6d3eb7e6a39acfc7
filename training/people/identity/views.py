"""HR's pages about likely duplicates: look, compare, merge, keep apart, take back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Agency, LikelyDuplicate, Sameness
from training.people.selectors import agency_for

from .duplicates import merge_pair, reconsider, refuse, search_if_changed
from .errors import IdentityError
from .letters import tell_of_merge
from .merge import part_records
from .shown import compared, names_of

PAIRS_A_PAGE = 25
MERGES_SHOWN = 50


def _agency(request: Request, code: str) -> Agency:
    return agency_for(request.access, Permission.MANAGE_ROSTER, code)


@requires(Permission.MANAGE_ROSTER)
def duplicates(request: Request, code: str) -> HttpResponse:
    """The pairs that wait, those kept apart, and the merges that can be taken back."""
    agency = _agency(request, code)
    search_if_changed(agency, at=timezone.now())
    pairs = LikelyDuplicate.objects.visible_to(request.access).filter(agency=agency).named()
    pairs = pairs.select_related("one", "other").order_by("one__last_name", "one__first_name", "pk")
    said = Sameness.objects.within(agency).known_now().select_related("record", "same_as")
    context = {
        "agency": agency,
        "page": Paginator(pairs.filter(refused_at__isnull=True), PAIRS_A_PAGE).get_page(request.GET.get("page")),
        "apart": pairs.filter(refused_at__isnull=False)[:MERGES_SHOWN],
        "merges": [{"said": each, "names": names_of(each)} for each in said[:MERGES_SHOWN]],
    }
    return render(request, "people/duplicates.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ROSTER)
def duplicate(request: Request, code: str, uid: UUID) -> HttpResponse:
    """One pair side by side, and HR's decision."""
    agency = _agency(request, code)
    pairs = LikelyDuplicate.objects.visible_to(request.access).filter(agency=agency).named()
    pair = get_object_or_404(pairs.select_related("agency", "one", "other"), uid=uid)
    if request.method == "POST":
        return _decided(request, pair)
    context = {"agency": agency, "seen": compared(pair, on=today())}
    return render(request, "people/duplicate.html", context)


def _decided(request: Request, pair: LikelyDuplicate) -> HttpResponse:
    by, at, code = request.access.actor, timezone.now(), pair.agency.code
    match request.POST.get("do", ""):
        case "merge":
            try:
                with transaction.atomic():
                    tell_of_merge(merge_pair(pair, own=request.access.records, by=by, at=at))
            except IdentityError as error:
                messages.error(request, str(error))
                return redirect("duplicate", code, pair.uid)
            messages.success(request, "The two records are one person now. You can undo this below.")
        case "apart":
            refuse(pair, by=by, at=at)
            messages.success(request, "They stay two people, and will not be suggested again.")
        case "again":
            reconsider(pair, by=by, at=at)
        case _:
            return redirect("duplicate", code, pair.uid)
    return redirect("duplicates", code)


@require_POST
@requires(Permission.MANAGE_ROSTER)
def merge_undo(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Take a merge of one's agency back."""
    agency = _agency(request, code)
    said = get_object_or_404(Sameness.objects.within(agency), uid=uid)
    try:
        part_records(said, by=request.access.actor, at=timezone.now())
    except IdentityError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The two records stand apart again, as they did before.")
    return redirect("duplicates", agency.code)
