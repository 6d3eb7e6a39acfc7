"""A learner without a mouse: every step is a key, and what has to be reached is reached by Tab."""

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 300
MOST_ARROWS = 30
IN_FOCUS = """it => {
  const here = document.activeElement;
  return here === it || (it.type === "radio" && here.form === it.form && here.name === it.name);
}"""


def reach(page: Page, wanted: Locator) -> None:
    """Tab to it, or to the group of radios that it is one of."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        if wanted.evaluate(IN_FOCUS):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"No Tab leads to {wanted}")


def press(page: Page, wanted: Locator) -> None:
    """A button or a link, and wait until the page that it leads to has come, if it leads to one."""
    reach(page, wanted)
    wanted.press("Enter")


def tick(page: Page, label: str) -> None:
    """One answer among others: a box, or a radio."""
    wanted = page.get_by_label(label, exact=True)
    reach(page, wanted)
    page.keyboard.press("Space")
    for _ in range(MOST_ARROWS):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"No key chooses {label!r}")


def put(page: Page, label: str, place: str) -> None:
    """A line into its place, in the list beside it."""
    wanted = page.get_by_label(label, exact=True)
    reach(page, wanted)
    for _ in range(MOST_ARROWS):
        if wanted.evaluate("it => it.selectedOptions[0].text") == place:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"No key puts {label!r} to {place!r}")
