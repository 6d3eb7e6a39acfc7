"""The noticeboard, for the coordinator: threads, what waits to be let through, concerns. Without names."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from champions.forms.noticeboard import RemoveForm, ThreadForm
from champions.models import Contribution, Thread
from champions.selectors.noticeboard import to_judge
from champions.services import noticeboard as saying
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.selectors import partnership_for

PER_PAGE = 20
COORDINATE = Permission.COORDINATE_CHAMPIONS


@require_http_methods(["GET", "POST"])
@requires(COORDINATE)
def network_noticeboard(request: Request, code: str) -> HttpResponse:
    """What waits, and what can be talked about; a thread is opened here."""
    partnership = partnership_for(request.access, COORDINATE, code)
    form = ThreadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        saying.open_thread(partnership=partnership, title=title, by=request.access.actor, at=timezone.now())
        messages.success(request, "The thread is open.")
        return redirect("network-noticeboard", code)
    context = {
        "partnership": partnership,
        "page": Paginator(to_judge(request.access, partnership), PER_PAGE).get_page(request.GET.get("page")),
        "threads": Thread.objects.filter(partnership=partnership),
        "form": form,
        "whys": Contribution.Why.choices,
    }
    return render(request, "champions/network_noticeboard.html", context)


@require_POST
@requires(COORDINATE)
def close_thread(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Close a thread, or open it again."""
    partnership = partnership_for(request.access, COORDINATE, code)
    thread = get_object_or_404(Thread.objects.filter(partnership=partnership).select_related("partnership"), uid=uid)
    saying.close_thread(thread=thread, is_closed=thread.closed_at is None, by=request.access.actor, at=timezone.now())
    return redirect("network-noticeboard", code)


@require_POST
@requires(COORDINATE)
def judge_contribution(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Let it through, or remove it for a reason."""
    partnership = partnership_for(request.access, COORDINATE, code)
    found = get_object_or_404(to_judge(request.access, partnership), uid=uid)
    by, at = request.access.actor, timezone.now()
    form = RemoveForm(request.POST)
    if request.POST.get("does") == "let_through":
        saying.let_through(contribution=found, by=by, at=at)
        messages.success(request, "Champions are shown it now.")
    elif form.is_valid():
        saying.remove(contribution=found, by=by, at=at, **form.cleaned_data)
        messages.success(request, "Removed. Whoever wrote it is told why.")
    else:
        messages.warning(request, "Choose why it is removed.")
    return redirect("network-noticeboard", code)
