"""Everything that can be read in an answer: body, headers, and what lies inside spreadsheets and PDFs."""

import io
import re
import zipfile
from typing import Any

import pikepdf
from django.http import HttpResponseBase


def everything(response: HttpResponseBase) -> str:
    """The answer as one text."""
    body = _body(response)
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    cookies = str(response.cookies)
    return "\n".join((head, cookies, _unpacked(body)))


def _body(response: Any) -> bytes:
    if response.streaming:
        return b"".join(response.streaming_content)
    return bytes(response.content)


def _unpacked(body: bytes) -> str:
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(f"{name}\n{_text(archive.read(name))}" for name in archive.namelist())
    if body.startswith(b"%PDF"):
        return _pdf(body)
    return _text(body)


def _text(body: bytes) -> str:
    return body.decode("utf-8", errors="replace")


def _pdf(body: bytes) -> str:
    """Every string and stream of the file, and its pages' words through the fonts' own tables."""
    with pikepdf.open(io.BytesIO(body)) as document:
        raw = [_object(each) for each in document.objects]
        words = [_page(page) for page in document.pages]
    return "\n".join((*raw, *words))


def _object(each: Any) -> str:
    if isinstance(each, pikepdf.Stream) and "/DecodeParms" not in each:
        try:
            return _text(each.read_bytes())
        except pikepdf.PdfError:
            return ""
    return str(each) if isinstance(each, pikepdf.String) else _strings(each)


def _strings(each: Any) -> str:
    if isinstance(each, pikepdf.Dictionary):
        return "\n".join(str(value) for value in each.values() if isinstance(value, pikepdf.String))
    return ""


def _page(page: pikepdf.Page) -> str:
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    letters: dict[int, str] = {}
    words: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = fonts.get(str(operands[0]), {})
        if str(operator) in {"Tj", "TJ"}:
            for part in operands[0] if str(operator) == "TJ" else operands:
                if isinstance(part, pikepdf.String):
                    words.append(_spelt(bytes(part), letters))
    return "".join(words)


def _spelt(glyphs: bytes, letters: dict[int, str]) -> str:
    pairs = zip(glyphs[::2], glyphs[1::2], strict=False)
    return "".join(letters.get(high << 8 | low, "") for high, low in pairs)


def _letters(font: Any) -> dict[int, str]:
    """What each glyph of a font spells."""
    table = _text(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else ""
    found = re.findall(r"^<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>$", table, re.MULTILINE)
    return {int(glyph, 16): bytes.fromhex(spelt).decode("utf-16-be") for glyph, spelt in found}
