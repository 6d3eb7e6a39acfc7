"""The main job, from a roster to a certificate to the board's coverage, as its people would do it."""

import io
import re
import sqlite3
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from courses.content.schema import read_course
from tests.browser.conftest import PATIENCE_SECONDS
from tests.browser.pages import AMIRA, BEA, COL, DOT

pytestmark = pytest.mark.browser
ROSTERS = Path(__file__).resolve().parents[2] / "home" / "demo" / "rosters"
TEXT = read_course("da_a1")
RIGHT = {
    question.prompt: [option.text for option in question.options if option.correct] for question in TEXT.questions()
}


def test_from_roster_to_certificate_to_coverage(sign_in, visitor, environment, no_barriers):
    col = sign_in(COL)
    before = aware_in_date(col)
    amira = sign_in(AMIRA)
    code = complete_the_course(amira, no_barriers)
    a_stranger_checks(visitor(), code, no_barriers)
    hr_sees_amira_and_the_neighbour_does_not(sign_in)
    the_board_sees_coverage_move(col, before, Path(environment["VAR_DIR"]) / "site.sqlite3", no_barriers)


def complete_the_course(page: Page, no_barriers) -> str:
    """Amira does DA-A1 from the first part to the certificate, leaving once on the way; gives the certificate's code."""
    page.goto("/learning/")
    expect(page.get_by_role("heading", name="Your learning")).to_be_visible()
    no_barriers(page)
    page.locator(".ui-card").filter(has_text="what everyone needs to know").get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Start").click()
    for part in range(1, 8):
        expect(page.get_by_text(f"Part {part} of 8")).to_be_visible()
        if part == 2:
            answer_one_check(page)
        if part == 3:
            page.get_by_role("link", name="Stop for now").click()
            page.goto("/learning/")
            page.get_by_role("button", name="Go on where you left").click()
            expect(page.get_by_text("Part 3 of 8")).to_be_visible()
        no_barriers(page)
        page.get_by_role("button", name=re.compile("Go on to part")).click()
    page.get_by_role("button", name="Start the questions").click()
    answer_every_question(page)
    page.get_by_role("button", name="Finish and get my certificate").click()
    expect(page.get_by_text("You have finished")).to_be_visible()
    page.get_by_role("link", name="See and download your certificate").click()
    no_barriers(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    return page.locator("code").inner_text()


def answer_one_check(page: Page) -> None:
    """A check on the way is marked at once, with a word on the chosen answer."""
    check = page.locator(".course-check").first
    check.locator("label").first.click()
    check.get_by_role("button", name="Check my answer").click()
    expect(page.locator(".course-told").first).to_be_visible()


def answer_every_question(page: Page) -> None:
    """The final check, answered rightly from the course's own text."""
    asked = TEXT.final_check.ask
    for number in range(1, asked + 1):
        expect(page.get_by_text(f"question {number} of {asked}")).to_be_visible()
        prompt = page.get_by_role("heading", level=1).inner_text().strip()
        for text in RIGHT[prompt]:
            page.get_by_label(text, exact=True).check()
        page.get_by_role("button", name="Save and go on").click()


def a_stranger_checks(page: Page, code: str, no_barriers) -> None:
    """Anyone with the code sees that it is real and in date, and not where she works."""
    page.goto("/verify/")
    page.get_by_role("textbox").first.fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text("Amira Haddad").first).to_be_visible()
    expect(page.get_by_text(re.compile("in date", re.IGNORECASE)).first).to_be_visible()
    assert "Hospitals" not in page.locator("main").inner_text()
    no_barriers(page)


def hr_sees_amira_and_the_neighbour_does_not(sign_in) -> None:
    """Her HR lead finds her in date; the neighbour's does not find her at all."""
    bea = sign_in(BEA)
    bea.goto("/agency/SHT/people/?text=Amira")
    bea.get_by_role("link", name="Amira Haddad").click()
    row = bea.locator("table").first.locator("tr").filter(has_text="everyone needs to know")
    expect(row).to_contain_text("In date")
    dot = sign_in(DOT)
    assert dot.goto("/agency/SHT/").status == 404
    dot.goto("/agency/POL/people/?text=Amira")
    assert "Haddad" not in dot.content()


def aware_in_date(page: Page) -> int:
    """How many people the board page counts as in date for awareness."""
    page.goto("/board/severnshire/")
    card = page.locator(".ui-stat").filter(has_text="Awareness in date").inner_text()
    found = re.search(r"([\d,]+)\s+of\s+[\d,]+", card.replace("\xa0", " "))
    assert found, "the board page shows no figure"
    return int(found.group(1).replace(",", ""))


def let_the_worker_count(world: Path) -> None:
    """At its next round: it rests twenty times as long as its last count took, on a busy machine for minutes."""
    if world.exists():  # not where the site was served already, with a world that is not ours
        with closing(sqlite3.connect(world, timeout=PATIENCE_SECONDS)) as rows, rows:
            rows.execute("UPDATE strategy_coveragebuild SET milliseconds = 0")


def the_board_sees_coverage_move(page: Page, before: int, world: Path, no_barriers) -> None:
    """One person more, before long; and the figures can be taken away as a workbook."""
    until = time.monotonic() + 2 * PATIENCE_SECONDS
    while (now := aware_in_date(page)) == before and time.monotonic() < until:
        let_the_worker_count(world)
        time.sleep(3)
    assert now > before
    no_barriers(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("XLSX")).first.click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as workbook:
        assert "xl/worksheets/sheet1.xml" in workbook.namelist()


def test_hr_reads_what_a_changed_roster_would_do_and_applies_it(sign_in, no_barriers):
    bea = sign_in(BEA)
    bea.goto("/agency/SHT/roster/")
    no_barriers(bea)
    bea.locator("input[type=file]").set_input_files(ROSTERS / "severnshire-hospitals-next.xlsx")
    bea.get_by_role("checkbox").first.check()
    bea.get_by_role("button", name=re.compile("read|upload|check|preview", re.IGNORECASE)).first.click()
    expect(bea.get_by_role("heading", name="What this file would change")).to_be_visible()
    expect(bea.get_by_text("Noor Castellan").first).to_be_visible()
    no_barriers(bea)
    bea.get_by_role("button", name="Apply to the roster").click()
    expect(bea.get_by_role("heading", name="Receipt")).to_be_visible()
    bea.goto("/agency/SHT/people/?text=Castellan")
    expect(bea.locator("table").last).to_contain_text("Noor Castellan")


def test_a_champion_is_found_by_locality(sign_in, no_barriers):
    amira = sign_in(AMIRA)
    amira.goto("/champions/")
    no_barriers(amira)
    amira.get_by_text("Search in other ways").click()
    amira.get_by_label("Works in").select_option(label="Marlbridge")
    amira.get_by_role("button", name=re.compile("Show|Find|Search")).first.click()
    expect(amira.locator("main .ui-card").first).to_be_visible()
    no_barriers(amira)
