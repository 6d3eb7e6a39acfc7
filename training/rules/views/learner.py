"""More time, as the learner and the line manager ask for it."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from training.access.clock import london_date
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.ledger.models import StandingStep
from training.ledger.rebuild import refresh_stale
from training.pathways import services as pathways
from training.pathways.models import Module, RequestState
from training.people.models import Person, Post
from training.rules.forms import ManagersRequestForm, RequestForm
from training.rules.posts import managed_date, name_of, own_dates, own_requests


@requires(Permission.LEARN)
def more_time(request: Request, uid: UUID) -> HttpResponse:
    """Ask the HR of each post for a later date, see what they decided, or take the request back."""
    person = Person.objects.visible_to(request.access).get(pk=request.access.person_id or 0)
    module = get_object_or_404(Module, uid=uid)
    at = timezone.now()
    on = london_date(at)
    refresh_stale(at=at, person=person)
    dates, asked = own_dates(person, module, on=on), own_requests(person, [module])
    if not dates and not asked:
        raise Http404
    waiting = [row for row in asked if row.state == RequestState.WAITING]
    if request.POST.get("do") == "withdraw":
        for row in waiting:
            pathways.withdraw_request(request=row, by=request.access.actor, at=at)
        messages.success(request, "Your request has been taken back.")
        return redirect("more-time", uid)
    open_ = [step for step in dates if step.post_id not in {row.post_id for row in waiting}]
    form = RequestForm(request.POST or None)
    if open_ and form.is_valid():
        try:
            for step in open_:
                pathways.ask_for_time(
                    post=step.post, module=module, by=request.access.actor, at=at, **form.cleaned_data
                )
        except pathways.PathwayError as refusal:
            form.add_error("wished_on", str(refusal))
        else:
            messages.success(request, "Your HR team has your request. You will see here what they decide.")
            return redirect("more-time", uid)
    context = {"module": module, "dates": dates, "asked": asked, "waiting": waiting, "open": open_, "form": form}
    return render(request, "rules/more_time.html", context)


@requires(Permission.SEE_TEAM)
def team_more_time(request: Request, post: int, module: int) -> HttpResponse:
    """A line manager asks HR for more time for somebody. Whether they have asked themselves is not said."""
    at = timezone.now()
    refresh_stale(at=at, posts=Post.objects.everywhere(reason="the one asked about, seen or not").filter(pk=post))
    step = managed_date(request.access, post, module, on=london_date(at))
    if step is None:
        raise Http404
    form = ManagersRequestForm(request.POST or None)
    if form.is_valid() and _asked_by_manager(request, step, form, at):
        messages.success(request, "Your HR team will decide. You will see it when the due date has been moved.")
        return redirect("team")
    return render(request, "rules/team_more_time.html", {"step": step, "name": name_of(step.post), "form": form})


def _asked_by_manager(request: Request, step: StandingStep, form: ManagersRequestForm, at: datetime) -> bool:
    """Whether HR has a request now. If there was one before, the answer is the same: what a learner does is theirs."""
    try:
        pathways.ask_for_time(
            post=step.post,
            module=step.module,
            is_asked_by_manager=True,
            by=request.access.actor,
            at=at,
            **form.cleaned_data,
        )
    except pathways.AlreadyWaiting:
        return True
    except pathways.PathwayError as refusal:
        form.add_error("wished_on", str(refusal))
        return False
    return True
