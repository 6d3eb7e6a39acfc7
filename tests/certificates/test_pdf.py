"""The PDF: tagged, self-contained, neutral from outside, and the same when made again."""

import io
import subprocess
import sys
from dataclasses import replace

import pikepdf
import pypdfium2 as pdfium
import pytest
import segno
from django.test import override_settings

from certificates import printing
from certificates.looks import Shape
from certificates.printing import as_page, printed, qr_picture
from certificates.snapshot import Snapshot
from tests.press.reading import tags
from training.press import children, fonts, press
from training.press.press import NeedsAnotherFont, NoEngine

pytestmark = pytest.mark.alike  # drawn from a snapshot; pages that print are walked on every database

CODE = "K7Q2-9ABC-D4XW-0MNT-8RZE-5H3V-J6PS-1G2Y"
ADDRESS = "https://training.example/verify/" + CODE.replace("-", "")
# Fourteen scripts, some names that run right to left, and some that are long.
NAMES = {
    "latin": "Siân Ŵyn Llewellyn-Featherstonehaugh",
    "greek": "Γεωργία Παπαδοπούλου",
    "cyrillic": "Дарья Кузнецова",
    "arabic": "فاطمة الزهراء",
    "hebrew": "שרה כהן",
    "devanagari": "अमीरा शर्मा लक्ष्मी किरण",
    "bengali": "মৌসুমী চট্টোপাধ্যায়",
    "gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "gujarati": "હેતલબેન પટેલ",
    "tamil": "தமிழ்ச்செல்வி கிருஷ்ணன்",
    "thai": "สมหญิง ใจดี",
    "chinese": "王小明",
    "japanese": "山田 花子 ゆき",
    "korean": "김민지",
}
FACES = {
    "arabic": "Noto-Naskh-Arabic",
    **{name: f"Noto-Serif-{name.title()}" for name in ("hebrew", "devanagari", "bengali", "gurmukhi", "gujarati")},
    **{name: f"Noto-Serif-{name.title()}" for name in ("tamil", "thai")},
    "chinese": "Noto-Sans-CJK-SC",
    "japanese": "Noto-Sans-CJK-JP",
    "korean": "Noto-Sans-CJK-KR",
}
LONG = [
    "Li",
    ("Wolfeschlegelsteinhausenbergerdorff " * 8)[:300].strip(),
    "X" * 300,
    "<b>Robert & 'Bobby'</b> {{ words }}",
]


def draw(words: Snapshot, shape: Shape = Shape.LANDSCAPE) -> bytes:
    """A snapshot with a code of ours, as PDF."""
    return drawn([(words, CODE, ADDRESS)], shape)


def drawn(cards, shape: Shape) -> bytes:
    """Certificates in one file."""
    html, design = as_page(cards, shape=shape)
    return press.pdf(html, design=design)


@pytest.fixture
def words(certificate) -> Snapshot:
    """What stands on amira's certificate."""
    return certificate.words


@pytest.fixture
def pdf(words):
    """Amira's certificate, read back."""
    with pikepdf.open(io.BytesIO(draw(words))) as opened:
        yield opened


def test_it_is_tagged_has_a_language_and_says_that_it_is_accessible(pdf):
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang).lower() == "en-gb"
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfuaid:part"], metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("1", "3", "A")
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    described = pdf.Root.Metadata.read_bytes().decode()
    assert described.count("<rdf:RDF") == 1 and "http://www.aiim.org/pdfa/ns/extension/" in described


def test_no_picture_is_smoothed_and_every_note_prints(pdf):
    """What PDF/A asks of pictures and links."""
    pictures = [
        each for page in pdf.pages for each in page.Resources.XObject.values() if each.get("/Subtype") == "/Image"
    ]
    assert pictures and not any(bool(each.get("/Interpolate", False)) for each in pictures)
    assert [int(note.F) & 4 for page in pdf.pages for note in page.Annots] == [4]


def test_its_title_is_neutral_and_is_what_a_reader_shows(pdf):
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Learning record"
    assert str(pdf.docinfo.Title) == "Learning record"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "abuse" not in str(pdf.docinfo).lower()


def test_its_headings_lists_and_picture_are_marked(pdf):
    found = tags(pdf.Root.StructTreeRoot)
    kinds = [kind for kind, _ in found]
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1", "/H2", "/H3", "/H2"]
    assert "/L" in kinds and "/LI" in kinds
    figures = [node for kind, node in found if kind == "/Figure"]
    assert [str(node.Alt) for node in figures] == ["QR code that opens the page which checks this certificate"]


def test_every_font_is_embedded_and_is_one_of_ours(pdf):
    found = embedded(pdf)
    assert all(found.values())
    assert {name.partition("+")[2] for name in found} == {
        "Noto-Sans",
        "Noto-Sans-Bold",
        "Noto-Serif",
        "DejaVu-Sans-Mono",
    }


def test_the_link_of_the_qr_code_is_the_page_that_checks_it(pdf):
    assert [str(note.A.URI) for page in pdf.pages for note in page.Annots] == [ADDRESS]


