"""The player's own script, where the network is slow or breaks off: what is typed stays, and 'saved' is true."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.pages import LENA

pytestmark = pytest.mark.browser
A_WHILE = 60_000  # milliseconds
LESSON = "/learning/everyone-a1/part-7/"
# The next answer to a note breaks off in the middle
CUT = """() => {
  const real = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await real(...asked);
    if (!String(asked[0]).endsWith("/note/")) return answer;
    window.fetch = real;
    return new Response(new ReadableStream({ start: (body) => body.error(new TypeError("cut")) }), answer);
  };
}"""


def test_a_note_is_kept_whole_however_slow_the_network(sign_in):
    page = sign_in(LENA)
    page.goto("/learning/everyone-a1/")
    page.get_by_role("button", name=re.compile("Start|Go on|Do it again")).first.click()
    page.wait_for_load_state()
    page.goto(LESSON)
    note = page.get_by_label("Your note")
    saved = page.get_by_role("status").filter(has_text=re.compile(r"^Saved at \d\d:\d\d$"))
    page.evaluate(CUT)
    note.fill("First she was afraid")
    expect(page.get_by_text("Only this page has noticed")).to_be_visible()
    note.fill("First words")
    page.get_by_role("button", name="Save my note").click()
    expect(saved).to_be_visible(timeout=A_WHILE)
    held: list[Route] = []
    page.route("**/note/", lambda route: route.continue_() if held else held.append(route))
    note.fill("First words and second")
    with page.expect_request("**/note/"):
        page.get_by_role("button", name="Save my note").click()
    note.press_sequentially(" and third")
    held[0].continue_()
    expect(saved).to_be_visible(timeout=A_WHILE)
    page.goto(LESSON)
    expect(note).to_have_value("First words and second and third")
