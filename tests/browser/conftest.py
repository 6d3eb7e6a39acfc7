"""The demo, served as in production on a free port with a world of its own, and Debian's Chromium to walk through it."""

import fcntl
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.migrated import migrated_name

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
# Of waiting for what will come, not for a time: a machine ten times slower needs it
PATIENCE_SECONDS = 120
expect.set_options(timeout=PATIENCE_SECONDS * 1000)


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
def kill(workers, site) -> Callable[[], None]:
    """Kills every process that answers, whatever it is doing, and waits until others do."""

    def now() -> None:
        killed = set(workers())
        for worker in killed:
            os.kill(worker, signal.SIGKILL)
        until = time.monotonic() + PATIENCE_SECONDS
        while killed & set(workers()) or not is_ready(site):
            assert time.monotonic() < until, "nobody answers after the kill"
            time.sleep(0.1)

    return now


@pytest.fixture(scope="session")
def environment(tmp_path_factory) -> dict[str, str]:
    """Of the demo: a world of its own."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "BASE_URL")}
    path = f"{ROOT / '.venv' / 'bin'}:{kept['PATH']}"
    settings = {"VAR_DIR": str(tmp_path_factory.mktemp("var")), "DJANGO_SETTINGS_MODULE": "training.settings.demo"}
    return kept | {"PATH": path} | settings


@pytest.fixture(scope="session")
def manage(served, environment) -> Callable[..., None]:
    """Runs a command of the demo's site, as whoever keeps it would: `manage("verify_ledger")`."""
    if served[1] is None:
        pytest.skip("the site was served already, with a world that is not ours")
    return lambda *words: subprocess.run(["python", "manage.py", *words], cwd=ROOT, env=environment, check=True)


@pytest.fixture(scope="session")
def served(tmp_path_factory, environment) -> Iterator[tuple[str, int | None]]:
    """The demo's address and process; SITE_ADDRESS in the environment names one that is served already."""
    if served_already := os.environ.get("SITE_ADDRESS"):
        yield served_already, None
        return
    if os.environ.get("PYTEST_XDIST_WORKER"):
        copy_world(tmp_path_factory.getbasetemp().parent, environment)
    port = free_port()
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
        served.wait(timeout=PATIENCE_SECONDS)


