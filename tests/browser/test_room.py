"""Room on the screen: for the words inside a frame, and for a package beside its contents. Needs no demo, only styles."""

from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route, expect

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "build" / "static" / "ui" / "site.css"
PACKAGES = ROOT / "courses" / "static" / "courses" / "packages"
LEAST_ROOM, EDGE = 5, 3  # pixels
TELLING = """
import { Contents } from "./contents.js";
const part = (n) => ({ key: `p${n}`, title: `Part ${n}`, href: "x", depth: 0, is_shown: true, is_open: true, choice: true, flow: true });
new Contents(Array.from({ length: PARTS }, (_, n) => part(n + 1)), () => {}).draw("p1");
"""

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(browser):
    """A page of this mark-up with our styles: `opened(html, width=360)`; scripts of packages come as they stand."""
    contexts = []

    def show(html: str, *, width: int, height: int = 760, script: str = "") -> Page:
        def answer(route: Route) -> None:
            name = Path(urlsplit(route.request.url).path).name
            if name == "site.css":
                route.fulfill(path=STYLES)
            elif name == "run.js":
                route.fulfill(body=script, content_type="text/javascript")
            elif name == "contents.js":
                route.fulfill(path=PACKAGES / name)
            else:
                route.fulfill(body=html, content_type="text/html")

        contexts.append(browser.new_context(viewport={"width": width, "height": height}))
        page = contexts[-1].new_page()
        page.route("**/*", answer)
        page.goto("http://room.test/")
        return page

    yield show
    for context in contexts:
        context.close()


def contents(opened, parts: int, **options) -> Page:
    """The wrapper of a package with so many parts."""
    html = render_to_string("courses/packages/run.html", {"site": "http://room.test"})
    page = opened(html, script=TELLING.replace("PARTS", str(parts)), **options)
    expect(page.locator("summary")).to_have_text(f"Contents ({parts} parts)")
    return page


@pytest.mark.parametrize(("parts", "width", "is_open"), [(3, 960, True), (10, 960, False), (3, 360, False)])
def test_contents_are_open_at_first_where_all_are_in_sight(opened, parts, width, is_open):
    page = contents(opened, parts, width=width)
    assert page.locator("#listing").evaluate("it => it.open") is is_open
    assert page.locator("#contents").evaluate("it => it.scrollHeight - it.clientHeight") == 0


@pytest.mark.parametrize(("width", "height"), [(960, 480), (360, 540)])
def test_contents_that_go_on_out_of_sight_look_like_it(opened, width, height):
    page = contents(opened, 10, width=width, height=height)
    page.locator("summary").press("Enter")
    nav = page.locator("#contents")
    assert nav.evaluate("it => it.scrollHeight > it.clientHeight")
    assert nav.bounding_box()["height"] <= 0.6 * height
    edge = nav.bounding_box()
    clip = {"x": edge["x"] + edge["width"] - 40, "y": edge["y"] + edge["height"] - 8, "width": 8, "height": 4}
    more = page.screenshot(clip=clip)
    nav.evaluate("it => it.scrollTo(0, it.scrollHeight)")
    assert page.screenshot(clip=clip) != more


def story() -> str:
    """A story after one choice."""
    turn = {
        "step": {"text": "<p>Sam looks up.</p>"},
        "choice": {"text": "Wait", "consequence": "<p>Sam sits down.</p>"},
    }
    card = SimpleNamespace(place="story-1", title="At the door", turns=[turn], moment="<p>What now?</p>", choices=[])
    return render_to_string("courses/blocks/scenario.html", {"card": card})


def answer() -> str:
    """What a right answer comes to."""
    told = render_to_string("courses/answer_told.html", {"card": {"is_correct": True, "explanation": "Time helps."}})
    return (
        f'<section class="course-check"><p class="govuk-body">Before</p>{told}<p class="govuk-body">After</p></section>'
    )


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize(("html", "new"), [(story(), "#story-1-now"), (answer(), "[data-news]")])
def test_the_frame_round_what_is_new_leaves_its_words_room(opened, width, html, new):
    page = opened(
        f'<link rel="stylesheet" href="/site.css"><main class="govuk-width-container">{html}</main>', width=width
    )
    page.keyboard.press("Tab")
    page.locator(new).evaluate("it => { it.tabIndex = -1; it.focus(); }")
    line, offset = page.locator(new).evaluate(
        "it => [getComputedStyle(it).outlineStyle, getComputedStyle(it).outlineOffset]"
    )
    assert line != "none"
    room = float(offset.removesuffix("px"))
    assert room >= LEAST_ROOM
    outer = page.locator("section").bounding_box()
    inner = page.locator(new).bounding_box()
    assert inner["x"] - room - EDGE >= outer["x"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
