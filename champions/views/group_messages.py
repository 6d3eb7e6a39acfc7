"""A coordinator writes to a group of champions; each reads it on the site."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from champions.errors import ChampionError
from champions.forms.group_messages import GroupMessageForm
from champions.models import Addressed, GroupMessage, Meeting
from champions.selectors.group_messages import fill, group_of
from champions.services.group_messages import write_to_group
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Locality
from training.people.selectors import partnership_for

PER_PAGE = 20
SAMPLES = 3
COORDINATE = Permission.COORDINATE_CHAMPIONS


@require_safe
@requires(Permission.SEE_CHAMPIONS)
def group_message(request: Request, uid: UUID) -> HttpResponse:
    """A message as it came to one."""
    rows = Addressed.objects.visible_to(request.access).select_related("message__partnership")
    return render(request, "champions/group_message.html", {"addressed": get_object_or_404(rows, uid=uid)})


@require_http_methods(["GET", "POST"])
@requires(COORDINATE)
def network_group_messages(request: Request, code: str) -> HttpResponse:
    """Write to a group: looked at first, with how many it goes to and three of them, and sent by a second press."""
    partnership = partnership_for(request.access, COORDINATE, code)
    on, at = today(), timezone.now()
    held = Meeting.objects.of(partnership).taking_place().filter(ends_at__lt=at).order_by("-starts_at")
    form = GroupMessageForm(Locality.objects.filter(partnership=partnership), held, request.POST or None)
    context = {"partnership": partnership, "form": form}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = {"district": said["district"], "meeting": said["meeting"]}
        filled = fill(group_of(request.access, partnership, said["group"], on=on, **chosen), said["words"])
        if "send" in request.POST:
            more = {name: said[name] for name in ("group", "subject", "words")}
            try:
                write_to_group(partnership=partnership, filled=filled, by=request.access.actor, at=at, **more)
            except ChampionError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"Sent to {len(filled)}.")
                return redirect("network-group-messages", code)
        context |= {"looks": True, "count": len(filled), "samples": filled[:SAMPLES]}
    sent = GroupMessage.objects.filter(partnership=partnership)
    context["page"] = Paginator(sent, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "champions/network_group_messages.html", context)
