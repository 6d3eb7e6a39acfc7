"""A passport as PDF, tagged for those who listen to it."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from certificates.passport.selectors import Line
from certificates.printing import DESIGNS, short_address
from training.press import fonts
from training.press.press import insist_on_letters, pdf


def as_pdf(name: str, lines: Sequence[Line], *, on: date) -> bytes:
    """The record as tagged PDF; CannotPrint where that is not possible here."""
    said = {"name": name, "language": fonts.language_of(name), "on": on, "lines": lines}
    html = render_to_string(f"{DESIGNS}/record.html", said | {"short_address": short_address(settings.BASE_URL)})
    insist_on_letters(name, fonts.FOR_NAMES, what="name")
    insist_on_letters(strip_tags(html), fonts.FOR_TEXT, what="record")
    return pdf(html, design=f"{DESIGNS}/record")
