"""An author writes a lesson with a story and a check, a reviewer publishes it, and a learner takes it by keyboard."""

import re

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.pages import ANA, LENA, REV

pytestmark = pytest.mark.browser
COURSE = "Stalking inside and outside relationships"
PARENT = re.compile(r"/cms/pages/(\d+)/edit/")
LESSON = "One more thing"


def test_from_a_draft_to_a_learner(sign_in, no_barriers):
    ana = sign_in(ANA, width=1400)
    begin_a_lesson(ana)
    write_a_story(ana)
    write_a_check(ana)
    save(ana)
    see_it_as_a_learner_would(ana)
    submit(ana)
    rev = sign_in(REV, width=1400)
    approve(rev)
    lena = sign_in(LENA, width=360)
    take_it(lena, no_barriers)


def field(page: Page, name: str):
    """A form field of the editor by its name."""
    return page.locator(f"[name='{name}']")


def write(page: Page, name: str, text: str) -> None:
    """Rich text is typed into the editor that stands beside its hidden field."""
    typed_into = "following::*[contains(@class, 'public-DraftEditor-content')][1]"
    page.locator(f"xpath=//*[@name='{name}']/{typed_into}").click()
    page.keyboard.insert_text(text)


def one_more(page: Page, listed: str) -> None:
    """Another item at the end of a list."""
    page.locator(f"xpath=//input[@name='{listed}-count']/..//button[@title='Add']").last.click()


def add_block(page: Page, kind: str) -> None:
    """Another block at the end of the lesson."""
    page.get_by_title("Insert a block").last.click()
    page.get_by_role("option", name=kind, exact=True).click()


def begin_a_lesson(page: Page) -> None:
    """From the first page, by way of the course."""
    page.goto("/cms/")
    expect(page.get_by_role("heading", name="Courses to review")).to_be_visible()
    page.get_by_role("link", name=COURSE).click()
    page.wait_for_url(PARENT)
    course = PARENT.search(page.url)
    assert course
    page.goto(f"/cms/pages/add/courses/lessonpage/{course.group(1)}/")
    field(page, "title").fill(LESSON)
    field(page, "neutral_title").fill("One more part")
    field(page, "minutes").fill("3")


def write_a_story(page: Page) -> None:
    """One step and two choices, announced by a note; the second choice leads nowhere yet."""
    add_block(page, "Content note")
    field(page, "body-0-value-kind").fill("A worried neighbour.")
    field(page, "body-0-value-minutes").fill("1")
    field(page, "body-0-value-text").fill("You can skip this. Skipping never counts against you.")
    add_block(page, "Scenario")
    story, step = "body-1-value", "body-1-value-steps-0-value"
    field(page, f"{story}-key").fill("the-note")
    field(page, f"{story}-title").fill("The note")
    write(page, f"{story}-intro", "A tenant finds another note on her door.")
    field(page, f"{step}-key").fill("the-door")
    write(page, f"{step}-text", "She asks whether it is worth writing down.")
    one_more(page, f"{step}-choices")
    ways = [("yes", "Say yes, and offer to help", "debrief"), ("no", "Say that it is only a note", "the-hall")]
    for number, (key, text, goes_to) in enumerate(ways):
        choice = f"{step}-choices-{number}-value"
        field(page, f"{choice}-key").fill(key)
        field(page, f"{choice}-text").fill(text)
        write(page, f"{choice}-consequence", f"Then comes what follows from {key}.")
        field(page, f"{choice}-goes_to").fill(goes_to)
    write(page, f"{story}-debrief", "A pattern is made of small things.")


def write_a_check(page: Page) -> None:
    """One question with three answers."""
    add_block(page, "Knowledge check")
    check = "body-2-value"
    field(page, f"{check}-key").fill("one-more-check")
    field(page, f"{check}-kind").select_option("single")
    field(page, f"{check}-prompt").fill("What makes a pattern?")
    for number, (key, text) in enumerate([("one", "One large thing"), ("many", "Many small things"), ("none", "Luck")]):
        if number:
            one_more(page, f"{check}-options")
        option = f"{check}-options-{number}-value"
        field(page, f"{option}-key").fill(key)
        field(page, f"{option}-text").fill(text)
        field(page, f"{option}-feedback").fill(f"About {key}.")
        if key == "many":
            field(page, f"{option}-correct").check()
    field(page, f"{check}-explanation").fill("Small things add up.")
    field(page, f"{check}-read_again").fill("one-more-thing")


def save(page: Page) -> None:
    """As a draft, which may be half written."""
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url(PARENT)


def preview(page: Page, mode: str, seen: str) -> FrameLocator:
    """The panel in a mode of preview. The CMS drops a change of mode while an earlier preview still loads, so ask again."""
    shown = page.frame_locator("#w-preview-iframe")
    for _ in range(12):
        page.get_by_label("Preview mode").select_option(mode)
        try:
            expect(shown.get_by_text(seen).first).to_be_visible(timeout=5_000)
            return shown
        except AssertionError:
            page.get_by_label("Preview mode").select_option("" if mode else "map")
    raise AssertionError(f"The preview never showed {seen!r}")


def see_it_as_a_learner_would(page: Page) -> None:
    """The map says that one way leads nowhere; the author mends it."""
    page.get_by_role("button", name="Toggle preview").click()
    preview(page, "map", "no step has the key 'the-hall'")
    field(page, "body-1-value-steps-0-value-choices-1-value-goes_to").fill("debrief")
    page.keyboard.press("Tab")
    shown = preview(page, "", LESSON)
    expect(shown.get_by_role("heading", name=LESSON)).to_be_visible()
    shown = preview(page, "map", "Map of the stories")
    expect(shown.get_by_text("Look at this")).to_have_count(0, timeout=30_000)


def submit(page: Page) -> None:
    """To the reviewers; there is no button to publish."""
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    page.get_by_role("button", name=re.compile("Submit to")).click()
    page.wait_for_load_state()


def approve(page: Page) -> None:
    """The reviewer finds it on the first page, reads it and approves."""
    page.goto("/cms/")
    page.get_by_role("link", name=LESSON).first.click()
    page.wait_for_url(PARENT)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile("^Approve")).first.click()
    page.wait_for_load_state()


def take_it(page: Page, no_barriers) -> None:
    """On a phone and by keyboard alone: the story, the check, and on."""
    page.goto("/learning/")
    page.goto("/learning/topics-s2/")
    page.get_by_role("button", name=re.compile("Start|Go on|Do it again")).first.press("Enter")
    page.wait_for_load_state()
    page.goto("/learning/topics-s2/one-more-thing/")
    expect(page.get_by_role("heading", name=LESSON)).to_be_visible()
    no_barriers(page)
    page.get_by_role("link", name="Say yes, and offer to help").press("Enter")
    expect(page.get_by_text("A pattern is made of small things.")).to_be_visible()
    page.get_by_label("Many small things").press("Space")
    page.get_by_role("button", name="Check my answer").press("Enter")
    expect(page.get_by_text("Small things add up.")).to_be_visible()
    no_barriers(page)
