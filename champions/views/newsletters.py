"""Newsletters: read by champions, drafted, edited and sent by the coordinator, stopped by a link."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from champions.errors import ChampionError
from champions.forms.newsletters import NewsletterForm
from champions.models import Addressed, Newsletter, NewsletterStop
from champions.selectors.newsletters import readers
from champions.services import newsletters as letters
from champions.views.meetings import member_or_404, own_row
from training.access.actor import Actor
from training.access.gates import Request, public, requires
from training.access.permissions import Permission
from training.people.selectors import partnership_for

PER_PAGE = 20
COORDINATE = Permission.COORDINATE_CHAMPIONS


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def newsletters(request: Request) -> HttpResponse:
    """What the coordinator wrote: all letters, messages to oneself, and whether one wants letters by mail."""
    found = member_or_404(request)
    sent = Newsletter.objects.filter(partnership=found.partnership, sent_at__isnull=False)
    stops = NewsletterStop.objects.everywhere(reason="one's own wish").filter(champion=found.known.champion)
    page = Paginator(sent.order_by("-sent_at"), PER_PAGE).get_page(request.GET.get("page"))
    addressed = Addressed.objects.visible_to(request.access).select_related("message").order_by("-pk")
    context = {"mine": found, "page": page, "wants": not stops.exists(), "addressed": addressed}
    return render(request, "champions/newsletters.html", context)


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def newsletter(request: Request, uid: UUID) -> HttpResponse:
    """One letter."""
    sent = Newsletter.objects.filter(partnership=member_or_404(request).partnership, sent_at__isnull=False)
    return render(request, "champions/newsletter.html", {"newsletter": get_object_or_404(sent, uid=uid)})


@require_POST
@requires(Permission.SEE_CHAMPIONS)
def want_newsletters(request: Request) -> HttpResponse:
    """Have letters by mail, or no more."""
    champion = own_row(member_or_404(request))
    letters.want(champion=champion, wants="want" in request.POST, by=request.access.actor, at=timezone.now())
    messages.success(request, "Saved.")
    return redirect("newsletters")


@require_http_methods(["GET", "POST"])
@public
def stop_newsletters(request: Request, token: str) -> HttpResponse:
    """No more letters, without signing in; nothing is shown of whose token it is."""
    champion = letters.champion_of_token(token)
    if champion is None:
        raise Http404
    if request.method == "POST":
        letters.want(champion=champion, wants=False, by=Actor.system("newsletter link"), at=timezone.now())
    return render(request, "champions/stop_newsletters.html", {"is_done": request.method == "POST"})


@require_http_methods(["GET", "POST"])
@requires(COORDINATE)
def network_newsletters(request: Request, code: str) -> HttpResponse:
    """Letters sent, and the draft; a press drafts one from what is new."""
    partnership = partnership_for(request.access, COORDINATE, code)
    if request.method == "POST":
        by, at = request.access.actor, timezone.now()
        made = letters.begin(partnership=partnership, by=by, at=at)
        return redirect("network-newsletter", code, made.uid)
    page = Paginator(Newsletter.objects.filter(partnership=partnership), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "champions/network_newsletters.html", {"partnership": partnership, "page": page})


@require_http_methods(["GET", "POST"])
@requires(COORDINATE)
def network_newsletter(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Edit the draft, look at it, and send it; once it is sent, read it."""
    partnership = partnership_for(request.access, COORDINATE, code)
    found = get_object_or_404(Newsletter.objects.filter(partnership=partnership), uid=uid)
    form, at, by = (
        NewsletterForm(request.POST or None, initial={"words": found.words}),
        timezone.now(),
        request.access.actor,
    )
    if request.method == "POST" and form.is_valid():
        does = letters.send if "send" in request.POST else letters.save
        try:
            does(newsletter=found, words=form.cleaned_data["words"], by=by, at=at)
        except ChampionError as error:
            form.add_error(None, str(error))
        else:
            found.words = form.cleaned_data["words"]
            if does == letters.send:
                messages.success(request, "It is on its way to those who want it.")
                return redirect("network-newsletters", code)
    context = {
        "partnership": partnership,
        "newsletter": found,
        "form": form,
        "looks": form.is_bound and form.is_valid(),
        "count": readers(partnership, at=at).count(),
    }
    return render(request, "champions/network_newsletter.html", context)
