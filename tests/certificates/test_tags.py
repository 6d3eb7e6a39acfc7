"""What a PDF says to who listens to it, read by a library that had no part in writing it."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2 as pdfium
import pytest

from certificates.looks import Shape
from certificates.passport.printed import as_pdf
from certificates.passport.selectors import passport_of
from tests.certificates.test_pdf import NAMES, draw, tags
from training.access.clock import today

DRAWS = {"Tj", "TJ", "'", '"', "Do", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh"}
ALLOWED = {"/L": {"/LI", "/Caption"}, "/LI": {"/Lbl", "/LBody"}}  # ISO 32000-1, 14.8.4.3.3
LONG = "Wolfeschlegelsteinhausenbergerdorff " * 4 + "Blaine"


def unmarked(page) -> list[str]:
    """What is drawn on a page and is neither tagged nor said to be decoration."""
    marks, found = [], []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            marks.append(str(operands[0]) == "/Artifact" or (name == "BDC" and "/MCID" in operands[1]))
        elif name == "EMC":
            marks.pop()
        elif name in DRAWS and not any(marks):
            found.append(name)
    return found


def insist_that_all_is_said(made: bytes) -> None:
    """Everything drawn is tagged or decoration, every picture and link has words, and each tag leads back to its page."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert [unmarked(page) for page in pdf.pages] == [[] for _ in pdf.pages]
        assert all(str(node.Alt) for kind, node in tags(pdf.Root.StructTreeRoot) if kind == "/Figure")
        links = [note for page in pdf.pages for note in page.get("/Annots", [])]
        assert links and all(str(note.Contents) for note in links)
        assert "/ParentTree" in pdf.Root.StructTreeRoot
        for kind, node in tags(pdf.Root.StructTreeRoot):
            if kind in ALLOWED:
                assert {str(kid.S) for kid in node.K} <= ALLOWED[kind]


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
