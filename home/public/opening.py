"""The pages that a partnership's public site begins with, and who may edit them."""

from typing import Any

from django.db import transaction
from wagtail.models import Page, Site

from courses.editors import ensure_site_editors
from home.models import CataloguePage, FrontPage, HelpPage, NewsIndexPage, PartnershipPage, StrategyPage
from training.people.models import Partnership
from training.strategy.selectors import current_strategy

FRONT = "Learning shared by every agency"
WELCOME = "Welcome to your new Wagtail site!"
PageKind = tuple[type[Any], dict[str, Any]]


@transaction.atomic
def open_site(partnership: Partnership) -> PartnershipPage:
    """The first page of the partnership's site, with the usual pages under it: drafts, for its editors to publish.

    What stands already is left as it is, so that a second call only adds what a first one could not know yet, such as
    the page of a strategy that was loaded since.
    """
    front = _front_page()
    site = PartnershipPage.objects.filter(partnership=partnership).first()
    if site is None:
        site = PartnershipPage(title=partnership.title, slug=partnership.code, partnership=partnership)
        draft(front, site)
    strategy = current_strategy(partnership)
    usual: list[PageKind] = [
        (CataloguePage, {"title": "Training", "slug": "training"}),
        (NewsIndexPage, {"title": "News", "slug": "news"}),
        (HelpPage, {"title": "Help", "slug": "help"}),
    ]
    if strategy and not StrategyPage.objects.filter(strategy=strategy).exists():
        slug = "our-strategy" if not StrategyPage.objects.child_of(site).exists() else f"strategy-{strategy.from_year}"
        usual.insert(0, (StrategyPage, {"title": "Our strategy", "slug": slug, "strategy": strategy}))
    for kind, fields in usual:
        if kind is StrategyPage or not kind.objects.child_of(site).exists():
            draft(site, kind(**fields))
    ensure_site_editors(partnership, site)
    return site


def draft(parent: Page, page: Page) -> None:
    """Hang a page under another, in the menu, for its editors alone until they publish it."""
    page.live, page.show_in_menus, page.has_unpublished_changes = False, True, True
    parent.add_child(instance=page)
    page.save_revision()


def _front_page() -> FrontPage:
    """The front page, as the one that addresses begin at. Wagtail's own first page goes, if nobody has used it."""
    front = FrontPage.objects.first()
    root = Page.get_first_root_node()
    if front is None:
        front = FrontPage(title=FRONT, slug="front")
        root.add_child(instance=front)
        front.save_revision()
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    if site.root_page_id != front.pk:
        site.root_page, site.site_name = front, ""
        site.save()
    unused = Page.objects.child_of(root).filter(title=WELCOME, numchild=0, content_type__model="page").first()
    if unused is not None:
        unused.delete()
    return front
