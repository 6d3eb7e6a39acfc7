"""Who edits a partnership's public pages: its coordinator and its site editors, and nobody of another partnership."""

from copy import deepcopy

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page

from courses.editors import site_group
from courses.models import CourseIndexPage, CoursePage
from home.models import EasyReadPage, HelpPage, InformationPage, NewsIndexPage, NewsPage, PartnershipPage, StrategyPage
from home.public.opening import open_site
from tests.conftest import MOMENT, make_world
from tests.factories import ModuleFactory, PartnershipFactory, RoleGrantFactory
from tests.kept import kept
from training.access.actor import Actor
from training.people.models import RoleGrant
from training.strategy.pack_reader import read_pack
from training.strategy.services import load_pack


@pytest.fixture(scope="module")
def opened_once(django_db_setup, django_db_blocker):
    """Severnshire's with its strategy, and a neighbour's, all drafts."""
    with kept(django_db_blocker):
        world = make_world()
        load_pack(read_pack("severnshire-2026"), partnership=world.partnership, by=Actor.system("test"), at=MOMENT)
        yield open_site(world.partnership), open_site(PartnershipFactory(code="west", title="West"))


@pytest.fixture
def sites(opened_once, db):
    return deepcopy(opened_once)


def editor(partnership, role="partnership_coordinator"):
    """A browser of somebody who keeps the pages."""
    client = Client()
    client.force_login(RoleGrantFactory(role_code=role, partnership=partnership).user)
    return client


@pytest.fixture
def course(sites):
    """A course, which is nobody's public page."""
    index = Page.get_first_root_node().add_child(instance=CourseIndexPage(title="Courses", slug="courses"))
    said = {"summary": "It is short.", "minutes": 10, "outcomes": "One", "neutral_title": "Module A1"}
    said |= dict.fromkeys(("stop_text", "quiet_route_text", "support_text"), "Words.")
    return index.add_child(instance=CoursePage(title="Canary course", slug="a1", module=ModuleFactory(), **said))


def page_of(kind, site):
    return kind.objects.child_of(site).get()


