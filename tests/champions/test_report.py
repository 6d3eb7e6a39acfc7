"""The network's report for the board: small numbers hidden, nothing that tells them, and the same in the spreadsheet."""

import io

import openpyxl
import pypdfium2 as pdfium

from champions.conditions import Conditions
from champions.report_paper import ON_THEIR_WAY, paper_of
from champions.selectors.report import in_words, network_report
from champions.services.steps import refresh_steps
from tests.champions.conftest import post_of
from tests.press.reading import insist_that_all_is_said
from training.people.models import Term
from training.press import press


def said_in(pdf: bytes) -> str:
    """What is read in a PDF, on one line."""
    with pdfium.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def test_small_numbers_and_what_would_tell_them_are_hidden(access_for, cy, world, network, day, moment):
    for number in range(6):
        network.champion(world.agency, f"North{number}", network.north)
    network.champion(world.neighbour, "South", network.south)
    refresh_steps(at=moment)
    report = network_report(world.partnership, on=day)
    tables = {table.title: {row[0]: row[1:] for row in table.rows} for table in report.tables}
    assert tables["By district"]["Southmere"][:2] == ("*", "*")
    assert tables["By district"]["Southmere"][3] == "*", "how many workplaces have one would tell"
    assert tables["Gaps"]["Agencies whose last active champion lapses soon"] == ("0",)
    shown = [tables["The network"]["Active"][0], *(row[0] for row in tables["By district"].values())]
    assert shown.count("*") >= 2, "one hidden number alone could be worked out from the whole"
    today = list(tables["Active champions over twelve months"].values())[-1][0]
    assert today == tables["The network"]["Active"][0]


def test_a_chart_draws_what_is_shown_and_nothing_of_what_is_hidden(access_for, cy, world, network, day, moment):
    for number in range(6):
        network.champion(world.agency, f"North{number}", network.north)
    network.champion(world.neighbour, "South", network.south)
    refresh_steps(at=moment)
    report = network_report(world.partnership, on=day)
    paper = paper_of(report, world.partnership, is_complete=False)
    where = next(part for part in paper.parts if part.title == "Where champions are")
    bars = {label: (text, value) for label, text, value in where.blocks[0].chart.rows}
    assert bars["Southmere"] == ("*", None)
    assert all((value is None) == (text == "*") for text, value in bars.values())
    assert paper.mark == ON_THEIR_WAY and paper.name == "Learning report"


def test_where_no_paper_can_be_made_the_page_says_so(sign_in, cy, network, monkeypatch):
    def nothing(*args, **more):
        raise press.TooMuch("This PDF could not be made.")

    monkeypatch.setattr(press, "pdf", nothing)
    answer = sign_in(cy).get("/champions/network/severnshire/report.pdf", follow=True)
    assert answer.redirect_chain == [("/champions/network/severnshire/report/", 302)]
    assert "This PDF could not be made." in answer.content.decode()


def test_the_conditions_are_said_in_words():
    said = list(in_words(Conditions(meetings_needed=2, meetings_of=4, check_in_months=12, warn_days=60)))
    assert said[1:3] == [
        "2 of the last 4 network meetings.",
        "A check-in every 12 months, by the champion and by their manager.",
    ]
    assert len(list(in_words(Conditions()))) == 2


def test_page_and_spreadsheet_name_nobody_and_say_the_same(sign_in, cy, world, network, pola, hana, moment):
    Term.objects.everywhere(reason="test").filter(post=post_of(pola.person)).update(locality=None)
    refresh_steps(at=moment)
    client = sign_in(cy)
    page = client.get("/champions/network/severnshire/report/").content.decode()
    answer = client.get("/champions/network/severnshire/report.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[0] == ("Part", "Line", "Figure", "Value")
    assert ("The network", "Active", "Number", "*") in rows
    for row in rows[1:]:
        assert str(row[0]).split(":")[0] in page.replace("&#x27;", "'")
        assert str(row[3]).replace("'", "&#x27;") in page
    assert "Pola" not in page + repr(rows)
    made = client.get("/champions/network/severnshire/report.pdf")
    said = said_in(made.content)
    assert all(str(row[3]) in said for row in rows[1:])
    assert "Pola" not in said and "learning-report.pdf" in made["Content-Disposition"]
    insist_that_all_is_said(made.content)
    assert "champion" not in answer["Content-Disposition"]
