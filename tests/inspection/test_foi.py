"""A freedom-of-information pack: asked for once, counted as coverage is, hidden as for the public, kept a month."""

import csv
import html
import io
import re
from dataclasses import replace
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.conftest import MOMENT
from tests.inspection.conftest import CODE, SEPTEMBER
from training.audit.models import AuditEvent
from training.inspection.foi import WITHIN, Counted, figures_of, numbers, within
from training.inspection.models import FoiPack
from training.inspection.services import foi as services
from training.inspection.years import Year, years_told
from training.strategy.coverage import Cell, Place
from training.strategy.selectors.reports import counted
from training.strategy.suppress import Audience, Figure

PAGE, ASK, FILE = (reverse(name, args=[CODE]) for name in ("foi-pack", "foi-pack-ask", "foi-pack-file"))
LATER = MOMENT + timedelta(minutes=3)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """It is the moment of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: MOMENT)


def text(answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def read_as(shown: Figure) -> tuple[str, str]:
    return shown.numerator_text, shown.percent_text


def read(bundle: ZipFile, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(bundle.read(name).decode("utf-8-sig"))))


@pytest.fixture
def bundle(world, kim, as_, monkeypatch) -> ZipFile:
    """What the coordinator downloads."""
    as_(kim).post(ASK)
    assert services.make_packs(at=MOMENT) == 0, "what was being written when it was asked for may not be seen yet"
    assert services.make_packs(at=LATER) == 1
    return ZipFile(io.BytesIO(as_(kim).get(FILE).content))


def test_the_pack_tells_each_group_hidden_and_rounded_as_for_the_public(bundle):
    head = ["year", "as_at", "agency", "role_group", "module", "module_title"]
    head += ["required", "in_date", "rate_percent", "overdue"]
    year = ["2026-27 to September", "2026-09-30"]
    hospital, module = "Severn Vale Hospitals", ["DA-A1", "Awareness"]
    assert read(bundle, "csv/within-2026-27-to-september.csv") == [head], "four nurses would be known from the others"
    agencies = read(bundle, "csv/agencies.csv")
    assert agencies[1] == [*year, hospital, *module, "105", "75", "71", "30"]
    assert ["2026-27 to September", "2026-09-30", "Marlbridge District Council"] in read(
        bundle, "csv/did-not-report.csv"
    )


def test_the_workbook_has_a_visible_sheet_of_values_for_each_table(bundle):
    book = load_workbook(io.BytesIO(bundle.read("learning-figures.xlsx")))
    files = [name for name in bundle.namelist() if name.startswith("csv/")]
    assert len(book.sheetnames) == len(files)
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    rows = [list(row) for row in book["Agencies"].iter_rows(values_only=True)]
    assert [[str(cell) for cell in row] for row in rows] == read(bundle, "csv/agencies.csv")
    assert bundle.read("method.pdf").startswith(b"%PDF")


def test_asking_again_says_that_there_is_one_until_it_is_dropped(bundle, kim, as_):
    assert "There is one already" in text(as_(kim).post(ASK, follow=True))
    assert services.drop_packs(at=MOMENT + timedelta(days=31)) == 0
    assert services.drop_packs(at=MOMENT + timedelta(days=32)) == 1
    assert as_(kim).get(FILE).status_code == 404
    assert "Make the pack" in text(as_(kim).get(PAGE))
    verbs = list(AuditEvent.objects.filter(object_kind="foi pack").values_list("verb", flat=True))
    assert [verb.rpartition(" pack ")[2] for verb in verbs] == ["asked for", "made", "exported"]


def test_the_page_says_how_far_it_is_and_why_it_could_not_be_made(world, kim, col, as_, monkeypatch):
    assert "Make the pack" not in text(as_(col).get(PAGE))
    assert as_(col).post(ASK).status_code == 403
    as_(kim).post(ASK)
    FoiPack.objects.update(progress="Counting 2025-26: year 2 of 2")
    assert "Counting 2025-26: year 2 of 2. You need not wait" in text(as_(col).get(PAGE))
    monkeypatch.setattr(services, "completions_by", lambda *_, **__: 7)
    services.make_packs(at=LATER)
    assert "nothing to tell" in text(as_(kim).get(PAGE))
    as_(kim).post(ASK)
    assert FoiPack.objects.get().work == "make", "what could not be made can be asked for again"


def test_a_ready_pack_says_what_is_in_it(bundle, col, as_):
    page = text(as_(col).get(PAGE))
    assert "Download all of it (ZIP)" in page
    within = "Within 2026-27 to September Each role group within each agency, 2026-27 to September, by module"
    assert f"{within}: none can be told without telling of few people 0" in page
    assert "Marlbridge District Council" in page


def test_margins_are_what_coverage_counts_and_shows_the_public(world):
    from training.inspection.selectors.foi import counted_on

    figures = figures_of(counted_on(world.partnership, on=SEPTEMBER, known_at=LATER))
    report = counted(world.partnership, on=SEPTEMBER, at=LATER, known_at=LATER, audience=Audience.PUBLIC)
    margins = {place: shown for place, shown in figures.items() if place.group_kind in ("", "agency", "role_group")}
    assert len(margins) == 5
    assert {place: read_as(shown) for place, shown in margins.items()} == {
        place: read_as(report.figure(place)) for place in margins
    }


def test_years_are_financial_and_the_running_one_is_told_by_its_last_quarter():
    told = years_told(date(2026, 11, 22))
    assert [(year.title, year.as_at) for year in told][:3] == [
        ("2026-27 to September", date(2026, 9, 30)),
        ("2025-26", date(2026, 3, 31)),
        ("2024-25", date(2025, 3, 31)),
    ]
    assert years_told(date(2026, 5, 1))[0] == Year(date(2026, 3, 31))
    assert years_told(date(2026, 1, 5))[0] == Year(date(2025, 12, 31))
    assert len(years_told(date(2026, 5, 1))) == 5


MODULE = ("module", "M")


def keyed(groups: dict[tuple[str, str], Cell]) -> dict[tuple[str, str], Cell]:
    """Role groups within agencies, with their margins and everybody."""
    found: dict[tuple[str, str], list[Cell]] = {}
    for (agency, group), cell in groups.items():
        for key in (("", ""), ("agency", agency), ("role_group", group), (WITHIN, within(agency, group))):
            found.setdefault(key, []).append(cell)
    return {
        key: Cell(sum(each.numerator for each in parts), sum(each.denominator for each in parts))
        for key, parts in found.items()
    }


def counted_as(groups: dict[tuple[str, str], Cell], **more) -> Counted:
    given = {"silent": (), "gone": frozenset(), "asked_gone": frozenset(), **more}
    return Counted(SEPTEMBER, {Place(*key, *MODULE): cell for key, cell in keyed(groups).items()}, **given)


def shown(groups: dict[tuple[str, str], Cell], **more) -> dict[str, str]:
    figures = figures_of(counted_as(groups, **more))
    return {place.group.replace("\x1f", " ") or "all": figure.denominator_text for place, figure in figures.items()}


def test_who_is_told_within_agencies_leaves_no_few_of_either_margin_nor_of_everybody_else():
    big = Cell(20, 40)
    found = shown({("A", "GP"): Cell(2, 5), ("A", "N"): big, ("B", "GP"): big, ("B", "N"): big, ("C", "N"): big})
    assert found == {"all": "165", "A": "45", "B": "80", "C": "40", "GP": "45", "N": "120", "C N": "40"}


def test_where_a_margin_is_hidden_none_is_told_within_it():
    big = Cell(20, 40)
    groups = {("A", "GP"): big, ("A", "N"): big, ("B", "GP"): big, ("B", "N"): big}
    margin = Place("agency", "A", *MODULE)
    assert {"A GP", "A N", "B GP", "B N"} <= shown(groups).keys()
    assert {"A GP", "A N"}.isdisjoint(shown(groups, gone={margin}))


def test_who_cannot_be_told_in_one_module_is_told_in_none():
    big = Cell(20, 40)
    groups = {("A", "GP"): big, ("A", "N"): big, ("B", "GP"): big, ("B", "N"): big}
    few = groups | {("A", "N"): Cell(20, 42), ("A", "O"): Cell(1, 3), ("B", "O"): big}
    other = {Place(*key, "module", "K"): cell for key, cell in keyed(few).items()}
    told = figures_of(replace(given := counted_as(groups), cells={**given.cells, **other}))
    for module in ("M", "K"):
        codes = {place.group for place in told if (place.group_kind, place.scope) == (WITHIN, module)}
        assert {code.replace("\x1f", " ") for code in codes} - {"B O"} == {"A N", "B GP", "B N"}, module


def test_of_a_hidden_share_it_is_told_how_many_are_required():
    assert numbers(Figure(denominator=45, mark="*")) == (45, "*", "*", "*")
