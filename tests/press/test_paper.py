"""A paper of several pages: its frame, and what is read of it aloud."""

import io
from datetime import date

import pikepdf
import pypdfium2 as pdfium
import pytest

from tests.press.reading import insist_that_all_is_said, tags
from training.press import paper
from training.press.paper import Bars, Paper, Part, Picture, Points, Table, Words, as_long_pdf, as_pdf
from training.press.press import NeedsAnotherFont
from training.ui.charts import funnel, matrix, spread, trend

HASH = "ab12" * 16
TREND = trend([("May 2026", "6", 6), ("Jun 2026", "*", None), ("Jul 2026", "9", 9), ("Aug 2026", "12", 12)], target=10)
GRID = matrix(
    "Kind", ["Northmere", "Southmere"], [("Council", [("0", 0), ("6", 6)]), ("School", [("*", None), ("12", 12)])]
)
BARS = Bars((("Northmere", "12", 12), ("Southmere <b>", "*", None)))
SPREAD = spread([("Northmere", "10%", 10), ("Southmere", "75%", 75), ("Eastmere", "*", None)])
FUNNEL = funnel([("Asked", "240", 240), ("In date", "130", 130)])
TABLE = Table("Agencies", ("Agency", "Said", "Staff"), tuple((f"Agency {n}", f"words {n}", f"{n}") for n in range(70)))
PARTS = (
    Part("What there is", (Words(("Some words & others.",)), Points(("one", "two")), TABLE)),
    Part(
        "Where it is",
        (Picture("From 6 to 12.", TREND, "Over time"), Picture("12 at most.", GRID)),
        is_wide=True,
    ),
    Part(
        "How many",
        (
            Picture("Northmere has 12.", BARS, "In bars"),
            Picture("From 10% to 75%.", SPREAD, "How far they lie apart"),
            Picture("Of 240 asked 130 are in date.", FUNNEL),
        ),
    ),
)
PAPER = Paper(
    name="Learning report",
    heading="Report on something",
    issuer="Severnshire",
    as_at=date(2026, 11, 22),
    parts=PARTS,
    mark="Draft",
    proof=HASH,
    has_contents=True,
)


@pytest.fixture(scope="module")
def made() -> bytes:
    """The paper as PDF."""
    return as_long_pdf(PAPER)


@pytest.fixture(scope="module")
def pdf(made):
    """The same, read back."""
    with pikepdf.open(io.BytesIO(made)) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(made) -> list[str]:
    """What is read on each page from top to bottom."""
    with pdfium.PdfDocument(made) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_all_of_it_is_said_and_it_says_what_it_is(made, pdf):
    insist_that_all_is_said(made)
    assert pdf.Root.MarkInfo.Marked and pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.Root.Lang).lower() == "en-gb"
    assert str(pdf.docinfo.Title) == "Learning report"
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfuaid:part"], metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("1", "3", "A")


def test_each_page_says_its_number_the_day_and_the_mark(pages):
    assert len(pages) == 5
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of 5" in text
        assert "Draft" in text
        assert text.count("As at 22 November 2026") == 1
    assert HASH in pages[0].replace("\r\n", "")


def test_head_and_foot_are_decoration_and_lead_to_no_tag(pdf):
    for page in pdf.pages:
        marked = [list(each) for each, name in pikepdf.parse_content_stream(page) if str(name) == "BDC"]
        kinds = [str(words.get("/Subtype", "")) for tag, words in marked if str(tag) == "/Artifact"]
        assert "/Footer" in kinds
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    assert all(None in list(numbers[place + 1]) for place in range(0, 2 * len(pdf.pages), 2))


def test_the_contents_lead_to_each_part_and_say_its_page(pdf, pages):
    links = [note for page in pdf.pages for note in page.get("/Annots", [])]
    assert [str(note.Contents) for note in links] == [part.title for part in PARTS]
    said = pages[0].replace("\r\n", " ")
    assert "Contents What there is 1 Where it is 4 How many 5" in said
    assert [text.partition("\r\n")[0] for text in (pages[3], pages[4])] == ["Where it is", "How many"]


