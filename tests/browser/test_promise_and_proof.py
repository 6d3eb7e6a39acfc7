"""What agencies promise and declare, and what the board reads of it: by keyboard, and with nothing for axe to find."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import press, reach, tick
from tests.browser.pages import BEA, COL, LEE, PAT

pytestmark = pytest.mark.browser
RETURNS = "/agency/SHT/returns/"
MARAC = "/board/severnshire/indicators/REFERRALS_MARAC_NONPOLICE/"


def fill(page: Page, label: str, text: str) -> None:
    """Reach a field, and write in it what stands there no more."""
    reach(page, page.get_by_label(re.compile(f"^{re.escape(label)}")))
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def test_a_return_is_put_right_signed_by_another_and_read_by_the_board(sign_in, is_for_all):
    bea = sign_in(BEA)
    bea.goto(RETURNS)
    press(bea, bea.locator("main tbody a").first)
    is_for_all(bea, re.compile(r"\w+ to \w+ \d{4}"))
    address = bea.url
    press(bea, bea.get_by_role("link", name="Put a number right"))
    is_for_all(bea, "Put a number right")
    tick(bea, "A number was wrong")
    press(bea, bea.get_by_role("button", name="Continue"))
    press(bea, bea.get_by_role("link", name=re.compile("^Change")).first)
    is_for_all(bea, "Change a line")
    fill(bea, "How many people were trained?", "many")
    press(bea, bea.get_by_role("button", name="Save"))
    is_for_all(bea, "There is a problem")
    fill(bea, "How many people were trained?", "5")
    press(bea, bea.get_by_role("button", name="Save"))
    press(bea, bea.get_by_role("link", name="Fill in a file instead"))
    is_for_all(bea, re.compile("file"))
    bea.goto(address)
    press(bea, bea.get_by_role("button", name="Hand over to be signed"))
    expect(bea.get_by_text("Now it has to be signed: by your agency's lead")).to_be_visible()
    lee = sign_in(LEE)
    lee.goto(address)
    press(lee, lee.get_by_role("button", name="Sign this return"))
    is_for_all(lee, "Restated")
    col = sign_in(COL)
    col.goto("/board/severnshire/declared/")
    press(col, col.get_by_role("link", name="Severnshire Hospitals NHS Trust"))
    expect(col.get_by_text(re.compile("put right on"))).to_be_visible()
    is_for_all(col, "Severnshire Hospitals NHS Trust")


def test_a_figure_from_outside_is_refused_in_words_given_and_taken_back(sign_in, is_for_all):
    pat = sign_in(PAT)
    pat.goto(MARAC)
    press(pat, pat.get_by_role("link", name="Give a figure"))
    fill(pat, "Which part of it?", "Oakhollow")
    fill(pat, "How many?", "=1+1")
    fill(pat, "Out of how many?", "20")
    fill(pat, "What does it mean?", "Housing refers more.")
    fill(pat, "Who said so?", "The MARAC coordinator")
    press(pat, pat.get_by_role("button", name="Give this figure"))
    is_for_all(pat, "There is a problem")
    fill(pat, "How many?", "9")
    press(pat, pat.get_by_role("button", name="Give this figure"))
    back = pat.get_by_role("link", name=re.compile("Take it back.*Oakhollow"))
    expect(back).to_be_visible()
    press(pat, back)
    is_for_all(pat, "Take this figure back")
    fill(pat, "Why is it taken back?", "It was of another quarter")
    press(pat, pat.get_by_role("button", name="Take it back"))
    expect(back).to_have_count(0)
    is_for_all(pat, "How is this worked out?")


def test_a_promise_is_confirmed_by_one_press(sign_in, is_for_all):
    pat = sign_in(PAT)
    pat.goto("/commitments/severnshire/keep/")
    waiting = pat.get_by_role("button", name="I have seen it: confirm")
    before = waiting.count()
    press(pat, waiting.first)
    expect(waiting).to_have_count(before - 1)
    press(pat, pat.get_by_role("link", name="Severnshire Hospitals NHS Trust", exact=True).first)
    is_for_all(pat, "Severnshire Hospitals NHS Trust")
    press(pat, pat.get_by_role("link", name=re.compile("Change or withdraw")).first)
    is_for_all(pat, "Withdraw it")
    pat.goto("/commitments/severnshire/keep/SHT/policy/")
    is_for_all(pat, re.compile("polic", re.IGNORECASE))


def test_coverage_is_divided_another_way_without_scripts_too(sign_in, is_for_all):
    for javascript in (True, False):
        col = sign_in(COL, javascript=javascript)
        col.goto("/board/severnshire/")
        press(col, col.get_by_role("navigation", name="Sections").get_by_role("link", name="Explore"))
        reach(col, col.get_by_label("Divide people by"))
        col.keyboard.type("Loc")
        press(col, col.get_by_role("button", name="Show these figures"))
        expect(col.get_by_role("heading", name="Everything required, by locality")).to_be_visible()
    press(col, col.get_by_role("navigation", name="Sections").get_by_role("link", name="Board packs"))
    press(col, col.locator("main tbody a").last)
    expect(col.get_by_role("heading", name="Where we stand")).to_be_visible()
