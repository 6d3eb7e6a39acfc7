"""A partnership's public site: made as drafts, read by anybody once published, and nothing on it but what may be."""

from copy import deepcopy
from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import override_settings
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page, PageViewRestriction

from courses.editors import site_group
from courses.models import LocalService
from home.easy import PICTURES
from home.models import Download, EasyReadPage, FrontPage, InformationPage, NewsIndexPage, NewsPage, StrategyPage
from home.public.opening import draft, open_site
from home.wording import unchecked_numbers
from tests.conftest import MOMENT, make_world
from tests.factories import ModuleFactory, PartnershipFactory, PathwayFactory, RequirementFactory, RoleGroupFactory
from tests.factories import RequirementVersionFactory as VersionFactory
from tests.kept import kept
from training.access.actor import Actor
from training.access.clock import today
from training.pathways.models import PathwayVersion
from training.people.models import Partnership
from training.strategy.models import Strategy
from training.strategy.pack_reader import read_pack
from training.strategy.services import load_pack

PAGES = ("", "our-strategy/", "training/", "news/", "help/")


@pytest.fixture(scope="module")
def opened_once(django_db_setup, django_db_blocker):
    """Severnshire with its strategy, and its site as drafts."""
    with kept(django_db_blocker):
        world = make_world()
        load_pack(read_pack("severnshire-2026"), partnership=world.partnership, by=Actor.system("test"), at=MOMENT)
        open_site(world.partnership)
        yield world


@pytest.fixture
def partnership(opened_once, db) -> Partnership:
    return deepcopy(opened_once).partnership


@pytest.fixture
def site(partnership):
    """Its first page, everything published."""
    site = open_site(partnership)
    for each in Page.objects.filter(live=False):
        each.specific.save_revision().publish()
    site.refresh_from_db()
    return site


