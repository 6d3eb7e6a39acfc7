"""Public pages of other rooms that belong to a partnership's site: its menu stands on them, too."""

from typing import Any

from django.http import HttpRequest

from training.boards.models import BoardPack

WALL, SUMMARY = "commitment-wall", "board-summary"


def beside(request: HttpRequest) -> dict[str, Any]:
    """The partnership's menu and the way back, on its wall of commitments and on its published summaries."""
    match = request.resolver_match
    if match is None or match.url_name not in (WALL, SUMMARY):
        return {}
    # Here, since pages ask this room's context before they are all there
    from home.models import PartnershipPage
    from home.places import Place
    from home.public.around import menu

    sites = PartnershipPage.objects.live().select_related("partnership")
    if match.url_name == WALL:
        site = next((each for each in sites if each.partnership.code == match.kwargs["code"]), None)
    else:
        pack = BoardPack.objects.filter(uid=match.kwargs["uid"], published_at__isnull=False).first()
        site = next((each for each in sites if pack and each.partnership_id == pack.partnership_id), None)
    if site is None:
        return {}
    return {"site": site, "sections": menu(site, request), "crumbs": [Place(site.title, site.get_url(request))]}
