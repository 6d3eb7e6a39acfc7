"""The PDF: tagged, self-contained, neutral from outside, and the same when made again."""

import io
import subprocess
import sys
from dataclasses import replace

import pikepdf
import pytest
import segno
from django.test import override_settings

from certificates import engine, fonts, printing
from certificates.printing import NeedsAnotherFont, NoEngine, as_pdf, printed, qr_picture
from certificates.snapshot import Snapshot
from training.pathways.catalogue import read_catalogue

CODE = "K7Q2-9ABC-D4XW-0MNT-8RZE-5H3V-J6PS-1G2Y"
ADDRESS = "https://training.example/verify/" + CODE.replace("-", "")
NAMES = [
    "Li",
    "Siân Llewellyn-Featherstonehaugh ap Rhydderch",
    "Wolfeschlegelsteinhausenbergerdorff " * 6,
    "X" * 240,
    "Γεωργία Παπαδοπούλου",
    "Дарья Кузнецова",
    "فاطمة الزهراء",
    "שרה כהן",
    "<b>Robert & 'Bobby'</b> {{ words }}",
]


def draw(words: Snapshot) -> bytes:
    """A snapshot with a code of ours, as PDF."""
    return as_pdf(words, code=CODE, address=ADDRESS)


def pages(words: Snapshot) -> int:
    """How many pages it takes."""
    with pikepdf.open(io.BytesIO(draw(words))) as pdf:
        return len(pdf.pages)


def tags(node, found=None):
    """Every structure element below one: its kind and itself."""
    found = [] if found is None else found
    if isinstance(node, pikepdf.Dictionary) and "/S" in node:
        found.append((str(node.S), node))
    children = node.get("/K", []) if isinstance(node, pikepdf.Dictionary) else []
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            tags(child, found)
    return found


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
        assert metadata["pdfuaid:part"] == "1"


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
    found = {}
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            below = font.DescendantFonts[0]
            found[str(below.BaseFont)] = "/FontFile2" in below.FontDescriptor or "/FontFile3" in below.FontDescriptor
    assert all(found.values())
    assert len(found) >= 4


def test_the_link_of_the_qr_code_is_the_page_that_checks_it(pdf):
    assert [str(note.A.URI) for page in pdf.pages for note in page.Annots] == [ADDRESS]


def test_the_qr_code_says_the_address_of_the_page_that_checks_it(certificate, monkeypatch):
    drawn = []
    monkeypatch.setattr(segno, "make", lambda text, **how: drawn.append(text) or real(text, **how))
    with override_settings(BASE_URL="https://training.example"):
        printed(certificate)
    assert drawn == [f"https://training.example/verify/{certificate.code}"]


real = segno.make


def test_the_qr_picture_is_that_of_the_address():
    assert qr_picture(ADDRESS) != qr_picture(ADDRESS[:-1] + "Z")
    assert qr_picture(ADDRESS).startswith("data:image/svg+xml")


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:12])
def test_short_long_and_foreign_names_keep_to_one_page(words, name):
    assert pages(replace(words, name=name.strip())) == 1


def test_every_module_of_the_catalogue_fits_with_a_name_of_any_length(words):
    catalogue = read_catalogue()
    for module in catalogue.modules:
        full = replace(
            words,
            name="Wolfeschlegelsteinhausenbergerdorff " * 6,
            module_title=module.title,
            outcomes=module.outcomes,
            tier=catalogue.tier(module.tier).name,
            edition="2026.1",
        )
        assert outcomes_end(full) < footer_begins(full), module.code


def boxes(words: Snapshot):
    """The laid-out boxes of a snapshot, one page asserted."""
    press = engine._press(words.template)
    html = engine.HTML(string=printing._html(words, CODE, ADDRESS), url_fetcher=engine.ClosedFetcher())
    document = html.render(stylesheets=[press.style], font_config=press.fonts)
    assert len(document.pages) == 1
    return list(document.pages[0]._page_box.descendants())


def outcomes_end(words: Snapshot) -> float:
    """Where the last outcome ends, in CSS pixels from the top."""
    return max(box.position_y + box.height for box in boxes(words) if box.element_tag == "li" and box.height != "auto")


def footer_begins(words: Snapshot) -> float:
    """Where the line with the issuer begins."""
    return min(box.position_y for box in boxes(words) if box.element_tag == "footer")


def test_a_name_without_a_glyph_is_refused_and_never_printed_as_boxes(words):
    with pytest.raises(NeedsAnotherFont, match="ours has no अ, म"):
        draw(replace(words, name="अम Learner"))


@pytest.mark.parametrize("name", ["王小明", "Ada 🤱"])
def test_other_scripts_and_emoji_are_refused(words, name):
    with pytest.raises(NeedsAnotherFont):
        draw(replace(words, name=name))


def test_a_missing_glyph_in_the_text_is_refused_too(words):
    with pytest.raises(NeedsAnotherFont, match="text needs another font"):
        draw(replace(words, outcomes=("listen 聴",)))


def test_made_again_it_is_the_same_to_the_byte(words):
    assert draw(words) == draw(words)


def test_it_is_made_once_and_kept(certificate, certificate_root, monkeypatch):
    path = printed(certificate)
    assert path.is_relative_to(certificate_root)
    assert path.name == f"{certificate.uid}-1.pdf"
    monkeypatch.setattr(printing, "as_pdf", lambda *args, **more: pytest.fail("made twice"))
    assert printed(certificate) == path
    assert [each.suffix for each in path.parent.iterdir()] == [".pdf"]


class WithoutPango:
    """An import of the engine on a machine that lacks its libraries."""

    def __init__(self, error):
        self.error = error

    def find_spec(self, name, path=None, target=None):
        """Only the engine cannot be imported."""
        if name == "certificates.engine":
            raise self.error


@pytest.mark.parametrize("error", [OSError("cannot load library 'libpango-1.0-0'"), ImportError("weasyprint")])
def test_without_its_libraries_it_says_so(words, monkeypatch, error):
    monkeypatch.delitem(sys.modules, "certificates.engine")
    monkeypatch.delattr("certificates.engine")
    monkeypatch.setattr(sys, "meta_path", [WithoutPango(error), *sys.meta_path])
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


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "https://127.0.0.1:9/x.png",
        "ftp://127.0.0.1/x",
        "//127.0.0.1/x",
        "asset:../settings.py",
        "asset:1.css",
        "asset:/etc/passwd",
    ],
)
def test_the_fetcher_reaches_nothing_but_our_own_files(address):
    with pytest.raises(ValueError):
        engine.ClosedFetcher().fetch(address)


def test_pictures_styles_and_attachments_from_elsewhere_are_left_out(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary-4711")
    asked = []

    class Watching(engine.ClosedFetcher):
        """Notes what was asked for and what came back."""

        def fetch(self, url, headers=None):
            asked.append(url)
            return super().fetch(url, headers)

    html = (
        f'<link rel=attachment href="{secret.as_uri()}"><link rel=stylesheet href="{secret.as_uri()}">'
        f'<img src="{secret.as_uri()}"><img src="http://127.0.0.1:9/x.png"><p>text'
    )
    made = engine.HTML(string=html, url_fetcher=Watching()).write_pdf(uncompressed_pdf=True)
    assert asked.count(secret.as_uri()) >= 3
    assert b"canary-4711" not in made
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.attachments) == 0
