"""What the network says and keeps, in a browser: on a phone, by keyboard alone, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import press, reach, tick
from tests.browser.pages import CY

pytestmark = pytest.mark.browser
BETHAN = "bethan.talbot@aldermouth.example"  # a champion in the demo
EXPERT = "expert@severnshire-college.example"
DESK = "/champions/network/severnshire/"
WAITS = "Is there a briefing that fits into a ten-minute handover?"
PAGES = {
    CY: [f"{DESK}{part}" for part in ("messages/", "letters/", "noticeboard/", "enquiries/", "people/?district=-")],
    BETHAN: [f"/champions/{part}/" for part in ("letters", "noticeboard", "enquiries", "ask", "resources")],
}


@pytest.mark.parametrize("who", PAGES)
def test_the_pages_have_no_barriers_and_fit_a_phone_and_so_does_what_they_lead_to(sign_in, no_barriers, who):
    page = sign_in(who, width=320)
    for address in PAGES[who]:
        page.goto(address)
        fits(page, no_barriers)
        within = page.locator("main a[href*='/champions/']:not(.govuk-back-link)").all()
        deeper = [link.get_attribute("href") for link in within]
        for each in [each for each in deeper if each.startswith(address.partition("?")[0]) and each != address][:2]:
            page.goto(each)
            fits(page, no_barriers)


def fits(page: Page, no_barriers) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    no_barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url


def button(page: Page, name: str) -> None:
    press(page, page.get_by_role("button", name=name, exact=True))


def write(page: Page, label: str, words: str) -> None:
    """Type into a box that Tab leads to, over what stands there."""
    reach(page, page.get_by_label(label, exact=True))
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(words)


def test_a_specialist_is_asked_by_keyboard_and_answers_without_scripts(sign_in, visitor, mailed):
    cy = sign_in(CY)
    cy.goto(f"{DESK}enquiries/")
    press(cy, cy.get_by_role("link", name=WAITS))
    button(cy, "Take the question back")
    press(cy, cy.get_by_role("link", name="Ask a specialist from outside"))
    write(cy, "E-mail address of the specialist", EXPERT)
    write(cy, "What you ask them", "What fits into ten minutes?")
    button(cy, "Ask them")
    expect(cy.get_by_text(EXPERT)).to_be_visible()

    link = mailed(EXPERT, r"(http\S+/answer/question/\S+)")
    expert = visitor(width=320, javascript=False)
    expert.goto(link)
    expect(expert).to_have_title(re.compile("^A short answer"))
    expect(expert.get_by_text("What fits into ten minutes?")).to_be_visible()
    expert.get_by_label("Your answer").fill("One story, and one number to call.")
    expert.get_by_role("button", name="Send your answer").click()
    expect(expert.get_by_role("heading", name="Thank you")).to_be_visible()
    expert.goto(link)
    expect(expert.get_by_role("heading", name="This link does not open anything")).to_be_visible()

    cy.goto(f"{DESK}enquiries/")
    press(cy, cy.get_by_role("link", name=WAITS))
    expect(cy.get_by_label("A specialist", exact=True)).to_be_checked()
    tick(cy, "Send the answer and keep both, without names")
    button(cy, "Close it")
    bethan = sign_in(BETHAN, javascript=False)
    bethan.goto("/champions/ask/")
    bethan.get_by_text(WAITS).click()
    expect(bethan.get_by_text("One story, and one number to call.")).to_be_visible()


def test_a_guest_of_a_meeting_says_whether_they_come_without_scripts(sign_in, visitor, mailed):
    cy = sign_in(CY)
    cy.goto(f"{DESK}meetings/")
    cy.locator("main .ui-card a").first.click()
    cy.get_by_label("E-mail address of the guest").fill(EXPERT)
    cy.get_by_role("button", name="Invite").click()
    guest = visitor(width=320, javascript=False)
    guest.goto(mailed(EXPERT, r"(http\S+/champions/guest/\S+)"))
    guest.get_by_label("Yes", exact=True).check()
    guest.get_by_role("button", name="Send").click()
    expect(guest.get_by_text("You have answered: Coming")).to_be_visible()


def test_a_group_is_written_to_without_scripts_and_the_worker_takes_it_there(sign_in):
    cy = sign_in(CY, width=320, javascript=False)
    cy.goto(f"{DESK}messages/")
    cy.get_by_label("Active champions of a district").check()
    cy.get_by_label("Which district").select_option(label="Aldermouth")
    cy.get_by_label("Learning", exact=True).check()
    cy.get_by_label("The message", exact=True).fill("Dear {name}, thank you.")
    cy.get_by_role("button", name="Look at it first").click()
    number = re.search(r"\d+", cy.get_by_role("heading", name=re.compile("^It goes to")).inner_text())
    assert number
    cy.get_by_role("button", name="Send it").click()
    expect(cy.get_by_text("It is on its way")).to_be_visible()
    gone = cy.get_by_text(f"gone to {number.group()}")
    for _ in range(120):
        if gone.count():
            break
        cy.wait_for_timeout(1000)
        cy.goto(f"{DESK}messages/")
    expect(gone).to_be_visible()


def test_something_is_said_by_keyboard_and_let_through(sign_in):
    bethan = sign_in(BETHAN)
    bethan.goto("/champions/noticeboard/")
    press(bethan, bethan.get_by_role("link", name="Posters and leaflets"))
    write(bethan, "What you want to say", "Ours hang inside the doors.")
    button(bethan, "Put it on the noticeboard")
    expect(bethan.get_by_text("The coordinator reads it first; until then only you see it.")).to_be_visible()
    cy = sign_in(CY)
    cy.goto(DESK)
    press(cy, cy.get_by_role("link", name=re.compile("on the noticeboard to look at")))
    waiting = cy.locator(".ui-card").filter(has_text="Ours hang inside the doors.")
    press(cy, waiting.get_by_role("button", name="Let it through"))
    expect(cy.get_by_text("Champions are shown it now.")).to_be_visible()
