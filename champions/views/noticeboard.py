"""The noticeboard, for champions."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from champions.errors import ChampionError
from champions.forms.noticeboard import ContributionForm
from champions.models import Contribution, Thread
from champions.selectors import noticeboard as board
from champions.selectors.mine import Mine
from champions.services import noticeboard as saying
from champions.views.meetings import member_or_404, own_row
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission

PER_PAGE = 20


def _own(request: Request, uid: UUID) -> Contribution:
    rows = Contribution.objects.visible_to(request.access).filter(removed_at__isnull=True)
    return get_object_or_404(rows.select_related("thread__partnership", "author"), uid=uid)


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def noticeboard(request: Request) -> HttpResponse:
    """What is talked about."""
    found = member_or_404(request)
    context = {"mine": found, "threads": board.threads(request.access, found.partnership)}
    return render(request, "champions/noticeboard.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def noticeboard_thread(request: Request, uid: UUID) -> HttpResponse:
    """One thread: what was said, and a box to say something or to answer."""
    found, at = member_or_404(request), timezone.now()
    threads = Thread.objects.filter(partnership=found.partnership).select_related("partnership")
    thread = get_object_or_404(threads, uid=uid)
    form = ContributionForm(request.POST or None, initial={"to": request.GET.get("to")})
    if request.method == "POST" and form.is_valid() and _say(request, found, thread, form):
        return redirect("noticeboard-thread", uid)
    page = Paginator(board.top_of(request.access, thread), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "thread": thread,
        "page": page,
        "said": board.said_in(request.access, thread, list(page.object_list), on=today(), at=at),
        "form": form,
        "answers": bool(form["to"].value()),
    }
    return render(request, "champions/noticeboard_thread.html", context)


def _say(request: Request, found: Mine, thread: Thread, form: ContributionForm) -> bool:
    champion, to = own_row(found), form.cleaned_data["to"]
    readable = board.readable(request.access, champion, found.partnership).filter(thread=thread)
    answers_to = get_object_or_404(readable.select_related("answers_to"), uid=to) if to else None
    words, by, at = form.cleaned_data["words"], request.access.actor, timezone.now()
    try:
        said = saying.say(thread=thread, author=champion, words=words, answers_to=answers_to, by=by, at=at)
    except ChampionError as error:
        form.add_error(None, str(error))
        return False
    held = "The coordinator reads it first; until then only you see it."
    messages.success(request, "It is on the noticeboard." if said.shown_at else held)
    return True


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def change_contribution(request: Request, uid: UUID) -> HttpResponse:
    """Put differently what one has just said."""
    found, at = _own(request, uid), timezone.now()
    form = ContributionForm(request.POST or None, initial={"words": found.words})
    back = redirect("noticeboard-thread", found.thread.uid)
    if not found.may_change(at) or (request.method == "POST" and form.is_valid()):
        try:
            words = form.cleaned_data["words"] if form.is_bound and form.is_valid() else found.words
            saying.change(contribution=found, words=words, by=request.access.actor, at=at)
            messages.success(request, "Changed.")
        except ChampionError as error:
            messages.warning(request, str(error))
        return back
    return render(request, "champions/change_contribution.html", {"contribution": found, "form": form})


@require_POST
@requires(Permission.SEE_CHAMPIONS)
def delete_contribution(request: Request, uid: UUID) -> HttpResponse:
    """Take away what one has said."""
    found = _own(request, uid)
    saying.delete(contribution=found, by=request.access.actor, at=timezone.now())
    messages.success(request, "Deleted.")
    return redirect("noticeboard-thread", found.thread.uid)


@require_POST
@requires(Permission.SEE_CHAMPIONS)
def raise_concern(request: Request, uid: UUID) -> HttpResponse:
    """Tell the coordinator that something should not be there."""
    found = member_or_404(request)
    champion = own_row(found)
    said = get_object_or_404(board.readable(request.access, champion, found.partnership), uid=uid)
    saying.raise_concern(contribution=said, champion=champion, by=request.access.actor, at=timezone.now())
    messages.success(request, "The coordinator will look at it. Nobody is told that it was you.")
    return redirect("noticeboard-thread", said.thread.uid)