def test_the_qr_code_says_the_address_that_the_site_had_when_it_was_issued(certificate, monkeypatch):
    drawn = []
    monkeypatch.setattr(segno, "make", lambda text, **how: drawn.append(text) or real(text, **how))
    was = printed(certificate).read_bytes()
    printed(certificate).unlink()
    with override_settings(BASE_URL="https://elsewhere.example"):
        assert printed(certificate).read_bytes() == was
        del certificate.snapshot["site"]  # as of those issued before it was kept
        printing.as_page([printing.said_of(certificate)])
    path = f"/verify/{certificate.code}"
    assert drawn == [f"http://testserver{path}", f"http://testserver{path}", f"https://elsewhere.example{path}"]


real = segno.make


def test_a_line_break_pasted_from_a_word_processor_is_a_space(words):
    with pdfium.PdfDocument(draw(replace(words, tier="A\x0bware"))) as document:
        assert "Tier: A ware" in document[0].get_textpage().get_text_bounded()


def test_the_qr_picture_is_that_of_the_address():
    assert qr_picture(ADDRESS) != qr_picture(ADDRESS[:-1] + "Z")
    assert qr_picture(ADDRESS).startswith("data:image/png")


def said(pdf) -> str:
    """The text extracted: what stands for the name in its tag."""
    return "".join(str(node.ActualText) for _, node in tags(pdf.Root.StructTreeRoot) if "/ActualText" in node)


@pytest.mark.parametrize("script", NAMES)
def test_a_name_in_each_script_is_drawn_in_its_own_face_and_reads_back_as_itself(words, script):
    made = draw(replace(words, name=NAMES[script]))
    with pdfium.PdfDocument(made) as document:
        assert NAMES[script] in document[0].get_textpage().get_text_bounded().split("\r\n")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert said(pdf) == NAMES[script]
        assert any(FACES.get(script, "Noto-Serif") in font for font in embedded(pdf))


def embedded(pdf) -> dict[str, bool]:
    """Every font that is used, and whether it is inside the file."""
    below = [font.DescendantFonts[0] for page in pdf.pages for font in page.Resources.Font.values()]
    return {
        str(font.BaseFont): any(key in font.FontDescriptor for key in ("/FontFile2", "/FontFile3")) for font in below
    }


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("name", LONG, ids=lambda name: name[:6])
def test_names_of_any_length_keep_to_one_page(words, name, shape):
    with pikepdf.open(io.BytesIO(draw(replace(words, name=name), shape))) as pdf:
        assert len(pdf.pages) == (2 if shape == Shape.CARD else 1)
        assert said(pdf) == name


@pytest.mark.parametrize("name", ["Ada 🤱", "𓀀𓂀"])
def test_a_name_without_a_glyph_is_refused_and_never_printed_as_boxes(words, name):
    with pytest.raises(NeedsAnotherFont, match=f"name needs another font: ours has no {name[-1]}"):
        draw(replace(words, name=name[-1]))


def test_a_missing_glyph_in_the_text_is_refused_too(words):
    with pytest.raises(NeedsAnotherFont, match="text needs another font"):
        draw(replace(words, outcomes=("listen 🤱",)))


def test_the_first_design_is_drawn_as_it_was(words):
    """In DejaVu, as PDF/UA alone; letters that DejaVu lacks are still refused."""
    made = draw(replace(words, template="1"))
    with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_metadata() as metadata:
        assert "pdfaid:part" not in metadata
        assert {name.partition("+")[2] for name in embedded(pdf)} >= {"Certificate-Serif", "Certificate-Sans"}
    with pytest.raises(NeedsAnotherFont):
        draw(replace(words, template="1", name="王小明"))


def test_made_again_it_is_the_same_to_the_byte(words):
    assert draw(words) == draw(words)


@pytest.mark.parametrize("shape", [Shape.LANDSCAPE, Shape.CARD])
def test_laid_out_together_each_is_the_same_to_the_byte_as_alone(words, shape):
    names = [NAMES["bengali"], LONG[1], NAMES["arabic"], "Li"]
    cards = [(replace(words, name=name), CODE[:-1] + str(number), ADDRESS) for number, name in enumerate(names)]
    together = list(press.pdfs([as_page(cards, shape=shape)], is_apart=True))
    assert together == [drawn([card], shape) for card in cards]


def test_it_is_made_once_and_kept(certificate, certificate_root, monkeypatch):
    path = printed(certificate)
    assert path.is_relative_to(certificate_root)
    assert path.name == f"{certificate.uid}-2-landscape.pdf"
    monkeypatch.setattr(press, "pdf", lambda *args, **more: pytest.fail("made twice"))
    assert printed(certificate) == path
    assert [each.suffix for each in path.parent.iterdir()] == [".pdf"]


def test_without_its_libraries_it_says_so(words, monkeypatch):
    def nothing(*args, **more):
        raise children.CannotRun("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(children.Press, "do", nothing)
    with pytest.raises(NoEngine, match="cannot make PDF files"):
        draw(words)


def test_the_site_starts_without_its_libraries():
    started = subprocess.run(
        [
            sys.executable,
            "-c",
            "import django; django.setup(); import sys, certificates.views; assert 'weasyprint' not in sys.modules",
        ],
        capture_output=True,
    )
    assert started.returncode == 0, started.stderr.decode()


def test_without_its_fonts_it_says_so(words, monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "FOLDERS", (tmp_path,))
    fonts.path_of.cache_clear()
    fonts._widths.cache_clear()
    try:
        with pytest.raises(NoEngine):
            draw(words)
    finally:
        fonts.path_of.cache_clear()
