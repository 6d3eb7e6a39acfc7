"""WeasyPrint, shut in: it reaches the design's own files and nothing else. Import only when printing.

Importing this needs Pango; where it is missing the import fails with OSError, which certificates.printing answers.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from certificates import fonts

DESIGNS = Path(__file__).parent / "print"
KINDS = {".ttf": "font/ttf", ".svg": "image/svg+xml"}
# Pango's font maps are not made for several threads, and a certificate takes a few hundredths of a second.
ONE_AT_A_TIME = Lock()


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


@dataclass(frozen=True, slots=True)
class _Press:
    """What is set up once a process: fonts, style sheet, and the pictures met so far."""

    fonts: FontConfiguration
    style: CSS
    pictures: dict[str, Any]


def pdf(html: str, *, design: str) -> bytes:
    """A page as tagged PDF (PDF/UA-1), its fonts embedded. The same page gives the same bytes."""
    with ONE_AT_A_TIME:
        press = _press(design)
        document = HTML(string=html, url_fetcher=ClosedFetcher())
        return document.write_pdf(
            stylesheets=[press.style],
            font_config=press.fonts,
            cache=press.pictures,
            pdf_variant="pdf/ua-1",
            pdf_identifier=b"learning-record",
        )


@cache
def _press(design: str) -> _Press:
    configuration = FontConfiguration()
    rules = f"{fonts.style_rules()}\n{(DESIGNS / f'{design}.css').read_text()}"
    style = CSS(string=rules, font_config=configuration, url_fetcher=ClosedFetcher())
    return _Press(configuration, style, {})


@cache
def _assets() -> dict[str, Path]:
    """Every file that may be fetched, by its bare name."""
    return {face.file: fonts.path_of(face) for face in fonts.FACES} | {
        path.name: path for path in DESIGNS.glob("*.svg")
    }
