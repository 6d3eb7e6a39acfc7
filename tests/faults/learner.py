"""Somebody with a browser who takes a course, and whose network can be cut."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, as it can be sent again."""

    path: str
    fields: Fields | None = None

    def __str__(self) -> str:
        wish = (self.fields or {}).get("do") or ("post" if self.fields is not None else "open")
        return f"{wish} {self.path}"


@dataclass
class Browser:
    """Cookies, the page that is open, and where the answer to the last request leads."""

    port: int
    session: str
    page: str = ""
    leads_to: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cookies[settings.SESSION_COOKIE_NAME] = self.session

    def send(self, ask: Ask, cut: str = "") -> None:
        """Ask and hear the answer; raises OSError where there is none."""
        asked = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            asked.request(*self._request(ask, cut))
            answer = asked.getresponse()
            self._read(ask, answer, answer.read().decode())
        finally:
            asked.close()

    def half_send(self, ask: Ask) -> None:
        """The network goes while the request is on its way."""
        with self._sent(ask, lambda raw: raw[: len(raw) // 2]):
            pass

    def send_unheard(self, ask: Ask) -> None:
        """The network goes before the answer has come."""
        with self._sent(ask, lambda raw: raw):
            pass

    def _sent(self, ask: Ask, part: Any) -> socket.socket:
        method, path, body, headers = self._request(ask, "")
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        raw = ("\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]) + body).encode()
        asked = socket.create_connection(("127.0.0.1", self.port))
        asked.sendall(part(raw))
        return asked

    def _request(self, ask: Ask, cut: str) -> tuple[str, str, str, dict[str, str]]:
        headers = {
            "Host": "localhost",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Cut": cut,
        }
        body = urlencode(ask.fields or {}, doseq=True)
        return "GET" if ask.fields is None else "POST", ask.path, body, headers

    def _read(self, ask: Ask, answer: HTTPResponse, page: str) -> None:
        assert answer.status in (200, 302), f"{ask} was answered {answer.status}"
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.leads_to = answer.headers.get("Location", "").partition("#")[0]
        if answer.status == 200:
            self.page = page

    def form(self, path: str, **wanted: str) -> Fields:
        """The hidden fields of the form of this page that has these."""
        found = _Forms()
        found.feed(self.page)
        return next(
            fields
            for action, fields in found.forms
            if action.partition("#")[0] in ("", path) and wanted.items() <= fields.items()
        )


class _Forms(HTMLParser):
    """The forms of a page that are sent: action and hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, Fields]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form, or a hidden field of the last one."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((said.get("action", ""), {}))
        if tag == "input" and said.get("type") == "hidden" and self.forms:
            self.forms[-1][1][said["name"]] = said.get("value", "")


def journey(browser: Browser) -> Iterator[Ask]:
    """Each request of somebody who takes the small course from its first page to the ledger."""
    home = "/learning/small/"

    def fill(path: str, sent: Fields, **wanted: str) -> Ask:
        return Ask(path, browser.form(path, **wanted) | sent)

    yield Ask(home)
    yield fill(f"{home}start/", {})
    for number, (check, chosen) in enumerate((("check-one", ["yes"]), ("check-two", ["also", "yes"])), start=1):
        part = f"{home}part-{number}/"
        yield Ask(part)
        yield fill(part, {"chosen": chosen}, do="answer", check=check)
        yield Ask(part)
        yield fill(part, {}, do="continue")
    part = f"{home}part-3/"
    yield Ask(part)
    yield fill(part, {"chosen": ["look"]}, do="tomorrow")
    yield fill(part, {}, do="continue")
    final = f"{home}part-9/"
    yield Ask(final)
    yield fill(final, {})
    for _ in range(2):
        question = browser.leads_to
        yield Ask(question)
        yield fill(question, {"chosen": ["yes"]})
    yield Ask(browser.leads_to)
    yield fill(f"{home}finish/", {})
    yield Ask(f"{home}done/")
