"""The look in a real browser: no barriers, no sideways scrolling, and a way out that always works."""

import re

import pytest

pytestmark = pytest.mark.browser
WEATHER = re.compile(r"https://www\.bbc\.co\.uk/weather")


def with_weather(page):
    """The neutral place, played here, so that the test needs no network."""
    page.route(WEATHER, lambda route: route.fulfill(status=200, content_type="text/html", body="Weather"))
    page.goto("/support/")
    return page


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_gallery_has_no_barriers_and_fits(visitor, no_barriers, width):
    page = visitor(width=width)
    troubles = []
    # Chromium's own advice begins with [DOM]; what the policy blocks or a component refuses does not
    page.on("console", lambda said: None if said.text.startswith("[DOM]") else troubles.append(said.text))
    page.goto("/gallery/")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    no_barriers(page)
    assert troubles == []


def test_shift_three_times_leaves_at_once(visitor):
    page = with_weather(visitor())
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(WEATHER)


def test_the_second_skip_link_leaves_at_once(visitor):
    page = with_weather(visitor())
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(WEATHER)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_exit_button_leaves_with_and_without_scripts(visitor, javascript):
    page = with_weather(visitor(width=360, javascript=javascript))
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(WEATHER)


def test_the_menu_is_open_where_no_scripts_run(visitor):
    page = visitor(width=360, javascript=False)
    page.goto("/support/")
    assert page.get_by_role("link", name="Sign in").is_visible()
