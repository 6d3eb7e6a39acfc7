"""Public pages of other rooms that belong to a partnership's site: its menu stands on them, too."""

from typing import Any

from django.http import HttpRequest

from training.boards.models import BoardPack
from training.strategy.models import Strategy

WALL, SUMMARY, STRATEGY = "commitment-wall", "board-summary", "strategy"


def beside(request: HttpRequest) -> dict[str, Any]:
    """The partnership's menu and the way back, on its wall, its published summaries and its strategies in full."""
    match = request.resolver_match
    if match is None or match.url_name not in (WALL, SUMMARY, STRATEGY):
        return {}
    # Here, since pages ask this room's context before they are all there
    from home.models import PartnershipPage
    from home.places import Place
    from home.public.around import footer, menu

    sites = list(PartnershipPage.objects.live().select_related("partnership"))
    owner = _owner(match.url_name, match.kwargs) if sites else None
    site = next((each for each in sites if owner and owner in (each.partnership_id, each.partnership.code)), None)
    if site is None:
        return {}
    crumbs = [Place(site.title, site.get_url(request))]
    return {"site": site, "sections": menu(site, request), "crumbs": crumbs, "footer": footer(request)}


def _owner(page: str, kwargs: dict[str, Any]) -> int | str | None:
    """Whose page it is: a partnership's id or code."""
    if page == WALL:
        return kwargs["code"]
    if page == STRATEGY:
        return Strategy.objects.filter(pack_id=kwargs["pack_id"]).values_list("partnership", flat=True).first()
    published = BoardPack.objects.filter(uid=kwargs["uid"], published_at__isnull=False)
    return published.values_list("partnership", flat=True).first()
