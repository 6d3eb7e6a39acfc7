"""The public pages, and the page of the one who learns."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from training.access.clock import today
from training.access.gates import found_by_search, public
from training.access.permissions import Permission
from training.people.models import Partnership
from training.strategy.models import Strategy
from training.strategy.selectors import succession_of, with_tree

from .pathway import pathway_rows
from .public import search
from .public.around import footer, front_page, sites
from .public.downloads import document_answer
from .public.strategy import published_of


@found_by_search
@public
def front(request: HttpRequest) -> HttpResponse:
    """The first page: what this is, how to get in, the partnerships' sites, and what anyone may look at."""
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
    context = {
        "page": front_page(),
        "sites": [(each, each.get_url(request)) for each in sites()],
        "doors": doors,
        "footer": footer(request),
    }
    return render(request, "home/front.html", context)


@found_by_search
@public
def support(request: HttpRequest) -> HttpResponse:
    """Where to get help, for learners and for the people they meet."""
    return render(request, "home/support.html")


@found_by_search
@public
def pathway(request: HttpRequest, code: str = "") -> HttpResponse:
    """The tiers and modules of one partnership's live pathway; where there are several, first which."""
    found = pathway_rows(on=today())
    # Compared here: PostgreSQL answers an address with a NUL in it by an error
    mine = [each for each in found if not code or each.said.pathway.partnership.code == code]
    if code and not mine and not any(each.code == code for each in Partnership.objects.all()):
        raise Http404
    owners = {each.said.pathway.partnership for each in mine}
    learns = request.access.may(Permission.LEARN)  # type: ignore[attr-defined]
    context = {"pathways": mine, "owners": sorted(owners, key=str) if len(owners) > 1 else [], "learns": learns}
    return render(request, "home/pathway.html", context)


@found_by_search
@public
def strategy(request: HttpRequest, pack_id: str) -> HttpResponse:
    """One strategy, unless a draft: its tree, what evidences it, and the figures last published about it."""
    found = get_object_or_404(Strategy.objects.published().select_related("partnership"), pack_id=pack_id)
    context = {"strategy": with_tree(found), "succession": succession_of(found), "published": published_of(found)}
    answer = render(request, "strategy/strategy.html", context)
    if found.partnership_id is None:
        answer["X-Robots-Tag"] = "noindex"  # whoever searches for that area's strategy is to find its own
    return answer


@require_safe
@public
def public_document(request: HttpRequest, number: int) -> HttpResponseBase:
    """A document of a strategy's page, for anybody while that page is published."""
    return document_answer(number, wanted=request.headers.get("Range", ""))


@require_safe
@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that search engines may list."""
    return render(request, "home/sitemap.xml", {"addresses": search.addresses(request)}, content_type="application/xml")


@require_safe
@public
def robots(request: HttpRequest) -> HttpResponse:
    """Where that list is. What is private is not listed here: it says 'noindex' itself, and asks who you are."""
    return HttpResponse(search.robots(), content_type="text/plain; charset=utf-8")
