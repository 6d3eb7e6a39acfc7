"""A learner shows what she has learnt to another organisation, which accepts it; then she ends the link.

On phones 320 px wide, by keys alone; every page on the way is looked at.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS
from tests.browser.keyboard import press, reach
from tests.browser.pages import DOT, LENA

pytestmark = pytest.mark.browser
ON_DOTS_ROSTER = "4102"
MODULE = "Ask and Respond"
PHONE = WIDTHS["phone"]


@pytest.fixture
def looked_at(no_barriers):
    """Asserts of a page, once it has its heading, that nothing on it is a barrier and that it fits the phone."""

    def look(page: Page, heading: str) -> Page:
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        no_barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE, page.url
        return page

    return look


def write(page: Page, label: str, text: str) -> None:
    """Into a field that Tab leads to."""
    reach(page, page.get_by_label(re.compile(label)))
    page.keyboard.type(text)


def tick(page: Page, label: str) -> None:
    """A box that Tab leads to."""
    box = page.get_by_role("checkbox", name=re.compile(label))
    reach(page, box)
    page.keyboard.press("Space")
    expect(box).to_be_checked()


def by_keys(page: Page, name: str) -> None:
    """A button that Tab leads to."""
    press(page, page.get_by_role("button", name=name))


def test_a_learner_shares_another_agency_accepts_and_the_link_ends(sign_in, visitor, looked_at):
    lena = sign_in(LENA, width=PHONE)
    lena.goto("/learning/passport/")
    by_keys(looked_at(lena, "Your passport"), "Make a link")
    tick(looked_at(lena, "Make a link to your passport"), MODULE)
    write(lena, "Who is it for", "The police")
    by_keys(lena, "Make the link")
    looked_at(lena, "The police")
    address = lena.locator("a.ui-code").get_attribute("href")

    stranger = visitor(width=PHONE)
    stranger.goto(address)
    looked_at(stranger, "Lena Marsh: learning record")
    assert "Hospitals" not in stranger.locator("main").inner_text()
    press(stranger, stranger.get_by_role("link", name=re.compile(MODULE)))
    looked_at(stranger, "This certificate is genuine")

    dot = sign_in(DOT, width=PHONE)
    dot.goto(address)
    by_keys(looked_at(dot, "Lena Marsh: learning record"), "Accept this training")
    accepting = dot.url
    write(looked_at(dot, "Accept this training"), "employee reference", ON_DOTS_ROSTER)
    by_keys(dot, "Accept it")
    expect(dot.get_by_role("alert")).to_contain_text("Your roster has another name")
    tick(looked_at(dot, "Accept this training"), "under another name")
    by_keys(dot, "Accept it")
    expect(dot.get_by_text("1 recorded.")).to_be_visible()
    looked_at(dot, "Evidence to decide on")

    lena.reload()
    expect(
        lena.get_by_text("accepted by an agency for somebody whom its roster has under another name")
    ).to_be_visible()
    by_keys(lena, "End the link now")
    expect(lena.get_by_text("This link opens nothing any more.")).to_be_visible()
    looked_at(lena, "The police")
    assert stranger.goto(address).status == 404
    looked_at(stranger, "Page not found")
    assert dot.goto(accepting).status == 404
