"""A coordinator writes to a group of champions; each reads it on the site."""

from typing import Any
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
from champions.selectors.group_messages import Addressees, Chosen
from champions.services.group_messages import write_to_group
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
    partnership, at = partnership_for(request.access, COORDINATE, code), timezone.now()
    held = Meeting.objects.of(partnership).taking_place().filter(ends_at__lt=at).order_by("-starts_at")
    form = GroupMessageForm(Locality.objects.filter(partnership=partnership), held, request.POST or None)
    context: dict[str, Any] = {"partnership": partnership, "form": form}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = Chosen(said["group"], said["district"], said["meeting"])
        group = Addressees(request.access, partnership, chosen, at)
        if "send" in request.POST:
            try:
                write_to_group(to=group, subject=said["subject"], words=said["words"])
            except ChampionError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "It is on its way. This page says how far it is.")
                return redirect("network-group-messages", code)
        context |= {"looks": True, "count": group.count(), "samples": group.samples(said["words"], SAMPLES)}
    sent = GroupMessage.objects.filter(partnership=partnership).select_related("district")
    context["page"] = Paginator(sent, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "champions/network_group_messages.html", context)
