"""A passport as PDF, tagged for those who listen to it."""

from collections.abc import Sequence
from datetime import date

from django.template.loader import render_to_string
from django.utils.html import strip_tags

from certificates import fonts
from certificates.passport.selectors import Line
from certificates.printing import drawn, insist_on_letters


def as_pdf(name: str, lines: Sequence[Line], *, on: date) -> bytes:
    """The record as tagged PDF; CannotPrint where that is not possible here."""
    html = render_to_string("certificates/print/record.html", {"name": name, "on": on, "lines": lines})
    for face in (fonts.SANS, fonts.SANS_BOLD):
        insist_on_letters(strip_tags(html), [face], what="record")
    return drawn(html, "record")
