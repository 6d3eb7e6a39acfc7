"""From an author's draft to one entry in the ledger, past a reviewer, a phone, a keyboard and a killed server."""

import json
import re

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from courses.content.questions import Question
from courses.content.schema import read_course
from tests.browser.keyboard import press, put, tick
from tests.browser.pages import ANA, LENA, REV

pytestmark = pytest.mark.browser
TEXT = read_course("da_s2")
QUESTIONS = {question.prompt: question for question in TEXT.final_check.questions}
ADDRESS = f"/learning/{TEXT.slug}/"
PARTS = len(TEXT.lessons) + 2
PARENT = re.compile(r"/cms/pages/(\d+)/edit/")
LESSON = "One more thing"


def test_from_a_draft_to_the_ledger(sign_in, no_barriers, kill, manage, tmp_path):
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
    begin_as_a_learner(lena, no_barriers)
    kill()
    lena.close()
    go_on(later := lena.context.new_page())
    finish(later)
    the_ledger_names_the_edition(manage, tmp_path / "everything.json")


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
    page.get_by_role("link", name=TEXT.title).click()
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
    for seconds in (5, 10, 20, 40, 80):
        page.get_by_label("Preview mode").select_option(mode)
        try:
            expect(shown.get_by_text(seen).first).to_be_visible(timeout=seconds * 1000)
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
    expect(shown.get_by_text("Look at this")).to_have_count(0)


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


def begin_as_a_learner(page: Page, no_barriers) -> None:
    """On a phone and by keyboard alone: the story and the check of the new lesson, first of all."""
    page.goto(ADDRESS)
    press(page, page.get_by_role("button", name="Start", exact=True))
    expect(page.get_by_text(f"Part 1 of {PARTS}")).to_be_visible()
    press(page, page.get_by_role("link", name="Stop for now"))
    press(page, page.get_by_role("link", name=re.compile(LESSON)))
    expect(page.get_by_role("heading", name=LESSON)).to_be_visible()
    no_barriers(page)
    press(page, page.get_by_role("link", name="Say yes, and offer to help"))
    expect(page.get_by_text("A pattern is made of small things.")).to_be_visible()
    tick(page, "Many small things")
    press(page, page.get_by_role("button", name="Check my answer"))
    expect(page.locator("#check-1").get_by_text("Saved at")).to_be_visible()
    no_barriers(page)


def go_on(page: Page) -> None:
    """Back at the block that she was reading, with the answer there; and then through every other part."""
    page.goto(ADDRESS)
    press(page, page.get_by_role("button", name="Go on where I left"))
    page.wait_for_url(re.compile("/one-more-thing/#(story|check)-1$"))
    expect(page.get_by_label("Many small things")).to_be_checked()
    expect(page.get_by_text("Small things add up.")).to_be_visible()
    press(page, page.get_by_role("button", name="Back to the parts"))
    press(page, page.get_by_role("link", name=re.compile(r"^1\. ")))
    for part in range(1, len(TEXT.lessons) + 1):
        expect(page.get_by_text(f"Part {part} of {PARTS}")).to_be_visible()
        press(page, page.get_by_role("button", name=re.compile("Go on to part")))


def finish(page: Page) -> None:
    """The final check, answered rightly from the course's own text, and the last button."""
    press(page, page.get_by_role("button", name="Start the questions"))
    for number in range(1, TEXT.final_check.ask + 1):
        expect(page.get_by_text(f"question {number} of {TEXT.final_check.ask}")).to_be_visible()
        answer(page, QUESTIONS[page.get_by_role("heading", level=1).inner_text().strip()])
        press(page, page.get_by_role("button", name="Save and go on"))
    press(page, page.get_by_role("button", name="Finish and get my certificate"))
    expect(page.get_by_text("You have finished")).to_be_visible()


def answer(page: Page, question: Question) -> None:
    """Rightly."""
    places = {place.key: place.text for place in question.places()} if question.is_placed else {}
    for option in question.options:
        if not places and option.key in question.right():
            tick(page, option.text)
        for key, text in places.items():
            if f"{option.key}:{key}" in question.right():
                put(page, option.text, text)


def the_ledger_names_the_edition(manage, file) -> None:
    """Once, whatever was cut off."""
    manage("person_export", "--email", LENA, "--json", str(file))
    tables = {table["table"]: table["rows"] for table in json.loads(file.read_text())["tables"]}
    done = [row for row in tables["ledger.Entry"] if row["module_code"] == TEXT.module and row["method"] == "online"]
    assert [(row["kind"], row["edition"]) for row in done] == [("completion", f"{TEXT.edition} (2)")]
