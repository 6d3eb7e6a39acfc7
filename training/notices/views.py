"""The demo's mailbox."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from training.access.gates import public

from .models import Notice

LATEST = 50


@public
def mailbox(request: HttpRequest) -> HttpResponse:
    """The latest mails that the demo would have sent, for anyone at the demo's machine."""
    if not settings.IS_DEMO:
        raise Http404
    notices = Notice.objects.everywhere(reason="the demo's mailbox: invented people").order_by("-created_at", "-pk")
    return render(request, "notices/mailbox.html", {"notices": notices[:LATEST]})
