"""Every page that matters: nothing for axe to find, nothing that scrolls sideways at 320 px, a way by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import fits
from tests.browser.pages import AMIRA, LENA, PUBLIC, SIGNED_IN

pytestmark = pytest.mark.browser


def look_at(page, addresses, no_barriers) -> None:
    """At phone width and at desktop width."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for address in addresses:
            page.goto(address)
            assert fits(page), f"{address} scrolls sideways at {width} px"
            no_barriers(page)


def test_public_pages_have_no_barriers(visitor, no_barriers):
    look_at(visitor(), PUBLIC.values(), no_barriers)


@pytest.mark.parametrize("email", SIGNED_IN)
def test_pages_of_the_cast_have_no_barriers(sign_in, no_barriers, email):
    look_at(sign_in(email), SIGNED_IN[email].values(), no_barriers)


def test_the_first_tab_skips_to_the_content(visitor):
    page = visitor()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main-content$"))


def test_a_lesson_can_be_read_and_answered_without_scripts(sign_in):
    page = sign_in(LENA, javascript=False)
    page.goto("/learning/everyone-a1/")
    page.get_by_role("button", name="Start").or_(page.get_by_role("button", name="Go on")).first.click()
    expect(page.get_by_text("of 8").first).to_be_visible()


def test_nothing_is_refused_by_the_content_policy(sign_in):
    page = sign_in(AMIRA)
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    for address in ("/learning/", "/learning/everyone-a1/", "/support/", "/champions/", "/certificates/"):
        page.goto(address)
    assert refused == []
