"""Lessons made elsewhere: brought by an author, taken with the keyboard, cut off, resumed, counted; and kept in their frame."""

import re
import secrets

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.packages import hostile, well_behaved
from tests.browser.pages import AMIRA

pytestmark = pytest.mark.browser
REVIEWER = "rev.lowe@severnshire-content.example"


def publish(page: Page, name: str, content: bytes) -> str:
    """A reviewer uploads a package, and makes a course of it by copying the one there is; its address."""
    slug = f"{name}-{secrets.token_hex(2)}"
    page.goto("/cms/packages/new/")
    page.set_input_files("input[type=file]", {"name": f"{slug}.zip", "mimeType": "application/zip", "buffer": content})
    page.get_by_label("Title").fill(f"Package {slug}")
    page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_text("The module is completed when")).to_be_visible()
    page.goto("/cms/pages/search/?q=everyone")
    course = page.get_by_role("link", name=re.compile("what everyone needs to know")).first.get_attribute("href")
    page.goto(course.replace("/edit/", "/copy/"))
    page.locator("[name=new_title]").fill(f"Course {slug}")
    page.locator("[name=new_slug]").fill(slug)
    page.get_by_role("button", name="Copy").click()
    page.goto(f"/cms/pages/search/?q={slug}")
    page.get_by_role("link", name=f"Course {slug}").first.click()
    kept = page.locator("[name=package] option", has_text=f"Package {slug}").get_attribute("value")
    page.locator("[name=package]").select_option(kept)
    page.get_by_role("button", name="More actions").click()
    page.locator("[name=action-publish]").click()
    expect(page.get_by_text(re.compile(f"Course {slug}.* published"))).to_be_visible()
    return slug


def begin(page: Page, slug: str) -> tuple[FrameLocator, FrameLocator]:
    """Opens the course; the wrapper, and the package in it."""
    page.goto(f"/learning/{slug}/")
    page.get_by_role("button", name=re.compile("Start|Go on")).first.click()
    wrapper = page.frame_locator("#package")
    return wrapper, wrapper.frame_locator("#content")


def test_a_package_is_taken_with_the_keyboard_cut_off_resumed_and_counted(sign_in, no_barriers):
    course = publish(sign_in(REVIEWER), "parts", well_behaved())
    page = sign_in(AMIRA, width=360)
    wrapper, lesson = begin(page, course)
    expect(wrapper.get_by_role("button", name="Part two (opens later)")).to_be_disabled()
    lesson.get_by_role("button", name="Turn the page").press("Enter")
    expect(wrapper.get_by_role("status")).to_have_text(re.compile("Saved at"))
    no_barriers(page)
    page.context.set_offline(True)
    lesson.get_by_role("button", name="Turn the page").press("Enter")
    expect(wrapper.get_by_role("status")).to_have_text(re.compile("Not saved yet"))
    page.context.set_offline(False)
    expect(wrapper.get_by_role("status")).to_have_text(re.compile("Saved at"), timeout=15_000)
    wrapper, lesson = begin(page, course)
    expect(lesson.locator("#page")).to_have_text("3")
    lesson.get_by_role("button", name="End this part").press("Enter")
    wrapper.get_by_role("button", name="Part two (not started)").press("Enter")
    expect(lesson.locator("#name")).to_have_text("two")
    lesson.get_by_role("button", name="End this part").press("Enter")
    expect(wrapper.get_by_role("status")).to_have_text("Finished, and on your record.")
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_text("You have finished")).to_be_visible()


def test_a_package_stays_in_its_frame(sign_in, site):
    course = publish(sign_in(REVIEWER), "hostile", hostile(site))
    page = sign_in(AMIRA)
    pop_ups: list[Page] = []
    page.context.on("page", lambda opened: pop_ups.append(opened))
    _, lesson = begin(page, course)
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
    page.wait_for_timeout(1000)  # the wrapper looks for new frames twice a second
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://www.bbc.co.uk/**")
