"""What a PDF says to who listens to it, read by a library that had no part in writing it."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2 as pdfium
import pytest

from certificates.looks import Shape
from certificates.passport.printed import as_pdf
from certificates.passport.selectors import passport_of
from tests.certificates.test_pdf import NAMES, draw
from tests.press.reading import insist_that_all_is_said, tags
from training.access.clock import today

pytestmark = pytest.mark.alike

LONG = "Wolfeschlegelsteinhausenbergerdorff " * 4 + "Blaine"


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("script", ["latin", "arabic", "devanagari"])
def test_all_of_a_certificate_is_said(certificate, shape, script):
    insist_that_all_is_said(draw(replace(certificate.words, name=NAMES[script]), shape))


def test_all_of_a_passport_is_said(amira, certificate):
    insist_that_all_is_said(as_pdf("Amira Learner", passport_of(amira, on=today()) * 5, on=today()))


@pytest.mark.parametrize("shape", Shape)
def test_a_name_on_several_lines_is_said_once(certificate, shape):
    with pdfium.PdfDocument(draw(replace(certificate.words, name=LONG), shape)) as document:
        lines = document[0].get_textpage().get_text_bounded().split("\r\n")
    first = next(number for number, line in enumerate(lines) if line.startswith("Wolfe"))
    last = next(number for number, line in enumerate(lines) if line.endswith("Blaine"))
    assert first < last and " ".join(lines[first : last + 1]) == LONG
    assert "\n".join(lines).count("Blaine") == 1


@pytest.mark.parametrize(("script", "language"), [("latin", None), ("arabic", "und-Arab"), ("japanese", "ja")])
def test_a_name_is_spoken_in_a_language_of_its_script(certificate, script, language):
    with pikepdf.open(io.BytesIO(draw(replace(certificate.words, name=NAMES[script])))) as pdf:
        (name,) = [
            node for _, node in tags(pdf.Root.StructTreeRoot) if str(node.get("/ActualText", "")) == NAMES[script]
        ]
        assert (str(name.Lang) if "/Lang" in name else None) == language