def test_a_table_has_its_head_on_each_page_and_every_cell_knows_its_heads(pdf, pages):
    assert [("Agency Said Staff" in text.replace("\r\n", " ")) for text in pages] == [True, True, True, False, False]
    heads = [node for kind, node in tags(pdf.Root.StructTreeRoot) if kind == "/TH"]
    scopes = [str(node.A.Scope) for node in heads]
    assert (scopes.count("/Row"), scopes.count("/Column")) == (70, 3)
    cells = [node for kind, node in tags(pdf.Root.StructTreeRoot) if kind == "/TD"]
    assert len(cells) == 140
    names = {str(node.ID) for node in heads}
    assert all(len(node.A.Headers) == 2 and {str(each) for each in node.A.Headers} <= names for node in cells)


def test_over_several_pages_it_is_one_table_to_those_who_listen(pdf):
    found = tags(pdf.Root.StructTreeRoot)
    (table,) = [node for kind, node in found if kind == "/Table"]
    assert [kind for kind, _ in tags(table) if kind in ("/Caption", "/THead", "/TBody")] == [
        "/Caption",
        "/THead",
        "/TBody",
    ]
    assert [kind for kind, _ in tags(table)].count("/TR") == 1 + 70
    assert len({node.Pg.objgen for kind, node in tags(table) if kind == "/TR"}) == 3
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    known = {node.objgen for _, node in found}
    led = [each for place in range(1, 2 * len(pdf.pages), 2) for each in numbers[place] if each is not None]
    assert {each.objgen for each in led} <= known, "what is drawn leads to a tag that is read"


def test_no_row_is_torn_and_none_is_lost(pages):
    said = " ".join(pages).replace("\r\n", " ")
    assert all(f"Agency {number} words {number} {number}" in said for number in range(70))


def test_each_picture_has_words_and_a_place_on_its_page(pdf):
    figures = [node for kind, node in tags(pdf.Root.StructTreeRoot) if kind == "/Figure"]
    assert [str(node.Alt) for node in figures] == [
        *("From 6 to 12.", "12 at most.", "Northmere has 12."),
        *("From 10% to 75%.", "Of 240 asked 130 are in date."),
    ]
    for node in figures:
        left, low, right, high = map(float, node.A.BBox)
        assert 0 < left < right < float(node.Pg.MediaBox[2]) and 0 < low < high < float(node.Pg.MediaBox[3])


def test_what_is_wide_lies_on_its_side(pdf):
    wide = [float(page.MediaBox[2]) > float(page.MediaBox[3]) for page in pdf.pages]
    assert wide == [False, False, False, True, False]


def test_columns_of_figures_and_marks_stand_to_the_right():
    table = Table("T", ("Place", "Words", "Share"), (("7", "none", "12.5%"), ("8", "3", "*"), ("9", "n/a", "1,200")))
    assert [is_number for _, is_number in table.columns] == [False, False, True]


def test_made_again_it_is_the_same_to_the_byte():
    short = Paper("Learning report", "Report", "Severnshire", date(2026, 11, 22), PARTS[2:])
    assert as_pdf(short) == as_long_pdf(short)


def test_who_waits_for_a_long_paper_is_told_how_far_it_is():
    told = []
    parts = [Part(f"Part {number}", [Words(("A word.",))], is_wide=number % 2 == 0) for number in range(24)]
    as_long_pdf(Paper("Learning report", "A pack", "Severnshire", date(2026, 11, 2), parts), told.append)
    assert told == [5, 10]


def test_one_paper_at_a_time_is_drawn_for_those_who_wait(monkeypatch):
    monkeypatch.setattr(paper, "WAIT_SECONDS", 0)
    with paper.AT_ONCE, pytest.raises(paper.Busy, match="Try again in a minute"):
        as_pdf(PAPER)
    assert paper.AT_ONCE.acquire(blocking=False)
    paper.AT_ONCE.release()


def test_a_letter_that_no_face_has_refuses_the_paper():
    with pytest.raises(NeedsAnotherFont, match="This paper needs another font"):
        as_pdf(Paper("Learning report", "Report", "Severnshire 🤱", date(2026, 11, 22), ()))
