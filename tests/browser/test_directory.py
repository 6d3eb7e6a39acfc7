"""The receptionist in a corridor: on a phone, a champion who knows stalking and speaks Polish, in three taps."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import AMIRA, CY

pytestmark = pytest.mark.browser
TAPS = ("help somebody who is stalked or pestered", "Polish")


def tap(page: Page, words: str) -> None:
    """Press a chip, which a thumb can hit, and wait for the page it leads to."""
    chip = page.get_by_role("link", name=words, exact=True)
    box = chip.bounding_box()
    assert box
    assert box["height"] >= 44
    chip.click()
    page.wait_for_load_state()


def test_three_taps_find_a_polish_speaking_champion_without_scripts(sign_in):
    """With them: test_champions.py."""
    amira = sign_in(AMIRA, width=360, javascript=False)
    amira.goto("/learning/")
    amira.get_by_role("link", name="Find a champion", exact=True).click()
    for words in TAPS:
        tap(amira, words)
    tap(amira, amira.locator(".ui-chip").first.inner_text())
    card = amira.locator("main .ui-card").first
    expect(card).to_contain_text("Stalking")
    expect(card).to_contain_text("Polish")
    expect(amira).to_have_title(re.compile("^Champions"))
    assert "stalk" not in amira.url
    ask = card.get_by_role("button", name=re.compile("^Ask"))
    assert ask.bounding_box()["height"] >= 44
    ask.click()
    expect(amira.get_by_role("heading", level=1)).to_contain_text("Ask")


def test_the_chips_are_reached_and_pressed_by_keyboard(sign_in):
    amira = sign_in(AMIRA)
    amira.goto("/champions/")
    amira.locator(".ui-chip").first.focus()
    amira.keyboard.press("Tab")
    expect(amira.locator(".ui-chip").nth(1)).to_be_focused()
    amira.keyboard.press("Enter")
    expect(amira.get_by_role("heading", name="In which language?")).to_be_visible()


def test_the_coordinators_pages_have_no_barriers(sign_in, no_barriers):
    cy = sign_in(CY, width=320)
    for part in ("", "people", "asked", "hand-overs", "report", "terms", "districts", "looks"):
        cy.goto(f"/champions/network/severnshire/{part}/".replace("//", "/"))
        no_barriers(cy)
        assert cy.evaluate("document.documentElement.scrollWidth") <= 320
