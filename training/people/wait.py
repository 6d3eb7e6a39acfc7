"""The page that stands in for a large file's own while the background worker is at it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .models import Agency, WorkedOn

SECONDS_TO_WAIT = 5


def wait_page(
    request: HttpRequest, seen: WorkedOn, agency: Agency, *, title: str, back: tuple[str, str], address: str
) -> HttpResponse:
    """A page that asks for itself again, without a script. `back` leads to the list of files: address and words."""
    back_url, back_text = back
    context = {"seen": seen, "agency": agency, "title": title, "back_url": back_url, "back_text": back_text}
    response = render(request, "people/wait.html", context | {"address": address})
    response["Refresh"] = str(SECONDS_TO_WAIT)
    return response
