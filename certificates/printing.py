"""From a certificate to its PDF, made once and kept under CERTIFICATE_ROOT."""

import os
import tempfile
from pathlib import Path

import segno
import structlog
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from certificates import fonts
from certificates.models import Certificate
from certificates.snapshot import Snapshot

log = structlog.get_logger("certificates")

NAME_SIZES = (40, 32, 27, 22, 18)  # points, the largest that fits on one line
NAME_WIDTH = 515  # points
LONG_NAME = 14  # points, for what needs several lines


class CannotPrint(Exception):
    """No PDF can be made; the text can be shown to the holder. The certificate itself stands."""


class NoEngine(CannotPrint):
    """This server lacks what printing needs."""


class NeedsAnotherFont(CannotPrint):
    """Some letters are in none of our faces."""


def printed(certificate: Certificate) -> Path:
    """The PDF of a certificate, from the store or made now. Not to be called inside a transaction."""
    words = certificate.words
    path = Path(settings.CERTIFICATE_ROOT) / certificate.uid.hex[:2] / f"{certificate.uid}-{words.template}.pdf"
    if not path.exists():
        _keep(path, as_pdf(words, code=certificate.grouped_code, address=address_of(certificate)))
    return path


def address_of(certificate: Certificate) -> str:
    """The address, with host, at which anyone can check this certificate."""
    return settings.BASE_URL + reverse("verify-code", args=[certificate.code])


def as_pdf(words: Snapshot, *, code: str, address: str) -> bytes:
    """A snapshot as PDF; CannotPrint where that is not possible here."""
    try:
        html = _html(words, code, address)
        from certificates import engine
    except (ImportError, OSError, fonts.FontsMissing) as reason:
        log.error("printing is not possible", reason=str(reason))
        raise NoEngine(
            "This server cannot make PDF files at the moment. Ask its administrator to run set-up."
        ) from reason
    return engine.pdf(html, design=words.template)


def qr_picture(address: str) -> str:
    """The address as a QR code: an SVG in a data: address, dark on white, with room for the quiet zone round it."""
    return segno.make(address, error="m", boost_error=False).svg_data_uri(border=0, dark="#08363b")


def _html(words: Snapshot, code: str, address: str) -> str:
    face = _name_face(words.name)
    name_size = _name_size(words.name, face)
    _insist_on_letters(words)
    groups = code.split("-")
    return render_to_string(
        f"certificates/print/{words.template}.html",
        {
            "words": words,
            "name_face": "serif" if face is fonts.SERIF else "sans",
            "name_size": name_size,
            "is_dense": name_size == LONG_NAME or len(words.module_title) > 90 or sum(map(len, words.outcomes)) > 500,
            "code_lines": ["-".join(groups[start : start + 2]) for start in range(0, len(groups), 2)],
            "address": address,
            "short_address": (settings.BASE_URL + reverse("verify")).partition("://")[2],
            "qr": qr_picture(address),
        },
    )


def _name_face(name: str) -> fonts.Face:
    """The serif where it has every letter of the name, else the sans, which has more scripts."""
    if not fonts.missing_letters(name, fonts.SERIF):
        return fonts.SERIF
    if missing := fonts.missing_letters(name, fonts.SANS):
        raise NeedsAnotherFont(f"This name needs another font: ours has no {', '.join(missing)}.")
    return fonts.SANS


def _name_size(name: str, face: fonts.Face) -> int:
    """The largest size, in points, at which the name keeps to one line; else the size for several lines."""
    ems = fonts.width(name, face)
    return next((size for size in NAME_SIZES if ems * size <= NAME_WIDTH), LONG_NAME)


def _insist_on_letters(words: Snapshot) -> None:
    """Everything but the name is printed in the sans, plain or bold."""
    text = "".join((words.module_title, words.tier, words.partnership, words.standards, words.method, *words.outcomes))
    if missing := fonts.missing_letters(text, fonts.SANS) or fonts.missing_letters(words.module_title, fonts.SANS_BOLD):
        raise NeedsAnotherFont(f"This certificate's text needs another font: ours has no {', '.join(missing)}.")


def _keep(path: Path, content: bytes) -> None:
    """Put the file in its place whole, so that nobody reads half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with open(handle, "wb") as file:
        file.write(content)
    os.replace(temporary, path)
