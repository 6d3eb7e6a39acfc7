"""`make screens`: a picture of every page that matters at phone and desktop width, to be looked at by people."""

from pathlib import Path

import pytest

from tests.browser.pages import PUBLIC, SIGNED_IN

OUT = Path(__file__).resolve().parents[2] / "screens"
pytestmark = pytest.mark.screens


def take(page, name: str) -> None:
    """Pictures of a page as it is, whole, at both widths."""
    OUT.mkdir(exist_ok=True)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=OUT / f"{name}-{width}.png", full_page=True)


def test_public_pages(visitor):
    page = visitor()
    for name, address in PUBLIC.items():
        page.goto(address)
        take(page, name)


@pytest.mark.parametrize("email", SIGNED_IN)
def test_pages_of_the_cast(sign_in, email):
    page = sign_in(email)
    for name, address in SIGNED_IN[email].items():
        page.goto(address)
        take(page, name)
