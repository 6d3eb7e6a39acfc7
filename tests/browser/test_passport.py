"""A learner shows what she has learnt to another organisation, which accepts it; then she ends the link."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import DOT, LENA

pytestmark = pytest.mark.browser
ON_DOTS_ROSTER = "4102"


def test_a_learner_shares_another_agency_accepts_and_the_link_ends(sign_in, visitor, no_barriers):
    lena = sign_in(LENA)
    lena.goto("/learning/passport/")
    no_barriers(lena)
    lena.get_by_role("button", name="Make a link").click()
    no_barriers(lena)
    lena.get_by_role("checkbox").first.check()
    lena.get_by_label("Who is it for?").fill("The police")
    lena.get_by_role("button", name="Make the link").click()
    expect(lena.get_by_role("heading", name="The police")).to_be_visible()
    no_barriers(lena)
    address = lena.locator("a.ui-code").get_attribute("href")

    stranger = visitor(width=320)
    stranger.goto(address)
    expect(stranger.get_by_role("heading", name="Lena Marsh: learning record")).to_be_visible()
    assert "Hospitals" not in stranger.locator("main").inner_text()
    no_barriers(stranger)

    dot = sign_in(DOT)
    dot.goto(address)
    dot.get_by_role("button", name="Accept this training").click()
    no_barriers(dot)
    accepting = dot.url
    dot.get_by_label(re.compile("employee reference")).fill(ON_DOTS_ROSTER)
    dot.get_by_label(re.compile("under another name")).check()
    dot.get_by_role("button", name="Accept it").click()
    expect(dot.get_by_text("1 recorded.")).to_be_visible()

    lena.reload()
    expect(lena.get_by_text("accepted by an agency")).to_be_visible()
    lena.get_by_role("button", name="End the link now").click()
    expect(lena.get_by_text("This link opens nothing any more.")).to_be_visible()
    assert stranger.goto(address).status == 404
    assert dot.goto(accepting).status == 404
