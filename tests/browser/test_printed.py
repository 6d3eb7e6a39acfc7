"""HR prints what its people have learnt, and says whose name is whose: by keyboard, and with nothing for axe to find."""

import re
import zipfile

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import press, reach, tick
from tests.browser.pages import BEA, DEEPA

pytestmark = pytest.mark.browser
ASKED_FOR = "ਦੀਪਾ ਸੰਧੂ"
SAVE = re.compile(r"Save [\d,]+ certificates")


def first_page(pdf: bytes) -> str:
    """What its first page says to those who listen to it."""
    with pdfium.PdfDocument(pdf) as document:
        return document[0].get_textpage().get_text_bounded()


def test_hr_prints_the_certificates_of_a_module(sign_in, is_for_all):
    bea = sign_in(BEA)
    bea.goto("/agency/SHT/")
    press(bea, bea.get_by_role("link", name="Print certificates"))
    is_for_all(bea, "Print certificates")
    module = bea.get_by_label("Of which module?")
    reach(bea, module)
    bea.keyboard.type("When a colleague")
    expect(module).to_have_value("DA-M2")
    tick(bea, "Card for a wallet")
    press(bea, bea.get_by_role("button", name="Make the file"))
    ready = bea.get_by_role("link", name=SAVE).first
    expect(ready).to_be_visible()
    is_for_all(bea, "This week's files")
    with bea.expect_download() as waiting:
        press(bea, ready)
    assert waiting.value.suggested_filename == "learning-records.zip"
    with zipfile.ZipFile(waiting.value.path()) as saved:
        assert re.fullmatch(r"learning-record-\d{5}\.pdf", saved.namelist()[0])
        assert "When a colleague may be harming someone" in first_page(saved.read(saved.namelist()[0]))


def test_a_learner_asks_for_a_name_and_hr_says_that_it_is_theirs(sign_in, is_for_all):
    deepa = sign_in(DEEPA)
    deepa.goto("/certificates/")
    press(deepa, deepa.get_by_role("link", name="How your name is printed"))
    is_for_all(deepa, "How your name is printed")
    reach(deepa, deepa.get_by_label("How your name is to be printed"))
    deepa.keyboard.insert_text(ASKED_FOR)
    press(deepa, deepa.get_by_role("button", name="Ask for this name"))
    expect(deepa.get_by_text("Until they answer, nothing changes.")).to_be_visible()
    is_for_all(deepa, "How your name is printed")

    bea = sign_in(BEA)
    bea.goto("/agency/SHT/")
    press(bea, bea.get_by_role("link", name="Names to be printed"))
    is_for_all(bea, ASKED_FOR)
    press(bea, bea.get_by_role("button", name=re.compile(f"It is their name.*{ASKED_FOR}")))
    expect(bea.get_by_text("It is printed that way now.")).to_be_visible()

    deepa.goto("/certificates/")
    deepa.locator("main .ui-card a").first.click()
    address = deepa.get_by_role("button", name="Download PDF").get_attribute("href")
    answer = deepa.request.get(address)
    assert ASKED_FOR in first_page(answer.body()).split("\r\n")
