"""Lessons made elsewhere: brought by an author, taken with the keyboard, cut off, resumed, counted; and kept in their frame."""

import http.client
import json
import os
import re
import secrets
import signal
import time
import urllib.request

import pytest
from playwright.sync_api import FrameLocator, Page, Response, expect

from tests.browser.conftest import PATIENCE_SECONDS
from tests.browser.packages import hostile, question, well_behaved, wishing
from tests.browser.pages import ANA, DEEPA, REV

pytestmark = pytest.mark.browser


def publish(sign_in, name: str, content: bytes) -> str:
    """An author uploads a package, and makes a course of it by copying the one there is; a reviewer publishes it."""
    page, slug = sign_in(ANA), f"{name}-{secrets.token_hex(2)}"
    page.goto("/cms/packages/new/")
    page.set_input_files("input[type=file]", {"name": f"{slug}.zip", "mimeType": "application/zip", "buffer": content})
    page.get_by_label("Title").fill(f"Package {slug}")
    page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_text("The module is completed when")).to_be_visible()
    page.goto(found_in_search(page).replace("/edit/", "/copy/"))
    page.locator("[name=new_title]").fill(f"Course {slug}")
    page.locator("[name=new_slug]").fill(slug)
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("link", name=f"Course {slug}").first.click()
    kept = page.locator("[name=package] option", has_text=f"Package {slug}").get_attribute("value")
    page.locator("[name=package]").select_option(kept)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text(re.compile(f"Course {slug}.* (saved|updated)"))).to_be_visible()
    course = page.url
    page.close()  # an open editor may save once more, and who publishes is then asked about a newer version
    page = sign_in(REV)
    page.goto(course)
    page.get_by_role("button", name="More actions").click()
    page.locator("[name=action-publish]").click()
    expect(page.get_by_text(re.compile(f"Course {slug}.* published"))).to_be_visible()
    return slug


def found_in_search(page: Page) -> str:
    """The address of the course in the editor's search, once the worker has put it there."""
    link = page.get_by_role("link", name=re.compile("what everyone needs to know")).first
    until = time.monotonic() + PATIENCE_SECONDS
    while not link.count():
        assert time.monotonic() < until, "the course never came into the search"
        page.goto("/cms/pages/search/?q=everyone")
    return link.get_attribute("href")


def begin(page: Page, slug: str) -> tuple[FrameLocator, FrameLocator]:
    """Opens the course; the wrapper, and the package in it."""
    page.goto(f"/learning/{slug}/")
    page.get_by_role("button", name=re.compile("Start|Go on")).first.click()
    wrapper = page.frame_locator("#package")
    return wrapper, wrapper.frame_locator("#content")


def test_a_package_is_taken_with_the_keyboard_cut_off_resumed_and_counted(sign_in, no_barriers):
    course = publish(sign_in, "parts", well_behaved())
    page = sign_in(DEEPA, width=360)
    wrapper, lesson = begin(page, course)
    unfold_the_contents(wrapper)
    expect(wrapper.get_by_role("button", name="Part two (opens later)")).to_be_disabled()
    lesson.get_by_role("button", name="Turn the page").press("Enter")
    expect(wrapper.get_by_role("status")).to_have_text(re.compile("Saved at"))
    no_barriers(page)
    no_barriers(next(frame for frame in page.frames if frame.url.endswith("/run/")))
    page.context.set_offline(True)
    lesson.get_by_role("button", name="Turn the page").press("Enter")
    expect(wrapper.get_by_role("status")).to_have_text(re.compile("Not saved yet"))
    page.context.set_offline(False)
    expect(wrapper.get_by_role("status")).to_have_text(re.compile("Saved at"), timeout=15_000)
    wrapper, lesson = begin(page, course)
    expect(lesson.locator("#page")).to_have_text("3")
    lesson.get_by_role("button", name="End this part").press("Enter")
    unfold_the_contents(wrapper)
    wrapper.get_by_role("button", name="Part two (not started)").press("Enter")
    expect(lesson.locator("#name")).to_have_text("two")
    lesson.get_by_role("button", name="End this part").press("Enter")
    expect(wrapper.get_by_role("status")).to_have_text("Finished, and on your record.")
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_text("You have finished")).to_be_visible()


def unfold_the_contents(wrapper: FrameLocator) -> None:
    """On a small screen they are folded at first."""
    expect(wrapper.get_by_text("Contents")).to_be_visible()
    wrapper.get_by_text("Contents").press("Enter")


