"""The demo, served as in production on a free port with a world of its own, and Debian's Chromium to walk through it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"phone": 320, "desktop": 1280}


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def site(served) -> str:
    """The address of the served demo."""
    return served[0]


@pytest.fixture(scope="session")
def workers(served) -> Callable[[], list[int]]:
    """The processes that answer for it, just now."""
    if served[1] is None:
        pytest.skip("the site was served already, by processes that are not ours")

    def children(pid: int) -> list[int]:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def is_server(pid: int) -> bool:
        return b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes()

    return lambda: [worker for master in filter(is_server, children(served[1])) for worker in children(master)]


@pytest.fixture(scope="session")
def served(tmp_path_factory) -> Iterator[tuple[str, int | None]]:
    """The demo's address and process; SITE_ADDRESS in the environment names one that is served already."""
    if served_already := os.environ.get("SITE_ADDRESS"):
        yield served_already, None
        return
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "BASE_URL")}
    environment |= {"VAR_DIR": str(tmp_path_factory.mktemp("var"))}
    environment["PATH"] = f"{ROOT / '.venv' / 'bin'}:{environment['PATH']}"
    log = (tmp_path_factory.mktemp("log") / "demo.log").open("w+")
    served = subprocess.Popen(
        [str(ROOT / "scripts" / "demo"), "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        wait_until_ready(f"http://localhost:{port}", served, log)
        yield f"http://localhost:{port}", served.pid
    finally:
        os.killpg(served.pid, signal.SIGTERM)
        served.wait(timeout=30)


def wait_until_ready(address: str, served: subprocess.Popen, log, seconds: int = 240) -> None:
    """Until the site says that it can do its work."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if served.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(1)
    log.seek(0)
    raise RuntimeError(f"The demo did not come up:\n{log.read()[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a screen."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser, site):
    """Opens pages as somebody new: `visitor()` gives a page of its own at desktop width."""
    contexts = []

    def arrive(*, width: int = 1280, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        contexts.append(context)
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def signed_in() -> dict[str, tuple[list, str]]:
    """Cookies of those who have signed in, and where that led: only so many codes are sent to one address a minute."""
    return {}


@pytest.fixture
def sign_in(visitor, signed_in):
    """Signs somebody in by the code that lands in the demo's mailbox: `sign_in(email)` gives their page."""

    def enter(email: str, **options) -> Page:
        page = visitor(**options)
        if email in signed_in:
            cookies, address = signed_in[email]
            page.context.add_cookies(cookies)
            page.goto(address)
            if "/account/login/" not in page.url:
                return page
        page.goto("/account/login/")
        page.get_by_label(re.compile("e-?mail", re.IGNORECASE)).first.fill(email)
        page.get_by_role("button", name=re.compile("code|continue", re.IGNORECASE)).first.click()
        page.get_by_label(re.compile("code", re.IGNORECASE)).first.fill(newest_code(visitor, email))
        page.get_by_role("button", name=re.compile("sign in|continue|confirm", re.IGNORECASE)).first.click()
        page.wait_for_load_state()
        signed_in[email] = (page.context.cookies(), page.url)
        return page

    return enter


def newest_code(visitor, email: str) -> str:
    """The code in the newest message to this address."""
    mailbox = visitor()
    for _ in range(40):
        mailbox.goto("/mailbox/")
        messages = mailbox.locator("main article").filter(has_text=f"To {email}")
        if messages.count():
            found = re.search(r"code is ([A-Z0-9-]{6,12})", messages.first.inner_text())
            if found:
                return found.group(1)
        time.sleep(0.25)
    raise AssertionError(f"no code came for {email}")


@pytest.fixture
def no_barriers():
    """Asserts that axe finds nothing on a page, and that nothing scrolls sideways at 320 px."""
    axe = Axe()

    def look(page: Page) -> None:
        results = axe.run(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return look
