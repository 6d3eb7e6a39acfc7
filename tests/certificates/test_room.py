"""Everything that a certificate says has room on it."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from certificates import printing
from certificates.looks import Look, Shape, Signatory, as_address
from certificates.printing import as_page
from certificates.snapshot import Snapshot
from tests.certificates.test_pdf import ADDRESS, CODE, LONG, NAMES
from training.pathways.catalogue import read_catalogue
from training.press import engine


@pytest.fixture
def words(certificate) -> Snapshot:
    """What stands on amira's certificate."""
    return certificate.words


@pytest.mark.parametrize("shape", [Shape.LANDSCAPE, Shape.PORTRAIT])
@pytest.mark.parametrize("name", ["Ada Lo", "Wolfeschlegelsteinhausenbergerdorff " * 8], ids=["short", "long"])
def test_the_fullest_modules_of_the_catalogue_fit_with_a_tall_logo_and_who_taught_and_signs(
    words, name, shape, monkeypatch
):
    out = io.BytesIO()
    Image.new("RGB", (300, 300), "navy").save(out, "PNG")
    signs = (
        *(Signatory(f"Jo Example {each}", "Chair of the partnership") for each in range(2)),
        Signatory("Wolfe" * 12, "Chair"),
    )
    look = Look(logo=as_address(out.getvalue()), logo_says="A logo", signatories=signs)
    monkeypatch.setattr(printing, "look_of", lambda design: look)
    catalogue = read_catalogue()
    fullest = sorted(catalogue.modules, key=lambda module: (len(module.outcomes), len(module.title)))[-3:]
    for module in fullest:
        full = replace(
            words,
            name=name.strip(),
            module_title=module.title,
            outcomes=module.outcomes,
            tier=catalogue.tier(module.tier).name,
            edition="2026.1",
            provider="Severnshire Lantern and Turnwell Recovery",
            trainer="Somebody Who Trains",
        )
        found = boxes(full, shape)
        assert outcomes_end(found) < footer_begins(found), module.code
        assert signatories_end(found) <= main_ends(found)


def boxes(words: Snapshot, shape: Shape):
    """The laid-out boxes of a snapshot's first page; a card alone has another."""
    page, design = as_page([(words, CODE, ADDRESS)], shape=shape)
    document = engine.laid_out(page, design=design)
    assert len(document.pages) == (2 if shape == Shape.CARD else 1)
    return list(document.pages[0]._page_box.descendants())


@pytest.mark.parametrize("name", [NAMES["thai"], LONG[1]], ids=["tall", "long"])
@pytest.mark.parametrize(
    "partnership", ["Marlbridge Partnership", "Aldermouth and Marlbridge Safeguarding Partnership " * 2]
)
def test_a_card_has_room_for_a_long_partnership_and_module(words, name, partnership):
    title = "Asking about harmful behaviour: people who may be perpetrating"
    found = boxes(replace(words, name=name, partnership=partnership.strip(), module_title=title), Shape.CARD)
    level = next(box for box in found if box.element_tag == "p" and box.element.get("class") == "level")
    assert level.position_y + level.height < min(box.position_y for box in found if box.element_tag == "ul")


def outcomes_end(found) -> float:
    """Where the last outcome ends, in CSS pixels from the top."""
    return max(box.position_y + box.height for box in found if box.element_tag == "li" and box.height != "auto")


def signatories_end(found) -> float:
    """Where the last who signs ends, in CSS pixels from the left."""
    footer = next(box for box in found if box.element_tag == "footer")
    return max(box.position_x + box.width for box in footer.descendants() if box.element_tag == "b")


def main_ends(found) -> float:
    """Where the page's text ends, in CSS pixels from the left."""
    main = next(box for box in found if box.element_tag == "main")
    return main.position_x + main.width + main.padding_left


def footer_begins(found) -> float:
    """Where the line with the issuer begins."""
    return min(box.position_y for box in found if box.element_tag == "footer")
