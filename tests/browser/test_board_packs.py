"""A board pack from draft to frozen: by keyboard, with the worker behind it, and with nothing for axe to find."""

import re
from time import monotonic

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE_SECONDS
from tests.browser.keyboard import press, reach, tick
from tests.browser.pages import COL, PAT

pytestmark = pytest.mark.browser
PACKS = "/board/severnshire/packs/"


def await_text(page, text: str | re.Pattern, *, meanwhile: str) -> None:
    """Once the page says that it is on its way, look again until the worker has done it."""
    expect(page.get_by_text(meanwhile).or_(page.get_by_text(text)).first).to_be_visible()
    give_up = monotonic() + PATIENCE_SECONDS
    while not page.get_by_text(text).first.is_visible():
        assert monotonic() < give_up, f"{page.url} never said {text}"
        page.wait_for_load_state()
        page.reload()


def test_a_pack_is_drafted_explained_and_frozen_by_keyboard(sign_in, is_for_all, browser_date):
    pat = sign_in(PAT)
    pat.goto(PACKS)
    is_for_all(pat, "Board packs")
    press(pat, pat.get_by_role("button", name="Open a pack for a meeting"))
    is_for_all(pat, "A pack for a meeting")
    for label, number in zip(("Day", "Month", "Year"), browser_date, strict=True):
        reach(pat, pat.get_by_label(label, exact=True))
        pat.keyboard.type(str(number))
    press(pat, pat.get_by_role("button", name="Open the pack"))
    await_text(pat, "Outcomes at a glance", meanwhile="Its figures are being counted")
    is_for_all(pat, re.compile("Board pack for the meeting"))
    press(pat, pat.get_by_role("link", name="Change who writes about The whole, in short"))
    is_for_all(pat, "Who writes about what")
    reach(pat, pat.get_by_label("Who writes it?"))
    pat.keyboard.type(COL[:5])
    address = pat.url.partition("ask/")[0]
    press(pat, pat.get_by_role("button", name="Save"))
    expect(pat.get_by_text("Whoever was newly asked is told by mail")).to_be_visible()
    col = sign_in(COL)
    col.goto(address)
    press(col, col.get_by_role("link", name="Write about The whole, in short"))
    is_for_all(col, "The whole, in short")
    reach(col, col.get_by_label("What do the figures mean?"))
    col.keyboard.type("More are in date than a quarter before.")
    press(col, col.get_by_role("button", name="Save"))
    expect(col.get_by_text("Saved.")).to_be_visible()
    pat.goto(address)
    press(pat, pat.get_by_role("button", name="Send it to review"))
    tick(pat, "Freeze it without the words that are missing")
    press(pat, pat.get_by_role("button", name="Freeze it"))
    await_text(pat, "Download as PDF", meanwhile="It is being frozen")
    is_for_all(pat, re.compile("Board pack for the meeting"))
    with pat.expect_download() as waiting:
        press(pat, pat.get_by_role("link", name="Download as PDF"))
    with pdfium.PdfDocument(waiting.value.path()) as document:
        assert "More are in date than a quarter before." in document[0].get_textpage().get_text_bounded()
    press(pat, pat.get_by_role("button", name="Count again, and say what has moved"))
    await_text(pat, re.compile(r"\d+ figures? moved"), meanwhile="Its figures are being counted")
    press(pat, pat.get_by_role("link", name=re.compile("^As known")))
    is_for_all(pat, "What moved")
    press(pat, pat.get_by_role("link", name="The frozen pack"))
    press(pat, pat.get_by_role("button", name="Let anyone read the public summary"))
    expect(pat.get_by_role("link", name="public summary")).to_be_visible()
    pat.goto(pat.get_by_role("link", name="public summary").get_attribute("href"))
    is_for_all(pat, re.compile("How far we are"))


@pytest.fixture
def browser_date(sign_in) -> tuple[int, int, int]:
    """A day on which nobody meets yet, by the clock of the site's own machine."""
    page = sign_in(PAT)
    year = page.evaluate("() => new Date().getFullYear()")
    return 17, 6, year + 1
