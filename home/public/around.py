"""Where a public page stands: its partnership's menu, the way up, and what the first page and the lists show."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from courses.content.told import KINDS_OF_SERVICE
from courses.models import LocalService
from home.models import FrontPage, HelpPage, InformationPage, NewsIndexPage, NewsPage, PartnershipPage, StrategyPage
from home.models.pages import UNDER_FRONT
from home.places import Place

LATEST = 3
A_PAGE = 20
PROMISES = "What agencies promise"


def around(page: Page, request: HttpRequest) -> dict[str, Any]:
    """The partnership's first page, its menu, the way up to it, and the pages that every footer leads to."""
    site = PartnershipPage.objects.ancestor_of(page, inclusive=True).select_related("partnership").first()
    context: dict[str, Any] = {"site": site, "footer": footer(request)}
    if site is None:
        return context
    above = site.get_descendants(inclusive=True).ancestor_of(page).live().order_by("path")
    crumbs = [Place(each.title, each.get_url(request)) for each in above]
    context["crumbs"] = [*crumbs, Place(page.title, "")] if crumbs else []
    return context | {"sections": menu(site, request, here=page.url_path)}


def menu(site: PartnershipPage, request: HttpRequest, *, here: str = "") -> list[Place]:
    """The partnership's pages, and the wall of commitments, which is no page of the editors."""
    found = [Place(site.title, site.get_url(request), is_current=here == site.url_path)] if site.live else []
    for each in site.get_children().live().public().in_menu():
        found.append(Place(each.title, each.get_url(request), is_current=here.startswith(each.url_path)))
    wall = reverse("commitment-wall", args=[site.partnership.code])
    return [*found, Place(PROMISES, wall, is_current=request.path == wall)]


def footer(request: HttpRequest) -> list[Place]:
    """Pages of text that belong to the whole site, such as how data is used."""
    pages = InformationPage.objects.live().public().in_menu().filter(depth=UNDER_FRONT).order_by("path")
    return [Place(each.title, each.get_url(request)) for each in pages]


def doors(site: PartnershipPage, request: HttpRequest) -> dict[str, Any]:
    """What the first page leads to, the figures last published, and the latest news."""
    from home.public.strategy import told_of

    pages = [(each, each.get_url(request)) for each in site.get_children().live().public().in_menu().specific()]
    wall = reverse("commitment-wall", args=[site.partnership.code])
    cards = [
        {"title": each.title, "url": address, "text": getattr(each, "summary", "") or each.door}
        for each, address in pages
    ]
    strategy = next(((each, address) for each, address in pages if isinstance(each, StrategyPage)), None)
    told = told_of(strategy[0], site, request) if strategy else None
    latest = NewsPage.objects.descendant_of(site).live().public().order_by("-day", "-pk")[:LATEST]
    return {
        "doors": [*cards, {"title": PROMISES, "url": wall, "text": "Who has signed up, and to what."}],
        "told": told,
        "stats": told.stats[:LATEST] if told else [],
        "strategy_url": strategy[1] if strategy else "",
        "latest": _linked(latest, request),
        "news_url": next((address for each, address in pages if isinstance(each, NewsIndexPage)), ""),
        "help_url": next((address for each, address in pages if isinstance(each, HelpPage)), ""),
    }


def news(index: NewsIndexPage, request: HttpRequest) -> dict[str, Any]:
    """A page of the list of news."""
    pages = NewsPage.objects.child_of(index).live().public().order_by("-day", "-pk")
    page_of = Paginator(pages, A_PAGE).get_page(request.GET.get("page"))
    return {"page_of": page_of, "rows": _linked(page_of.object_list, request)}


def _linked(pages: Iterable[NewsPage], request: HttpRequest) -> list[tuple[NewsPage, str]]:
    return [(each, each.get_url(request)) for each in pages]


def services(site: PartnershipPage | None, *, on: date) -> list[tuple[str, list[LocalService]]]:
    """Local services by kind: those that two people stand for and whose check holds; the others are hidden."""
    if site is None:
        return []
    fresh = list(LocalService.objects.filter(partnership=site.partnership).fresh(on))
    kinds = [(title, [each for each in fresh if each.kind == kind]) for kind, title in KINDS_OF_SERVICE.items()]
    return [(title, found) for title, found in kinds if found]


def sites() -> list[PartnershipPage]:
    """The first page of each partnership that has published one."""
    return list(PartnershipPage.objects.live().select_related("partnership").order_by("title"))


def front_page() -> FrontPage | None:
    """The one front page, where there is one."""
    return FrontPage.objects.live().first()
