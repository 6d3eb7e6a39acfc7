"""What search engines are told: the pages that are there for everybody, and where their list is."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from home.models import FrontPage, PartnershipPage
from training.pathways.models import PathwayVersion
from training.strategy.models import Strategy


def addresses(request: HttpRequest) -> list[str]:
    """Whole addresses: the site's own pages, each partnership's, and what editors have published for everybody."""
    own = [reverse(name) for name in ("home", "support", "pathway", "strategies")]
    strategies = Strategy.objects.published().filter(partnership__isnull=False).order_by("pack_id")
    own += [reverse("strategy", args=[pack_id]) for pack_id in strategies.values_list("pack_id", flat=True)]
    live = PathwayVersion.objects.filter(status=PathwayVersion.Status.LIVE).order_by("pathway__partnership__code")
    codes = dict.fromkeys(live.values_list("pathway__partnership__code", flat=True))
    own += [reverse("pathway-of", args=[code]) for code in codes]
    open_sites = PartnershipPage.objects.live().order_by("partnership__code")
    own += [reverse("commitment-wall", args=[code]) for code in open_sites.values_list("partnership__code", flat=True)]
    return [f"{settings.BASE_URL}{path}" for path in [*own, *_written(request)]]


def _written(request: HttpRequest) -> list[str]:
    """Pages under the front page, save those that their editors keep from somebody."""
    front = FrontPage.objects.first()
    if front is None:
        return []
    pages = Page.objects.descendant_of(front).live().public().order_by("path")
    return [address for each in pages if (address := each.get_url(request))]


def robots() -> str:
    """The file of that name. An invented world is not for search engines at all."""
    if settings.IS_DEMO:
        return "User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nDisallow:\n\nSitemap: {settings.BASE_URL}{reverse('sitemap')}\n"
