"""Asking the network, and answering what is asked of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from champions.errors import ChampionError
from champions.forms.enquiries import AnswerEnquiryForm, EnquiryForm
from champions.models import Enquiry
from champions.selectors.circles import partnerships_of
from champions.selectors.enquiries import kept_answers, similar
from champions.services import enquiries as asking
from champions.views.meetings import member_or_404, own_row
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Partnership, Person

PER_PAGE = 20


def _partnership_or_404(request: Request) -> Partnership:
    """The first of one's own: whose network one asks."""
    found = next(iter(partnerships_of(request.access, on=today())), None)
    if found is None:
        raise Http404
    return found


def _own(request: Request, uid: UUID) -> Enquiry:
    return get_object_or_404(Enquiry.objects.visible_to(request.access).select_related("partnership"), uid=uid)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def ask_network(request: Request) -> HttpResponse:
    """What has been answered before; only after a look at what is like it does something new go out."""
    partnership, form = _partnership_or_404(request), EnquiryForm(request.POST or None)
    context: dict[str, Any] = {"partnership": partnership, "form": form}
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if "send" in request.POST and _send(request, partnership, form):
            return redirect("ask-network")
        context |= {"looked": True, "similar": similar(partnership, words)}
    context["mine"] = Enquiry.objects.visible_to(request.access).order_by("-asked_at")
    context["page"] = Paginator(kept_answers(partnership), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "champions/ask_network.html", context)


def _send(request: Request, partnership: Partnership, form: EnquiryForm) -> bool:
    asker = Person.objects.everywhere(reason="the one who asks").filter(pk=request.access.person_id or 0).first()
    if asker is None:
        form.add_error(None, "Only somebody on a roster can ask the network.")
        return False
    words, by = form.cleaned_data["words"], request.access.actor
    try:
        asking.ask_network(asker=asker, partnership=partnership, words=words, by=by, at=timezone.now())
    except ChampionError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, "The network has been asked. You get a mail when there is an answer.")
    return True


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def enquiry(request: Request, uid: UUID) -> HttpResponse:
    """What one has asked, and the answer."""
    return render(request, "champions/enquiry.html", {"enquiry": _own(request, uid)})


@require_POST
@requires(Permission.SEE_CHAMPIONS)
def take_back_enquiry(request: Request, uid: UUID) -> HttpResponse:
    """Take back what one has asked."""
    asking.take_back_enquiry(enquiry=_own(request, uid), by=request.access.actor, at=timezone.now())
    messages.success(request, "Taken back. Your words are deleted.")
    return redirect("ask-network")


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def enquiries(request: Request) -> HttpResponse:
    """What a champion can answer."""
    found = member_or_404(request)
    rows = Enquiry.objects.all().for_champion(request.access, found.known.champion, at=timezone.now())
    page = Paginator(rows.filter(partnership=found.partnership), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "champions/enquiries.html", {"mine": found, "page": page})


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CHAMPIONS)
def answer_enquiry(request: Request, uid: UUID) -> HttpResponse:
    """One of them: take it, put it back, answer it."""
    found, at, by = member_or_404(request), timezone.now(), request.access.actor
    rows = Enquiry.objects.all().for_champion(request.access, found.known.champion, at=at)
    row = get_object_or_404(rows.filter(partnership=found.partnership).select_related("partnership"), uid=uid)
    is_mine = row.taken_by_id is not None and row.taken_by == found.known.champion
    does = request.POST.get("does", "") if request.method == "POST" else ""
    form = AnswerEnquiryForm(request.POST if does == "answer" else None, initial={"words": row.answer})
    try:
        if does == "take":
            asking.take(enquiry=row, champion=own_row(found), by=by, at=at)
            return redirect("answer-enquiry", uid)
        if does == "put_back" and is_mine:
            asking.put_back(enquiry=row, champion=own_row(found), by=by, at=at)
            return redirect("enquiries")
        if does == "answer" and is_mine and form.is_valid():
            asking.answer_enquiry(enquiry=row, champion=own_row(found), words=form.cleaned_data["words"], by=by, at=at)
            messages.success(request, "Thank you. The coordinator reads it over, and then it is sent.")
            return redirect("enquiries")
    except ChampionError as error:
        messages.warning(request, str(error))
        return redirect("enquiries")
    return render(request, "champions/answer_enquiry.html", {"enquiry": row, "is_mine": is_mine, "form": form})