def test_a_package_stays_in_its_frame(sign_in, site):
    course = publish(sign_in, "hostile", hostile(site))
    page = sign_in(DEEPA)
    pop_ups: list[Page] = []
    page.context.on("page", lambda opened: pop_ups.append(opened))
    with page.expect_response("**/done/", timeout=60_000) as led_back:
        _, lesson = begin(page, course)
    assert led_back.value.status == 302
    expect(page.locator("#package-done")).to_be_hidden()
    for what in ("top page", "top address", "pop-up", "worker that stays", "the site's pages"):
        expect(lesson.get_by_text(f"{what}: refused")).to_be_visible()
    assert page.url == f"{site}/learning/{course}/open/"
    assert pop_ups == []
    assert "stolen" not in {cookie["name"] for cookie in page.context.cookies(site)}
    shift_three_times_leaves_from_inside_it(page, lesson)


def shift_three_times_leaves_from_inside_it(page: Page, lesson: FrameLocator) -> None:
    """As it does on every page about learning."""
    page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="weather"))
    lesson.locator("#said").click()
    until = time.monotonic() + PATIENCE_SECONDS
    while not page.url.startswith("https://www.bbc.co.uk/"):
        assert time.monotonic() < until, "nobody left"
        page.wait_for_timeout(1000)  # the wrapper looks for new frames twice a second
        for _ in range(3):
            page.keyboard.press("Shift")


def test_a_package_moves_among_its_parts_as_it_asks(sign_in):
    course = publish(sign_in, "wishes", wishing())
    page = sign_in(DEEPA)
    wrapper, lesson = begin(page, course)
    for wish, part in (("Continue", "two"), ("Previous", "one"), ("Choose three", "three")):
        lesson.get_by_role("button", name=wish).click()
        expect(lesson.locator("#name")).to_have_text(part)
    expect(wrapper.get_by_role("button", name="Part two (done)")).to_be_disabled()
    wrapper.get_by_role("button", name="Back").click()
    expect(lesson.locator("#name")).to_have_text("two")


def test_h5p_is_played_resumed_and_counted(sign_in):
    course = publish(sign_in, "question", question())
    page = sign_in(DEEPA)
    wrapper, frame = begin(page, course)
    with page.expect_response(keeps_the_state):  # it is sent every five seconds
        frame.get_by_role("button", name="Answer wrongly").click()
    expect(wrapper.get_by_role("status")).to_have_text(re.compile("Saved at"))
    wrapper, frame = begin(page, course)
    expect(frame.get_by_text("Tries: 1")).to_be_visible()
    frame.get_by_role("button", name="Answer rightly").click()
    expect(wrapper.get_by_role("status")).to_have_text("Finished, and on your record.")


def keeps_the_state(answer: Response) -> bool:
    """Whether this is the answer to what tells how often was tried."""
    return answer.url.endswith("/run/commit/") and "tries" in (answer.request.post_data or "")


def test_nothing_acknowledged_is_lost_however_often_the_server_is_killed(sign_in, workers):
    course = publish(sign_in, "killed", well_behaved())
    saving = Saving(sign_in(DEEPA), course)
    for cut in range(20):
        saving.save_for(0.05 + cut * 0.01)
        for worker in workers():
            os.kill(worker, signal.SIGKILL)
        saving.save_for(0.05)
        acknowledged = saving.acknowledged
        assert saving.found_again() in (acknowledged, acknowledged + 1)
    assert saving.acknowledged > 20
    assert saving.is_finished is False


class Saving:
    """Commits of one launch, each tried once; whatever was sent last and not acknowledged may have been kept."""

    def __init__(self, page: Page, course: str) -> None:
        begin(page, course)
        address = page.locator("#package").get_attribute("src")
        self.host, self.token = address.split("/run/#")
        page.goto("/learning/")  # the wrapper page stops saving by itself
        self.begun: int | None = None
        self.begun = self.acknowledged = self.found_again()  # the wrapper page may have saved once itself
        self.is_finished = False

    def save_for(self, seconds: float) -> None:
        """Saves one after the other for so long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            number = self.acknowledged + 1
            cmi = {"core": {"lesson_status": "incomplete", "lesson_location": str(number)}}
            said = {"number": number, "item": "one", "session": 1, "is_over": False, "cmi": cmi}
            answer = self._ask("/run/commit/", json.dumps(said).encode())
            if "number" in answer:
                self.acknowledged, self.is_finished = answer["number"], answer["is_finished"]

    def found_again(self) -> int:
        """The number of the commit that is found by a page that opens now."""
        while not (answer := self._ask("/run/start/", b"")):
            time.sleep(0.05)
        if self.begun is not None and answer["number"] > self.begun:
            assert answer["seeds"]["one"]["core"]["lesson_location"] == str(answer["number"])
        return answer["number"]

    def _ask(self, address: str, body: bytes) -> dict:
        """The answer, or nothing where none came."""
        headers = {"X-Launch": self.token, "Content-Type": "application/json"}
        try:
            with urllib.request.urlopen(urllib.request.Request(self.host + address, body, headers), timeout=10) as got:
                return json.load(got)
        except (OSError, http.client.HTTPException, ValueError):
            return {}
