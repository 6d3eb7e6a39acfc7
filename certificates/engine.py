"""WeasyPrint, shut in: it reaches the design's own files and nothing else. The confined child alone imports this.

Importing it needs Pango; where that is missing the import fails with OSError.
"""

import hashlib
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DESIGNS = Path(__file__).parent / "print"
os.environ["FONTCONFIG_FILE"] = str(DESIGNS / "fonts.conf")  # before Pango looks for faces: ours, and no others

from weasyprint import CSS, HTML  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: E402

from certificates import archive, fonts, spoken  # noqa: E402

KINDS = {".ttf": "font/ttf", ".svg": "image/svg+xml"}
FIRST = "1"  # drawn in DejaVu, as PDF/UA alone


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
    """A page as tagged PDF, its fonts embedded: PDF/UA-1, and PDF/A-3a with it. The same page gives the same bytes."""
    press = _press(design)
    press.pictures.clear()  # they hold what the last page showed
    page = HTML(string=html, url_fetcher=ClosedFetcher())
    document = page.render(stylesheets=[press.style], font_config=press.fonts, cache=press.pictures)
    if design == FIRST:
        return document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"learning-record")
    archive.say_accessible(document)
    return document.write_pdf(
        finisher=spoken.say_names,
        pdf_variant=archive.VARIANT,
        pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32].encode(),
    )


@cache
def _press(design: str) -> _Press:
    configuration = FontConfiguration()
    style = CSS(string=_rules(design), font_config=configuration, url_fetcher=ClosedFetcher())
    return _Press(configuration, style, {})


def _rules(design: str) -> str:
    """A design's own sheet, and the one that its shapes share; from the second on in the families of fonts.conf."""
    own = (DESIGNS / f"{design}.css").read_text()
    if design == FIRST:
        return f"{fonts.style_rules()}\n{own}"
    families = f"--names: {fonts.stack_of(fonts.FOR_NAMES)}; --texts: {fonts.stack_of(fonts.FOR_TEXT)};"
    languages = "\n".join(
        f':lang({code}) {{ font-family: "{fonts.NOTO_SERIF.family}", "{family}"; }}'
        for code, family in fonts.BY_LANGUAGE.items()
    )
    family, dash, _ = design.partition("-")
    shared = (DESIGNS / f"{family}.css").read_text() if dash else ""
    return f":root {{ {families} }}\n{shared}\n{own}\n{languages}"


@cache
def _assets() -> dict[str, Path]:
    """Every file that may be fetched, by its bare name."""
    return {face.file: fonts.path_of(face) for face in fonts.FIRST_DESIGN} | {
        path.name: path for path in DESIGNS.glob("*.svg")
    }
