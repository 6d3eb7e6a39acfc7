"""From a certificate to its PDF, made once and kept under CERTIFICATE_ROOT."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from certificates.looks import Look, Shape, look_of
from certificates.models import Certificate
from certificates.snapshot import FIRST_TEMPLATE, Snapshot
from training.press import fonts, press
from training.press.press import insist_on_letters

DESIGNS = "certificates/print"
# Points: the width of the name's line, the sizes to try, and the size for what needs several lines.
SIZES = {
    Shape.LANDSCAPE: (515, (36, 32, 27, 22, 18), 14),
    Shape.PORTRAIT: (470, (32, 27, 22, 18), 14),
    Shape.CARD: (211, (14, 12, 10, 8), 5.5),
}
MASK = 0  # of eight patterns that break up a QR code; to try them all takes four times as long as the rest of it


def printed(certificate: Certificate, shape: Shape | None = None) -> Path:
    """The PDF of a certificate, from the store or made now. Not to be called inside a transaction."""
    path = path_of(certificate, shape)
    if not path.exists():
        html, design = as_page([said_of(certificate)], shape=shape)
        keep(path, press.pdf(html, design=design))
    return path


def path_of(certificate: Certificate, shape: Shape | None = None) -> Path:
    """Where its PDF is kept once it has been made."""
    words = certificate.words
    drawn = words.template if words.template == FIRST_TEMPLATE else f"{words.template}-{shape_of(words, shape)}"
    return Path(settings.CERTIFICATE_ROOT) / certificate.uid.hex[:2] / f"{certificate.uid}-{drawn}.pdf"


def said_of(certificate: Certificate) -> tuple[Snapshot, str, str]:
    """What is drawn of a certificate: its snapshot, its code and the address that was its own when it was issued."""
    words = certificate.words
    return words, certificate.grouped_code, site_of(words) + reverse("verify-code", args=[certificate.code])


def address_of(certificate: Certificate) -> str:
    """The address, with host, at which anyone can check this certificate."""
    return settings.BASE_URL + reverse("verify-code", args=[certificate.code])


def site_of(words: Snapshot) -> str:
    """Where this site was when it was issued; of those that do not say so, where it is."""
    return words.site or settings.BASE_URL


def shape_of(words: Snapshot, wished: Shape | None) -> Shape:
    """The shape wished for, or its design's own. The first template has only one."""
    if words.template == FIRST_TEMPLATE:
        return Shape.LANDSCAPE
    return wished or look_of(words.design).shape


def as_page(cards: Sequence[tuple[Snapshot, str, str]], *, shape: Shape | None = None) -> tuple[str, str]:
    """Certificates of one template and one design as one document: its HTML, and the name of its style sheet.

    Each is a snapshot, its code and its address. Raises CannotPrint where a letter is in none of our faces.
    """
    words = cards[0][0]
    if words.template == FIRST_TEMPLATE:
        return render_to_string(f"{DESIGNS}/{words.template}.html", _first(*cards[0])), f"{DESIGNS}/{words.template}"
    form = shape_of(words, shape)
    look = look_of(words.design)
    html = render_to_string(f"{DESIGNS}/{words.template}.html", context_of(cards, look, form))
    return html, f"{DESIGNS}/{words.template}-{form}{look.ink}{look.accent}"


def context_of(cards: Sequence[tuple[Snapshot, str, str]], look: Look, shape: Shape) -> dict[str, Any]:
    """What the second template draws."""
    return {
        "cards": [_card(*card, shape) for card in cards],
        "design": look,
        "is_card": shape == Shape.CARD,
    }


def qr_picture(address: str) -> str:
    """The address as a QR code: a picture in a data: address, dark on white, with room for the quiet zone round it."""
    return segno.make(address, error="m", boost_error=False, mask=MASK).png_data_uri(border=0, scale=1)


def short_address(site: str) -> str:
    """Where a code is typed, as printed."""
    return (site + reverse("verify")).partition("://")[2]


def insist_on_words(words: Snapshot) -> None:
    """The same for all that stands on a certificate."""
    if words.template != FIRST_TEMPLATE:
        insist_on_letters(words.name, fonts.FOR_NAMES, what="name")
        insist_on_letters(_text(words), fonts.FOR_TEXT, what="certificate's text")
        return
    insist_on_letters(words.name, [fonts.SERIF, fonts.SANS], what="name")
    insist_on_letters(words.name, [_first_face(words.name)], what="name")
    insist_on_letters(_text(words), [fonts.SANS], what="certificate's text")
    insist_on_letters(words.module_title, [fonts.SANS_BOLD], what="certificate's text")


def keep(path: Path, content: bytes) -> None:
    """Put the file in its place whole, so that nobody reads half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with open(handle, "wb") as file:
        file.write(content)
    os.replace(temporary, path)


def _card(words: Snapshot, code: str, address: str, shape: Shape) -> dict[str, Any]:
    """One certificate as the template draws it."""
    insist_on_words(words)
    room, sizes, smallest = SIZES[shape]
    ems = fonts.width(words.name, fonts.FOR_NAMES)
    size = next((each for each in sizes if ems * each <= room), smallest)
    return {
        "words": words,
        "language": fonts.language_of(words.name),
        "name_size": size,
        "is_dense": size == smallest or _is_long(words, shape),
        "code_lines": _code_lines(code),
        "address": address,
        "short_address": short_address(site_of(words)),
        "qr": qr_picture(address),
    }


def _is_long(words: Snapshot, shape: Shape) -> bool:
    """Whether what it says needs small print."""
    if shape == Shape.CARD and len(words.partnership) + len(words.module_title) > 90:
        return True
    return len(words.module_title) > 90 or len(words.outcomes) > 6 or sum(map(len, words.outcomes)) > 500


def _text(words: Snapshot) -> str:
    """Everything that is printed but the name."""
    named = (words.module_title, words.tier, words.partnership, words.standards, words.method)
    return "".join((*named, words.provider, words.trainer, *words.outcomes))


def _code_lines(code: str) -> list[str]:
    groups = code.split("-")
    return ["-".join(groups[start : start + 2]) for start in range(0, len(groups), 2)]


def _first_face(name: str) -> fonts.Face:
    """The serif where it has every letter of the name, else the sans, which has more scripts."""
    return fonts.SANS if fonts.missing_letters(name, [fonts.SERIF]) else fonts.SERIF


def _first(words: Snapshot, code: str, address: str) -> dict[str, Any]:
    """What the first template draws. It never changes: its certificates are out in the world."""
    insist_on_words(words)
    face = _first_face(words.name)
    ems = fonts.width(words.name, [face])
    size = next((each for each in (40, 32, 27, 22, 18) if ems * each <= 515), 14)
    return {
        "words": words,
        "name_face": "serif" if face is fonts.SERIF else "sans",
        "name_size": size,
        "is_dense": size == 14 or len(words.module_title) > 90 or sum(map(len, words.outcomes)) > 500,
        "code_lines": _code_lines(code),
        "address": address,
        "short_address": short_address(site_of(words)),
        "qr": segno.make(address, error="m", boost_error=False).svg_data_uri(border=0, dark="#08363b"),
    }
