"""The life of a champion on a phone: put forward, agreed to, trained, found, asked, passing on, lapsed.

Four people of four agencies, each of whom sees only their own part of it. Time passes on a copy of the site.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE_SECONDS
from tests.browser.keyboard import press, reach, tick
from tests.browser.pages import CY

pytestmark = pytest.mark.browser
WILL, WILLS_NUMBER = "will.slater@severnshire-police.example", "4133"
EILIDH = "eilidh.leach@severnshire-police.example"  # his manager, who has never been here
LEILA = "leila.inglis@wynfold-schools.example"  # at the front desk of a school
NEED = "help somebody who is stalked or pestered"
SHOWN = ("own name", "agency", "district", "can help with", "languages", "days", "like to be reached")
PHONE = 360
HALF_A_YEAR = 190


@pytest.fixture
def looked_at(no_barriers):
    """Asserts of a page, once it has its heading, that nothing on it is a barrier and that it fits the phone."""

    def look(page: Page, heading: str) -> Page:
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        no_barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE, page.url
        return page

    return look


def test_from_being_put_forward_to_lapsing(sign_in, visitor, mailed, manage, later, looked_at, tmp_path):
    will = sign_in(WILL, width=PHONE)
    put_oneself_forward(will, looked_at)
    link = mailed(EILIDH, r"(http\S+/answer/\S+)")
    agree(visitor(width=PHONE), link, looked_at)
    train(manage, tmp_path / "done.csv")
    be_listed(will, looked_at)
    leila = sign_in(LEILA, width=PHONE)
    find_and_ask(leila, looked_at)
    answer(will, looked_at)
    read_the_answer(leila, looked_at)
    log_a_briefing(will, looked_at)
    cy = sign_in(CY, width=PHONE)
    stands(cy, "Active", looked_at)
    site = later(HALF_A_YEAR)
    learn_what_to_do(sign_in(WILL, site, width=PHONE), looked_at)
    stands(sign_in(CY, site, width=PHONE), "Lapsed", looked_at)


def button(page: Page, name: str) -> None:
    """Press it, by keys."""
    press(page, page.get_by_role("button", name=name, exact=True))


def link(page: Page, name: str) -> None:
    """Follow it, by keys."""
    press(page, page.get_by_role("link", name=name, exact=True))


def write(page: Page, label: str, text: str) -> None:
    """Into a field that Tab leads to."""
    reach(page, page.get_by_label(label, exact=True))
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def put_oneself_forward(page: Page, looked_at: Callable) -> None:
    """From the directory's own page to the question to the manager whom the roster names."""
    page.goto("/champions/")
    link(page, "My place in the network")
    button(looked_at(page, "My place in the network"), "Put myself forward")
    button(looked_at(page, "Put yourself forward as a champion"), "Put myself forward")
    expect(page.get_by_text("You have put yourself forward.")).to_be_visible()
    button(looked_at(page, "My place in the network"), "Ask my manager")
    expect(page.get_by_text("Eilidh Leach")).to_be_visible()
    button(looked_at(page, "Ask your manager to agree"), "Ask them")
    expect(page.get_by_role("heading", name="Wait for your manager")).to_be_visible()
    looked_at(page, "My place in the network")


def agree(page: Page, address: str, looked_at: Callable) -> None:
    """By the link in the mail, without an account; used once, it opens nothing."""
    page.goto(address)
    looked_at(page, "Will asks for a short answer")
    expect(page).to_have_title(re.compile("^A short answer"))
    tick(page, "Yes, I agree to all of this")
    button(page, "Send")
    looked_at(page, "Thank you")
    page.goto(address)
    looked_at(page, "This link does not open anything")


def train(manage: Callable, file) -> None:
    """What he did in a classroom comes by a file of completions."""
    rows = [f"POL,{WILLS_NUMBER},{module},{date.today()}" for module in ("DA-B1", "DA-H1")]
    file.write_text("\n".join(["agency_code,employee_ref,course_code,completed_on", *rows]))
    manage("import_completions", str(file), "--agency", "POL", "--apply")


def be_listed(page: Page, looked_at: Callable) -> None:
    """Field by field, each to whom he likes."""
    page.reload()
    button(looked_at(page, "My place in the network"), "Be listed")
    looked_at(page, "Be listed")
    for thing in SHOWN:
        group = page.get_by_role("group", name=re.compile(f"^Who sees .*{thing}"))
        wanted = group.get_by_label("Everybody in the partnership")
        reach(page, wanted)
        while not wanted.is_checked():
            page.keyboard.press("ArrowDown")
    for summary, picked in (("Choose what you can help with", "Stalking"), ("Choose languages", "Polish")):
        press(page, page.locator("summary").filter(has_text=summary))
        tick(page, picked)
    tick(page, "I have read this and want to be listed")
    button(page, "List me")
    expect(page.get_by_text("Saved. This is how others see you.")).to_be_visible()
    expect(page.locator(".ui-card").first).to_contain_text("Polish")
    looked_at(page, "My place in the network")