def read(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_site_begins_as_drafts_that_nobody_finds(client, partnership):
    assert {client.get(f"/severnshire/{each}").status_code for each in PAGES} == {404}
    assert "Partnerships" not in read(client, "/")


def test_opening_it_again_changes_nothing(partnership):
    before = set(Page.objects.values_list("url_path", flat=True))
    call_command("open_site", "severnshire", stdout=StringIO())
    assert set(Page.objects.values_list("url_path", flat=True)) == before


def test_the_front_page_leads_to_the_site_and_its_menu_to_each_page(client, site):
    assert 'href="/severnshire/"' in read(client, "/")
    first = read(client, "/severnshire/")
    for address in ("our-strategy/", "training/", "news/", "help/"):
        assert f'href="/severnshire/{address}"' in first
    assert 'href="/commitments/severnshire/"' in first


@pytest.mark.parametrize("part", PAGES)
def test_each_page_has_a_neutral_title_and_description_and_a_way_out(client, site, part):
    text = read(client, f"/severnshire/{part}")
    head = text.split("</head>")[0].lower()
    assert "abuse" not in head
    assert '<meta name="description"' in head
    assert "Exit this page" in text


def test_the_wall_and_its_neighbours_stand_in_the_same_menu(client, site):
    wall = read(client, "/commitments/severnshire/")
    assert 'href="/severnshire/our-strategy/"' in wall
    assert 'aria-label="Breadcrumb"' in wall


def test_the_strategy_tells_vision_and_promises_and_that_no_figure_is_published(client, site):
    text = read(client, "/severnshire/our-strategy/")
    assert "is believed, helped and safer for it" in text
    assert "Officers understand coercive control and act on the whole pattern" in text
    assert "has not published any figures of this strategy yet" in text
    assert "Adopted by Severnshire County Council" in text
    assert "Severnshire Probation" not in text


def test_a_strategy_of_another_partnership_is_not_shown(client, site):
    StrategyPage.objects.update(strategy=_strategy_of(PartnershipFactory(code="elsewhere")))
    text = read(client, "/severnshire/our-strategy/")
    assert "There is no strategy to show here" in text
    with pytest.raises(ValidationError, match="of this partnership"):
        StrategyPage.objects.get().full_clean()


def test_nor_is_one_that_is_a_draft_again(client, site):
    Strategy.objects.update(status="draft")
    assert "There is no strategy to show here" in read(client, "/severnshire/our-strategy/")
    assert "severnshire-2026" not in read(client, "/sitemap.xml")
    assert client.get("/severnshire/").status_code == 200


def _strategy_of(partnership):
    load_pack(read_pack("banes-da-2018"), partnership=partnership, by=Actor.system("test"), at=MOMENT)
    return partnership.strategies.get()


def test_easy_read_has_a_picture_beside_each_line(client, site):
    line = ("line", {"picture": "talk", "words": "You can tell any of us."})
    easy = EasyReadPage(title="Easy read", slug="easy-read", body=[("heading", "What we want"), line])
    draft(StrategyPage.objects.get(), easy)
    easy.save_revision().publish()
    text = read(client, "/severnshire/our-strategy/easy-read/")
    assert "You can tell any of us." in text
    assert "easy/talk" in text
    assert "Draft for specialist review" in text
    assert 'href="/severnshire/our-strategy/easy-read/"' in read(client, "/severnshire/our-strategy/")


def test_each_picture_that_is_offered_is_there():
    assert [name for name in PICTURES if finders.find(f"home/easy/{name}.svg") is None] == []


def test_a_site_at_an_address_that_is_taken_is_refused_in_words(partnership):
    PartnershipFactory(code="learning", title="Learning")
    with pytest.raises(CommandError, match="has this address already"):
        call_command("open_site", "learning")


def test_training_says_for_whom_and_how_long_and_nothing_of_who_has_done_it(client, site, partnership):
    pathway = PathwayFactory(partnership=partnership)
    version = PathwayVersion.objects.create(pathway=pathway, number=1, status="live")
    for code, group in (("DA-A1", "Midwife"), ("DA-B1", "Teacher")):
        module = ModuleFactory(pathway=pathway, code=code, title=f"Module {code}", minutes=45)
        version.modules.add(module)
        rule = RequirementFactory(module=module, role_group=RoleGroupFactory(code=group.upper(), title=group))
        VersionFactory(requirement=rule, starts_on=date(2026, 1, 1))
    text = read(client, "/severnshire/training/")
    assert "About 45 minutes." in text
    assert "For: Midwife." in text
    assert "Sign in" in text
    assert "The course" not in text


def test_where_several_have_a_pathway_each_stands_on_its_own_page(client, site, partnership):
    other = PartnershipFactory(code="west", title="West")
    for owner, title in ((partnership, "Here"), (other, "There")):
        pathway = PathwayFactory(partnership=owner, title=f"The pathway of {title}")
        PathwayVersion.objects.create(pathway=pathway, number=1, status="live")
    assert 'href="/pathway/west/"' in read(client, "/pathway/")
    assert "The pathway of There" in read(client, "/pathway/west/")
    assert "The pathway of Here" not in read(client, "/pathway/west/")
    assert client.get("/pathway/nowhere/").status_code == 404


def test_help_lists_local_services_while_their_check_holds(client, site, partnership):
    for name, days, word in (("Lantern", 10, ""), ("Stale", 200, ""), ("Waits", 10, "one person alone")):
        on = today() - timedelta(days=days)
        LocalService.objects.create(
            partnership=partnership, kind="support", name=name, about="For anyone.", checked_on=on, said_by=word
        )
    LocalService.objects.create(
        partnership=PartnershipFactory(), kind="support", name="Theirs", about="For anyone.", checked_on=today()
    )
    text = read(client, "/severnshire/help/")
    assert [name in text for name in ("Lantern", "Stale", "Waits", "Theirs")] == [True, False, False, False]
    assert "Last checked" in text
    assert "0808 2000 247" in text


def test_news_stands_under_its_day_and_the_newest_first(client, site):
    index = NewsIndexPage.objects.get()
    for day in (1, 2):
        page = NewsPage(title=f"Domestic news {day}", day=date(2026, 11, day), summary="Something happened.")
        page.slug = f"2026-11-0{day}"
        draft(index, page)
        page.save_revision().publish()
    text = read(client, "/severnshire/news/")
    assert text.index("Domestic news 2") < text.index("Domestic news 1")
    title = read(client, "/severnshire/news/2026-11-01/").split("<title>")[1].split("</title>")[0]
    assert title.strip() == "News - Training Pathway"


def test_a_page_that_is_kept_from_somebody_is_in_no_menu(client, site):
    PageViewRestriction.objects.create(page=NewsIndexPage.objects.get(), restriction_type="login")
    assert "/severnshire/news/" not in read(client, "/severnshire/help/")
    assert "/severnshire/news/" not in read(client, "/sitemap.xml")


def test_a_headline_never_becomes_an_address(site):
    page = NewsPage(title="Domestic abuse services open", day=date(2026, 11, 3), summary="They are open.")
    page.path, page.depth = NewsIndexPage.objects.get().path + "0001", 5
    page.full_clean()
    assert page.slug == "2026-11-03"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": "Us", "slug": "domestic-abuse"}, "tells the subject"),
        ({"title": "Us", "slug": "learning"}, "has this address already"),
        ({"title": "Us", "slug": "us", "body": [("text", "<p>Ring 01632 960 001.</p>")]}, "two people have checked"),
    ],
)
def test_what_a_page_may_not_say_is_refused(site, fields, reason):
    page = InformationPage(**fields)
    front = FrontPage.objects.get()
    page.path, page.depth = front._get_children_path_interval(front.path)[1], 3
    with pytest.raises(ValidationError, match=reason):
        page.full_clean()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Call 999 or 0808 2000 247.", []),
        ("From 2026 to 2029, 1,000,000 people, 22 November 2026.", []),
        ("01632 960 001", ["01632 960 001"]),
        ("+44 1632 960001", ["+44 1632 960001"]),
        ("(01632) 960001", ["(01632) 960001"]),
    ],
)
def test_a_number_that_nobody_checked_is_told_from_a_year(words, found):
    assert unchecked_numbers(words) == found