@pytest.mark.parametrize("role", ["partnership_coordinator", "site_editor"])
def test_an_editor_writes_previews_and_publishes_their_own(sites, role):
    mine, theirs = sites
    client = editor(mine.partnership, role)
    index = page_of(NewsIndexPage, mine)
    sent = {"title": "A charter", "day": "2026-11-20", "summary": "It is signed.", "action-publish": "1"}
    sent |= {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    answer = client.post(f"/cms/pages/add/home/newspage/{index.pk}/", sent)
    assert answer.status_code == 302
    page = NewsPage.objects.get()
    assert (page.live, page.slug) == (True, "2026-11-20")
    assert client.get(f"/cms/pages/{page.pk}/edit/").status_code == 200
    assert client.get(f"/cms/pages/{mine.pk}/view_draft/").status_code == 200
    for kind in (StrategyPage, HelpPage):
        assert client.get(f"/cms/pages/{page_of(kind, mine).pk}/edit/").status_code == 200


def test_the_editors_first_page_leads_to_ones_own_pages_and_says_which_are_out(sites):
    mine, _ = sites
    page_of(HelpPage, mine).save_revision().publish()
    text = editor(mine.partnership).get("/cms/").content.decode()
    assert text.count("a draft, which nobody else sees") == 4
    assert "West" not in text


def test_a_page_that_is_not_saved_yet_can_be_looked_at(sites):
    mine, _ = sites
    client = editor(mine.partnership)
    strategy = page_of(StrategyPage, mine)
    body = {"body-count": "1", "body-0-type": "line", "body-0-order": "0", "body-0-deleted": "", "body-0-id": "x"}
    body |= {"body-0-value-picture": "talk", "body-0-value-words": "You can tell us.", "slug": "easy", "title": "Easy"}
    body |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    address = f"/cms/pages/add/home/easyreadpage/{strategy.pk}/preview/"
    assert client.post(address, body).json()["is_valid"]
    assert "You can tell us." in client.get(address).content.decode()


def test_another_partnerships_pages_are_not_there(sites, course):
    mine, theirs = sites
    client = editor(mine.partnership)
    for page in (theirs, page_of(HelpPage, theirs), course):
        for part in ("edit/", "view_draft/", "history/", "delete/", "copy/", "move/", "unpublish/"):
            assert client.get(f"/cms/pages/{page.pk}/{part}").status_code in {302, 403, 404}, (page, part)
        assert client.get(f"/cms/pages/add/home/informationpage/{page.pk}/").status_code in {302, 403}
    sent = {"new_title": "Help", "new_slug": "help-2", "new_parent_page": theirs.pk}
    client.post(f"/cms/pages/{page_of(HelpPage, mine).pk}/copy/", sent)
    assert HelpPage.objects.child_of(theirs).count() == 1
    client.post(f"/cms/pages/{page_of(HelpPage, mine).pk}/move/{theirs.pk}/confirm/")
    assert HelpPage.objects.child_of(mine).count() == 1


def test_choosers_and_lists_name_nothing_of_others(sites, course):
    mine, theirs = sites
    Page.objects.filter(pk=page_of(HelpPage, theirs).pk).update(
        title="Canary of the west", draft_title="Canary of the west"
    )
    client = editor(mine.partnership)
    for address in (
        "/cms/",
        "/cms/pages/",
        "/cms/choose-page/",
        f"/cms/choose-page/{theirs.pk}/",
        "/cms/choose-page/search/?q=canary",
        "/cms/api/main/pages/",
        "/cms/reports/site-history/",
        "/cms/documents/",
    ):
        text = client.get(address).content.decode()
        assert "Canary" not in text, address
        assert course.title not in text, address
        assert "Course figures" not in text
    for address in ("/cms/packages/", "/cms/course-figures/", "/cms/snippets/courses/localservice/"):
        assert client.get(address).status_code in {302, 403, 404}, address


def test_only_documents_of_ones_own_are_given_out(sites):
    mine, _ = sites
    lesson = get_document_model()(title="Lesson", collection=Collection.get_first_root_node())
    own = get_document_model()(title="Plan", collection=Collection.objects.get(name=site_group(mine.partnership)))
    for each in (lesson, own):
        each.file.save("a.pdf", ContentFile(b"%PDF-1.4"))
    client, page = editor(mine.partnership), page_of(StrategyPage, mine)
    for document, count in ((lesson, 0), (own, 1)):
        sent = {
            "title": "Our strategy",
            "slug": "our-strategy",
            "strategy": page.strategy_id,
            "introduction-count": "0",
        }
        sent |= {"downloads-TOTAL_FORMS": "1", "downloads-INITIAL_FORMS": "0", "downloads-0-document": document.pk}
        sent |= {"downloads-0-title": "A", "downloads-0-ORDER": "1", "action-publish": "1", "show_in_menus": "on"}
        sent |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
        client.post(f"/cms/pages/{page.pk}/edit/", sent)
        assert StrategyPage.objects.get(pk=page.pk).downloads.count() == count


def test_a_page_hangs_where_it_belongs(sites):
    mine, _ = sites
    assert EasyReadPage.can_create_at(page_of(StrategyPage, mine))
    assert not EasyReadPage.can_create_at(mine)
    assert not PartnershipPage.can_create_at(mine.get_parent())
    assert not NewsPage.can_create_at(mine)
    assert InformationPage.can_create_at(mine)


def test_the_first_page_stays(sites):
    mine, _ = sites
    client = editor(mine.partnership)
    client.post(f"/cms/pages/{mine.pk}/delete/")
    client.post(f"/cms/pages/{mine.pk}/copy/", {"new_title": "B", "new_slug": "b", "new_parent_page": mine.pk})
    assert list(PartnershipPage.objects.filter(partnership=mine.partnership)) == [mine]


def test_without_a_site_or_with_the_role_ended_there_is_no_door(sites, day):
    assert editor(PartnershipFactory(code="north")).get("/cms/").status_code == 404
    client = editor(sites[0].partnership)
    assert client.get("/cms/").status_code == 200
    RoleGrant.objects.update(ends_on=day.replace(year=2024))
    assert client.get("/cms/").status_code == 404


def test_the_menu_leads_there(sites):
    client = editor(sites[0].partnership)
    assert reverse("wagtailadmin_home") in client.get("/support/").content.decode()
