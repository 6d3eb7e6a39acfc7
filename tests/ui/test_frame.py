"""The frame of every page, and the pages for when something is wrong."""

import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template.loader import render_to_string

ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]
SUBJECT = re.compile(r"abuse|violence|domestic|champion", re.IGNORECASE)


def title_of(page):
    """The text of the title element."""
    return re.search(r"<title>(.*?)</title>", page, re.DOTALL).group(1)


@pytest.mark.parametrize("template", ["ui/base.html", "ui/base_exit.html", *ERRORS])
def test_a_page_draws_for_a_stranger_without_any_context(template):
    page = render_to_string(template)
    assert title_of(page) == "Learning"
    assert "Sign out" not in page


@pytest.mark.parametrize("template", ["ui/base.html", *ERRORS])
def test_help_is_in_reach_on_every_page(template):
    page = render_to_string(template)
    assert "call" in page
    assert "999" in page
    # The page for when everything is broken cannot tell whether the number is still checked
    assert ("0808 2000 247" in page) == (template != "500.html")


def test_the_header_says_who_is_signed_in_and_where():
    access = SimpleNamespace(person_name="Bea Lead", role_title="Training lead", agency_title="Severn Vale Hospitals")
    user = SimpleNamespace(is_authenticated=True)
    places = [SimpleNamespace(title="Learning", url="/learning/", is_current=True)]
    page = render_to_string("ui/base.html", {"access": access, "user": user, "navigation": places})
    header = re.sub(r"<[^>]+>", "", page.partition('<span class="ui-header__who">')[2].partition("</div>")[0]).strip()
    assert header == "Bea Lead, Training lead, Severn Vale Hospitals"
    assert 'href="/learning/" aria-current="true"' in page
    assert "Sign out" in page
    assert "Sign in" not in page


def test_the_exit_is_a_plain_link_to_a_neutral_place():
    page = render_to_string("ui/base_exit.html")
    links = re.findall(r'<a href="([^"]+)"[^>]*exit-this-page[^>]*>', page)
    assert links == ["https://www.bbc.co.uk/weather", "https://www.bbc.co.uk/weather"]
    assert "does not clear your browsing history" in page


def test_the_page_that_stands_alone_needs_nothing_but_its_style_sheet():
    source = render_to_string("500.html")
    assert re.findall(r'(?:src|href)="([^"]+)"', source) == [f"{settings.STATIC_URL}ui/site.css", "/"]


@pytest.mark.django_db
def test_a_page_that_does_not_exist_says_what_to_do(client):
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "If you typed the address, check it." in answer.content.decode()


@pytest.mark.parametrize("template", ERRORS)
def test_titles_of_error_pages_are_neutral(template):
    assert not SUBJECT.search(title_of(render_to_string(template)))
