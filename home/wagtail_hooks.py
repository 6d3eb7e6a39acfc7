"""The content editor's manners about public pages."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.models import FrontPage, PartnershipPage
from training.access.permissions import Permission


class SitesPanel(Component):
    """On the content editor's first page: the public pages that one keeps, and which of them are out."""

    name = "public-sites"
    order = 40
    template_name = "home/cms_sites.html"

    def __init__(self, kept: QuerySet[PartnershipPage]) -> None:
        self.kept = kept

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Each first page with what hangs right under it, and it itself before them."""
        return {"sites": [(each, [each, *each.get_children().order_by("path")]) for each in self.kept]}


@hooks.register("construct_homepage_panels")
def show_ones_own_pages(request: HttpRequest, panels: list[Any]) -> None:
    """The first thing that whoever keeps a partnership's pages looks for."""
    ids = request.access.partnerships(Permission.EDIT_SITE)  # type: ignore[attr-defined]
    if ids:
        panels.insert(0, SitesPanel(PartnershipPage.objects.filter(partnership__in=ids).order_by("title")))


STAYS = "The first page of a site stays. Take it down instead ('Unpublish'), and nobody finds it."


@hooks.register("construct_page_chooser_queryset")
def choose_among_ones_own(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Wagtail's choosers offer every page there is, drafts too: who keeps one partnership's is offered those alone."""
    if request.access.may(Permission.AUTHOR_CONTENT):  # type: ignore[attr-defined]
        return pages
    return pages.filter(pk__in=policy_registry.get_by_type(Page).explorable_instances(request.user).values("pk"))


@hooks.register("before_delete_page")
def keep_first_pages(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A partnership's site and the front page are taken down, not deleted: all of a site hangs under its first page."""
    if not isinstance(page.specific, PartnershipPage | FrontPage):
        return None
    messages.error(request, STAYS)
    return redirect("wagtailadmin_explore", page.pk)


@hooks.register("before_bulk_action")
def keep_first_pages_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Page], action: object
) -> HttpResponse | None:
    """The same for many at once."""
    if action_type != "delete":
        return None
    pages = (each for each in objects if isinstance(each, Page))
    return next(filter(None, (keep_first_pages(request, each) for each in pages)), None)


@hooks.register("before_copy_page")
def copy_no_site(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A partnership has one site."""
    if not isinstance(page.specific, PartnershipPage | FrontPage):
        return None
    messages.error(request, "A partnership has one site: its first page is not copied.")
    return redirect("wagtailadmin_explore", page.pk)