@pytest.fixture
def download(site, partnership):
    """A document of the strategy's page."""
    document = get_document_model()(title="Plan", collection=Collection.objects.get(name=site_group(partnership)))
    document.file.save("domestic-abuse-plan.pdf", ContentFile(b"%PDF-1.4 a plan"))
    return Download.objects.create(page=StrategyPage.objects.get(), document=document, title="The plan", sort_order=0)


def test_a_document_is_taken_under_a_neutral_name(client, download):
    answer = client.get(f"/documents/{download.pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 a plan"
    assert answer["Content-Disposition"] == f'attachment; filename="document-{download.pk}.pdf"'
    text = read(client, "/severnshire/our-strategy/")
    assert "domestic-abuse-plan" not in text
    assert f'href="/documents/{download.pk}/"' in text


def test_no_file_gets_out_that_is_not_for_everybody(client, download):
    address = f"/documents/{download.pk}/"
    restriction = PageViewRestriction.objects.create(page=download.page, restriction_type="login")
    assert client.get(address).status_code == 404
    restriction.delete()
    download.document.collection = Collection.get_first_root_node()  # where lessons' files lie
    download.document.save()
    assert client.get(address).status_code == 404
    download.document.collection = Collection.objects.get(name__startswith="Public pages")
    download.document.save()
    assert client.get(address).status_code == 200
    StrategyPage.objects.get().unpublish()
    assert client.get(address).status_code == 404
    assert client.get(f"/documents/{10**30}/").status_code == 404


@pytest.fixture
def in_earnest(settings):
    """Not in the demo, whose world is invented."""
    settings.IS_DEMO = False


def test_search_engines_are_told_of_public_pages_alone(client, site, in_earnest):
    listed = read(client, "/sitemap.xml")
    for address in ("/severnshire/", "/severnshire/help/", "/strategy/severnshire-2026/", "/commitments/severnshire/"):
        assert f"{address}</loc>" in listed
        assert "X-Robots-Tag" not in client.get(address)
    NewsIndexPage.objects.get().unpublish()
    assert "/news/" not in read(client, "/sitemap.xml")
    assert "Sitemap: " in read(client, "/robots.txt")


@pytest.mark.parametrize(
    "address", ["/verify/", "/account/login/", "/severnshire/nowhere/", "/learning/", "/api/v1/docs"]
)
def test_nothing_else_is_listed(client, site, in_earnest, address):
    assert client.get(address)["X-Robots-Tag"].startswith("noindex")


def test_nor_is_an_example_or_an_invented_world(client, site, in_earnest, moment):
    load_pack(read_pack("banes-da-2018"), partnership=None, by=Actor.system("test"), at=moment)
    assert client.get("/strategy/banes-da-2018/")["X-Robots-Tag"] == "noindex"
    assert "banes" not in read(client, "/sitemap.xml")
    with override_settings(IS_DEMO=True):
        assert client.get("/severnshire/")["X-Robots-Tag"] == "noindex"
        assert read(client, "/robots.txt") == "User-agent: *\nDisallow: /\n"
