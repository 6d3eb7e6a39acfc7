"""The public pages, and the page of the one who learns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from training.access.gates import public
from training.access.permissions import Permission

from .models import FrontPage
from .pathway import pathway_rows


@public
def front(request: HttpRequest) -> HttpResponse:
    """The first page: what this is, how to get in, and what anyone may look at."""
    doors = [
        {
            "title": "The pathway",
            "url": reverse("pathway"),
            "text": "Which modules there are, what each one teaches, and who is asked to do it.",
        },
        {
            "title": "What was promised",
            "url": reverse("strategies"),
            "text": "The strategies behind the pathway, outcome by outcome.",
        },
        {
            "title": "Check a certificate",
            "url": reverse("verify"),
            "text": "Type the code on a certificate to see whether it is real and still in date.",
        },
    ]
    page = FrontPage.objects.live().first()
    return render(request, "home/front.html", {"page": page, "doors": doors})


@public
def support(request: HttpRequest) -> HttpResponse:
    """Where to get help, for learners and for the people they meet."""
    return render(request, "home/support.html")


@public
def pathway(request: HttpRequest) -> HttpResponse:
    """The tiers and modules of each partnership's live pathway."""
    learns = request.access.may(Permission.LEARN)  # type: ignore[attr-defined]
    return render(request, "home/pathway.html", {"pathways": pathway_rows(), "learns": learns})