def copy_world(shared: Path, environment: dict[str, str]) -> None:
    """For one of several processes that run journeys: a copy of the world that the first of them makes.

    It begins from the suite's migrated database where there is one on SQLite, and migrates where there is none.
    """
    made, half = shared / "world", shared / "half a world"
    with (shared / "world.lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            if (migrated := Path(migrated_name())).exists():
                shutil.copyfile(migrated, half / "site.sqlite3")
            making = environment | {"VAR_DIR": str(half)}
            subprocess.run(["python", "manage.py", "demo"], cwd=ROOT, env=making, check=True)
            half.rename(made)
    shutil.copytree(made, environment["VAR_DIR"], dirs_exist_ok=True)


@pytest.fixture
def later(served, environment, tmp_path) -> Iterator[Callable[[int], str]]:
    """The same site so many days on: `later(400)` gives the address of a copy of its world, on a clock that is ahead."""
    if served[1] is None:
        pytest.skip("the site was served already, with a world that is not ours")
    running = []

    def serve(days: int) -> str:
        world, port = tmp_path / f"{days}", free_port()
        shutil.copytree(environment["VAR_DIR"], world, ignore=shutil.ignore_patterns("site.sqlite3*"))
        rows, copied = Path(environment["VAR_DIR"]) / "site.sqlite3", world / "site.sqlite3"
        with closing(sqlite3.connect(rows)) as here, closing(sqlite3.connect(copied)) as there:
            here.backup(there)
        settings = {"VAR_DIR": str(world), "DJANGO_SETTINGS_MODULE": "tests.browser.ahead", "DAYS_AHEAD": str(days)}
        ahead = environment | settings | {"BASE_URL": f"http://localhost:{port}"}
        subprocess.run(["python", "manage.py", "worker", "--once", "--quiet"], cwd=ROOT, env=ahead, check=True)
        words = ["gunicorn", "training.wsgi:application", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
        with (tmp_path / f"{days}.log").open("w+") as log:
            running.append(subprocess.Popen([*words, "--threads", "4"], cwd=ROOT, env=ahead, stderr=log))
            wait_until_ready(f"http://localhost:{port}", running[-1], log)
        return f"http://localhost:{port}"

    yield serve
    for each in running:
        each.terminate()
        each.wait(timeout=PATIENCE_SECONDS)


def wait_until_ready(address: str, served: subprocess.Popen, log, seconds: int = 900) -> None:
    """Until the site says that it can do its work."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if served.poll() is not None:
            break
        if is_ready(address):
            return
        time.sleep(1)
    log.seek(0)
    raise RuntimeError(f"The demo did not come up:\n{log.read()[-4000:]}")


def is_ready(address: str) -> bool:
    """Whether it says so."""
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a screen."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser, site):
    """Opens pages as somebody new: `visitor()` gives a page of its own at desktop width, `at` another site if asked."""
    contexts = []

    def arrive(*, width: int = 1280, javascript: bool = True, at: str = site) -> Page:
        context = browser.new_context(
            base_url=at,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        contexts.append(context)
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def signed_in() -> dict[tuple[str, str], tuple[list, str]]:
    """Cookies of those who have signed in, and where that led: only so many codes are sent to one address a minute."""
    return {}


@pytest.fixture
def sign_in(visitor, signed_in, site):
    """Signs somebody in by the code that lands in the demo's mailbox: `sign_in(email)` gives their page."""

    def enter(email: str, at: str = site, **options) -> Page:
        page = visitor(at=at, **options)
        if known := signed_in.get((email, at)):
            cookies, address = known
            page.context.add_cookies(cookies)
            page.goto(address)
            if "/account/login/" not in page.url:
                return page
        page.goto("/account/login/")
        page.get_by_label(re.compile("e-?mail", re.IGNORECASE)).first.fill(email)
        page.get_by_role("button", name=re.compile("code|continue", re.IGNORECASE)).first.click()
        page.get_by_label(re.compile("code", re.IGNORECASE)).first.fill(
            newest(visitor, email, r"code is ([A-Z0-9-]{6,12})", at)
        )
        page.get_by_role("button", name=re.compile("sign in|continue|confirm", re.IGNORECASE)).first.click()
        page.wait_for_url(lambda address: "/account/login/" not in address)
        page.wait_for_load_state()
        signed_in[email, at] = (page.context.cookies(), page.url)
        return page

    return enter


def newest(visitor, email: str, pattern: str, at: str) -> str:
    """What the pattern finds in the newest message to this address: a code, a link."""
    mailbox = visitor(at=at)
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        mailbox.goto("/mailbox/")
        messages = mailbox.locator("main article").filter(has_text=f"To {email}")
        if messages.count():
            found = re.search(pattern, messages.first.inner_text())
            if found:
                return found.group(1)
        time.sleep(0.25)
    raise AssertionError(f"nothing came for {email}")


@pytest.fixture
def mailed(visitor, site):
    """What the newest mail to somebody holds: `mailed(email, pattern)`."""
    return lambda email, pattern: newest(visitor, email, pattern, site)


@pytest.fixture
def no_barriers():
    """Asserts that axe finds nothing on a page, and that nothing scrolls sideways at 320 px."""
    axe = Axe()

    def look(page: Page) -> None:
        results = axe.run(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return look


def fits(page: Page) -> bool:
    """Whether a page is no wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.fixture
def is_for_all(no_barriers):
    """Asserts that a page, once its heading stands, fits and has no barriers, on a phone and on a desktop."""

    def look(page: Page, heading: str | re.Pattern) -> None:
        expect(page.get_by_role("heading", name=heading).first).to_be_visible()
        for width in WIDTHS.values():
            page.set_viewport_size({"width": width, "height": 900})
            assert fits(page), f"{page.url} scrolls sideways at {width} px"
            no_barriers(page)

    return look