def find_and_ask(page: Page, looked_at: Callable) -> None:
    """Three taps in a corridor, and a request."""
    page.goto("/champions/")
    looked_at(page, "Find a champion")
    for words in (NEED, "Polish", "Wynfold"):
        chip = page.get_by_role("link", name=words, exact=True)
        box = chip.bounding_box()
        assert box
        assert box["height"] >= 44
        chip.click()
        page.wait_for_load_state()
    card = page.locator(".ui-card").filter(has=page.get_by_role("heading", name="Will Slater"))
    expect(card).to_contain_text("Severnshire Police, Wynfold")
    expect(card).to_contain_text("Stalking")
    looked_at(page, "Find a champion")
    card.get_by_role("button", name="Ask Will Slater").click()
    looked_at(page, "Ask Will Slater")
    page.get_by_label("I do not know the next step").check()
    page.get_by_label("Today").check()
    page.get_by_label("A few lines").fill("Somebody waits at the gate every day. Whom do I tell first?")
    page.get_by_role("button", name="Send").click()
    looked_at(page, "Your request to Will Slater")


def answer(page: Page, looked_at: Callable) -> None:
    """Where to call, and no more than he likes to give."""
    page.goto("/champions/me/")
    press(page, page.get_by_role("link", name=re.compile("^From Leila Inglis")))
    looked_at(page, "A request from Leila Inglis")
    tick(page, "Call me at")
    write(page, "A line to go with it (optional)", "Front desk of the station, until six")
    button(page, "Send the answer")
    expect(page.get_by_text("Call me at.")).to_be_visible()


def read_the_answer(page: Page, looked_at: Callable) -> None:
    """On the page of the request, without anybody's address."""
    page.reload()
    expect(page.get_by_text("Front desk of the station, until six")).to_be_visible()
    looked_at(page, "Your request to Will Slater")
    assert "@severnshire" not in page.content()


def log_a_briefing(page: Page, looked_at: Callable) -> None:
    """What was passed on, to how many; never to whom."""
    page.goto("/champions/me/")
    link(page, "Briefings that I gave")
    button(looked_at(page, "Briefings"), "Log a briefing")
    looked_at(page, "Log a briefing")
    write(page, "Or in words (optional)", "Response, early shift")
    write(page, "How many people were there", "8")
    button(page, "Save")
    expect(page.get_by_text("Logged. Thank you.")).to_be_visible()
    expect(page.get_by_text("Counts people until the end of the next day")).to_be_visible()
    looked_at(page, re.compile("^Response, "))


def stands(page: Page, status: str, looked_at: Callable) -> None:
    """As the coordinator reads it."""
    page.goto("/champions/network/severnshire/people/?name=Slater")
    looked_at(page, "Everybody in the network")
    row = page.get_by_role("row").filter(has_text="Will Slater")
    give_up = monotonic() + PATIENCE_SECONDS
    while not row.filter(has_text=status).count() and monotonic() < give_up:
        page.reload()  # the worker has not come to it yet; until then there may be no row at all
    expect(row).to_contain_text(status)
    link(page, "Will Slater")
    looked_at(page, "Will Slater")


def learn_what_to_do(page: Page, looked_at: Callable) -> None:
    """He came to no meeting: his page says so, with what to do and where."""
    page.goto("/champions/me/")
    looked_at(page, "My place in the network")
    expect(page.locator(".govuk-tag").first).to_have_text("Lapsed")
    button(page, "See the meetings")
    looked_at(page, "Meetings")


def test_the_desk_by_keys_and_without_scripts(sign_in):
    """The coordinator puts somebody forward and plans a meeting, which is looked at first."""
    cy = sign_in(CY, width=PHONE, javascript=False)
    cy.goto("/champions/network/severnshire/")
    link(cy, "Put somebody forward")
    write(cy, "Work e-mail address of the person you put forward", "colin.swann@wynfold-schools.example")
    button(cy, "Put forward")
    expect(cy.get_by_role("term").filter(has_text="colin.swann@wynfold-schools.example")).to_be_visible()
    link(cy, "Meetings")
    button(cy, "Plan a meeting")
    day = date.today() + timedelta(days=60)
    said = {"Title": "Early meeting", "Day": day.day, "Month": day.month, "Year": day.year, "Starts at": "10am"}
    for label, words in (said | {"Ends at": "noon", "Agenda": "News, and a talk"}).items():
        write(cy, label, str(words))
    button(cy, "Look at it first")
    expect(cy.get_by_role("alert")).to_contain_text("Enter a time, like 2pm or 14:30")
    write(cy, "Ends at", "12:00")
    button(cy, "Look at it first")
    expect(cy.get_by_role("heading", name="Early meeting")).to_be_visible()
    button(cy, "Plan the meeting")
    expect(cy.get_by_role("heading", name="Early meeting", level=1)).to_be_visible()
