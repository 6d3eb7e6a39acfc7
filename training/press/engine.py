"""WeasyPrint, shut in: it reaches the design's own files and nothing else. The confined child alone imports this.

Importing it needs Pango; where that is missing the import fails with OSError.
"""

import hashlib
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

OWN = Path(__file__).parent / "print"
ROOT = OWN.parents[2]
os.environ["FONTCONFIG_FILE"] = str(OWN / "fonts.conf")  # before Pango looks for faces: ours, and no others

from cssselect2 import ElementWrapper  # noqa: E402
from weasyprint import CSS, HTML  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: E402

from training.press import archive, fonts, packed, spoken, tagged  # noqa: E402

NO_XML = {number: " " for number in range(32) if chr(number) not in "\t\n"}  # which a pasted text may hold
PAGES_TOLD = 5  # how often it is told how far a long page is
KINDS = {".ttf": "font/ttf", ".svg": "image/svg+xml"}
FIRST = "certificates/print/1"  # drawn in DejaVu, as PDF/UA alone, since it always was
FROZEN = "certificates/print/2"  # drawn again to the byte, so with the tags that it always had


class ClosedFetcher(URLFetcher):
    """Serves data: addresses and the design's own files, as asset:name. No file:, no network, no redirect."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data", "asset"), allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file behind an address; ValueError for any that is not ours."""
        scheme, _, name = url.partition(":")
        if scheme.lower() != "asset":
            return super().fetch(url, headers)
        path = _assets().get(name)
        if path is None:
            raise ValueError(f"No such asset: {name}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": KINDS[path.suffix]})


class Sheet(HTML):
    """A page of ours: well formed, so that it is read as XML, and drawn by its design's rules alone.

    What WeasyPrint brings for the pages of others, a forgiving parser and the rules of browsers, took a quarter of the
    time of a page.
    """

    def __init__(self, text: str, rules: CSS) -> None:
        self.base_url, self.url_fetcher, self.media_type = None, ClosedFetcher(), "print"
        root = ElementTree.fromstring(text.translate(NO_XML))  # noqa: S314 - from a template of ours, which declares no entities
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element
        self.rules = rules

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [self.rules]


@dataclass(frozen=True, slots=True)
class _Press:
    """What is set up once a process: fonts, style sheet, and the pictures met so far."""

    fonts: FontConfiguration
    style: CSS
    pictures: dict[str, Any]


def pdfs(html: str, *, design: str, is_apart: bool = False) -> list[bytes]:
    """A page as tagged PDF, its fonts embedded: PDF/UA-1, and PDF/A-3a with it. The same page gives the same bytes.

    `is_apart`: each <article> as a file of its own, the same to the byte as if it had been drawn alone.
    """
    if design == FIRST:
        return [_first(html, _press(design))]
    document = laid_out(html, design=design)
    archive.say_accessible(document)
    articles = _articles(document)
    finish = _finished if design.startswith(FROZEN) else _completed
    if is_apart:
        each = ((document.copy(pages), ElementTree.tostring(article)) for article, pages in articles.items())
        return [_written(copy, said, finish) for copy, said in each]
    return [_written(document, b"".join(map(ElementTree.tostring, articles)) or html.encode(), finish)]


@contextmanager
def telling(tell: Callable[[int], None] | None) -> Iterator[None]:
    """Meanwhile tell how many pages are laid out, every few of them; how many it will be, nobody knows before."""
    if tell is None:
        yield
        return
    progress, told = logging.getLogger("weasyprint.progress"), _LaidOut(tell)
    progress.addHandler(told)
    progress.setLevel(logging.INFO)
    try:
        yield
    finally:
        progress.removeHandler(told)
        progress.setLevel(logging.NOTSET)


class _LaidOut(logging.Handler):
    """WeasyPrint says it in its log and nowhere else; when it goes through the pages again, nothing is told."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        super().__init__()
        self.tell, self.next = tell, PAGES_TOLD

    def emit(self, record: logging.LogRecord) -> None:
        """A page is begun."""
        if "Page %d" in str(record.msg) and record.args == (self.next + 1,):
            self.tell(self.next)
            self.next += PAGES_TOLD


def laid_out(html: str, *, design: str) -> Any:
    """A page of any design but the first, laid out and not yet drawn."""
    press = _press(design)
    press.pictures.clear()  # they hold what the last page showed
    return Sheet(html, press.style).render(font_config=press.fonts, cache=press.pictures)


def _articles(document: Any) -> dict[Any, list[Any]]:
    """Every <article>, and the pages it is on."""
    found: dict[Any, list[Any]] = {}
    for page in document.pages:
        article = next((box.element for box in page._page_box.descendants() if box.element_tag == "article"), None)
        if article is not None:
            found.setdefault(article, []).append(page)
    return found


def _written(document: Any, said: bytes, finish: Callable[[Any, Any], None]) -> bytes:
    """A document as PDF, its number made from what it says."""
    number = hashlib.sha256(said).hexdigest()[:32].encode()
    written: bytes = document.write_pdf(finisher=finish, pdf_variant=archive.VARIANT, pdf_identifier=number)
    return written


def _first(html: str, press: _Press) -> bytes:
    """As the first design was always drawn."""
    press.pictures.clear()
    page = HTML(string=html, url_fetcher=ClosedFetcher())
    document = page.render(stylesheets=[press.style], font_config=press.fonts, cache=press.pictures)
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"learning-record")
    return written


def _finished(document: Any, pdf: Any) -> None:
    """What is done to a drawn document before it is written."""
    spoken.say_names(document, pdf)
    packed.pack(pdf)


def _completed(document: Any, pdf: Any) -> None:
    """The same of all that is not frozen, and its tags put right."""
    tagged.complete(document, pdf)
    _finished(document, pdf)


@lru_cache(maxsize=16)
def _press(design: str) -> _Press:
    configuration = FontConfiguration()
    style = CSS(string=_rules(design), font_config=configuration, url_fetcher=ClosedFetcher())
    return _Press(configuration, style, {})


def _rules(design: str) -> str:
    """A design's own sheet, and the one that its shapes share; from the second on in the families of fonts.conf.

    'certificates/print/2-card#08363b#653a6b' names a shape and two colours. They are put in here, once: what CSS works
    out itself, it works out for every page.
    """
    name, *colours = design.split("#")
    own = (ROOT / f"{name}.css").read_text()
    if design == FIRST:
        return f"{fonts.style_rules()}\n{own}"
    family, dash, _ = name.partition("-")
    rules = (OWN / "elements.css").read_text() + ((ROOT / f"{family}.css").read_text() if dash else "") + own
    values = {"names": fonts.stack_of(fonts.FOR_NAMES), "texts": fonts.stack_of(fonts.FOR_TEXT)}
    for key, value in (values | dict(zip(("ink", "accent"), (f"#{each}" for each in colours), strict=False))).items():
        rules = rules.replace(f"var(--{key})", value)
    languages = "\n".join(
        f'[lang="{code}"] {{ font-family: "{fonts.NOTO_SERIF.family}", "{face}"; }}'
        for code, face in fonts.BY_LANGUAGE.items()
    )
    return f"{rules}\n{languages}"


@cache
def _assets() -> dict[str, Path]:
    """Every file that may be fetched, by its bare name."""
    return {face.file: fonts.path_of(face) for face in fonts.FIRST_DESIGN} | {
        path.name: path for path in (ROOT / FIRST).parent.glob("*.svg")
    }
