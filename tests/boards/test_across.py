"""A line in a pack of a strategy runs back into the one before it, and says where it changed."""

import io
import zipfile
from datetime import UTC, date, datetime
from types import SimpleNamespace

import openpyxl
import pytest

from tests.factories import (
    AgencyFactory,
    MembershipFactory,
    ModuleFactory,
    PartnershipFactory,
    PathwayFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
)
from tests.kept import kept
from tests.strategy.cases import BY, done, reported, staff
from training.boards.contents import BETWEEN, Contents, Then
from training.boards.parts import paper_of
from training.boards.selectors.earlier import of_others
from training.boards.selectors.figures import count_figures
from training.boards.tables import xlsx_of, zip_of
from training.press.paper import html_of
from training.strategy.models import Strategy
from training.strategy.pack_reader import read_pack
from training.strategy.periods import Period
from training.strategy.rebuild import rebuild_coverage
from training.strategy.services import give_values, load_pack
from training.strategy.values import Said

AT = datetime(2021, 7, 20, 9, tzinfo=UTC)
AS_AT = date(2021, 6, 30)
BEGAN = date(2014, 1, 1)
IN_DATE = {
    date(2015, 6, 30): 8,
    date(2017, 6, 30): 12,
    date(2018, 6, 30): 16,
    date(2018, 12, 31): 20,
    date(2019, 12, 31): 22,
    date(2021, 3, 31): 28,
    AS_AT: 34,
}
QUARTERS_OF_2020 = (date(2020, 3, 31), date(2020, 6, 30), date(2020, 9, 30), date(2020, 12, 31))
OLDER = "Gloucestershire Domestic Abuse and Sexual Violence Strategy 2014 to 2018"
LATER = "Gloucestershire Domestic Abuse Strategy 2021 to 2024"


@pytest.fixture(scope="module")
def figures(django_db_setup, django_db_blocker):
    """Forty of staff, more of them in date each year; a campaign counted by hand in 2016 and in 2020."""
    with kept(django_db_blocker):
        partnership = PartnershipFactory(code="glos", title="Gloucestershire")
        agency = AgencyFactory(code="GCC", title="A council")
        MembershipFactory(partnership=partnership, agency=agency, starts_on=BEGAN)
        module = ModuleFactory(pathway=PathwayFactory(partnership=partnership), code="DA-A1")
        rule = RequirementFactory(module=module, role_group=RoleGroupFactory(code="OFFICE", family="workplace"))
        RequirementVersionFactory(requirement=rule, starts_on=BEGAN, validity_months=300, recorded_at=AT)
        people = staff(agency, 40, starts_on=BEGAN, recorded_at=AT)
        load_pack(read_pack("glos-da-2014"), partnership=None, by=BY, at=AT)
        load_pack(read_pack("glos-da-2021"), partnership=partnership, by=BY, at=AT)
        trained = 0
        for day, size in IN_DATE.items():
            reported(agency, datetime(day.year, day.month, 1, 9, tzinfo=UTC))
            done(people[trained:size], module, on=day.replace(day=1))
            trained = size
            if day != AS_AT:
                rebuild_coverage(partnership, on=day, at=AT)
        give_values(partnership, [campaign(2016, 900), campaign(2020, 2500)], by=BY, at=AT)
        yield count_figures(partnership, Strategy.objects.get(partnership=partnership), as_at=AS_AT, at=AT)


def campaign(year: int, reach: int) -> Said:
    quarter = Period(date(year, 1, 1), date(year, 3, 31))
    return Said("CAMPAIGN_REACH", "", quarter, reach, None, "Counted by the press office", "The council")


@pytest.fixture
def contents(figures):
    return Contents(figures=figures, meeting_on=AT.date(), frozen_at=AT, narratives=(), decisions=())


def test_a_line_runs_back_into_the_strategy_before_and_says_under_which_each_figure_stood(figures):
    line = figures.lines["COV_REQUIRED"]
    assert [(each.on, each.text, each.under) for each in line.trend] == [
        (date(2015, 6, 30), "20%", OLDER),
        (date(2017, 6, 30), "30%", OLDER),
        (date(2018, 6, 30), "40%", OLDER),
        (date(2018, 12, 31), "50%", OLDER),
        (date(2019, 12, 31), "55%", BETWEEN),
        (date(2021, 3, 31), "70%", LATER),
        (AS_AT, "85%", LATER),
    ]
    assert (line.across, line.began) == (OLDER, date(2021, 1, 1))


def test_figures_from_outside_run_back_without_any_count_of_those_days(figures):
    line = figures.lines["CAMPAIGN_REACH"]
    assert [(each.on, each.text, each.under) for each in line.trend] == [
        (date(2016, 6, 30), "900", OLDER),
        *((day, "2,500", BETWEEN) for day in QUARTERS_OF_2020),
        (date(2021, 3, 31), "2,500", LATER),
        (AS_AT, "2,500", LATER),
    ]


def test_a_figure_that_the_strategy_before_did_not_look_for_begins_with_this_one(figures):
    line = figures.lines["AGENCY_SPREAD"]
    assert (line.across, line.began) == ("", None)
    assert {each.under for each in line.trend} == {""}
    assert min(each.on for each in line.trend) >= date(2021, 1, 1)


def test_page_paper_and_files_say_where_it_changed(contents):
    paper = html_of(paper_of(contents, "0" * 64))
    assert f"over time, back into {OLDER}" in paper
    assert (
        f"The upright line is where {LATER} begins, in 2021. Left of it are figures of the time of {OLDER}. "
        "Between the two no strategy stood."
    ) in paper
    assert f"{BETWEEN}: Dec 2019 55%. {LATER}: Mar 2021 70%, Jun 2021 85%." in paper
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_of(contents)))["Earlier"]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] in ("indicator", "COV_REQUIRED")]
    assert rows[:2] == [
        ("indicator", "as_at", "figure", "strategy"),
        ("COV_REQUIRED", "2015-06-30", "20%", OLDER),
    ]
    with zipfile.ZipFile(io.BytesIO(zip_of(contents))) as bundle:
        told = bundle.read("earlier.csv").decode("utf-8-sig")
    assert f"COV_REQUIRED,2021-06-30,85%,{LATER}" in told


def test_the_picture_stands_to_scale_with_an_upright_line_at_the_change(contents):
    paper = paper_of(contents, "")
    pictures = [block for part in paper.parts for block in part.blocks if hasattr(block, "chart")]
    chart = next(each.chart for each in pictures if each.says.startswith(contents.figures.lines["COV_REQUIRED"].title))
    days = [date(2015, 6, 30), date(2021, 1, 1), AS_AT]
    at = (days[1] - days[0]) / (days[2] - days[0])
    assert chart.change_x == f"{2 + 96 * at:.2f}"
    labelled = [point.label for point in chart.points if point.is_labelled]
    assert labelled == ["Jun 2015", "Jun 2017", "Dec 2018", "Jun 2021"]


@pytest.mark.parametrize(
    ("agencies", "text", "value"), [("6 signed-up agencies", "15 points", 15), ("3 signed-up agencies", None, None)]
)
def test_a_gap_between_other_agencies_is_told_but_not_compared(agencies, text, value):
    now = SimpleNamespace(denominator="6 signed-up agencies")
    then = of_others(Then(on=AS_AT, text="15 points", value=15), agencies, now)
    assert (then.text, then.value) == (text or f"15 points ({agencies})", value)
    nothing = Then(on=AS_AT, text="-", value=None)
    assert of_others(nothing, "1", now) == nothing
