"""Each indicator says its figure, its target and whether it is met; what is not collected says so."""

from datetime import UTC, date, datetime

import pytest

from training.strategy.coverage import Cell, Place
from training.strategy.figures import (
    CHAMPIONS,
    COMMUNITY_CHAMPIONS,
    FEWEST_PLACES,
    INDICATOR,
    INDUCTION,
    MOST_PLACES,
    PLACES,
    WORKPLACES,
    AgencyOnDay,
    Marks,
    marks,
)
from training.strategy.indicators import readings
from training.strategy.models import Indicator
from training.strategy.report import Report
from training.strategy.services import load_indicators
from training.strategy.suppress import Audience

AGENCIES = (
    AgencyOnDay("SVH", "Severn Vale Hospitals", is_silent=False, is_signed_up=True),
    AgencyOnDay("SVP", "Severnshire Police", is_silent=False, is_signed_up=True),
    AgencyOnDay("MDC", "Marlbridge District Council", is_silent=False, is_signed_up=False),
    AgencyOnDay("PRB", "Severnshire Probation", is_silent=True, is_signed_up=False),
)
TITLES = {
    "topic": {"stalking": "Stalking", "forced_marriage": "Forced marriage"},
    "locality": {"OAK": "Oakhollow", "WYN": "Wynfold"},
}


@pytest.fixture
def read(db):
    load_indicators()

    def reading(code: str, cells: dict, target: int | None = None, audience=Audience.PARTNERSHIP):
        report = Report(
            on=date(2026, 11, 2),
            known_at=None,
            worked_out_at=datetime(2026, 11, 2, 9, tzinfo=UTC),
            agencies=AGENCIES,
            cells=cells,
            marks=marks(cells, {}) if cells else Marks(),
            audience=audience,
        )
        return readings([Indicator.objects.get(code=code)], report, {code: target} if target else {}, TITLES, {})[code]

    return reading


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("COV_REQUIRED", Place()),
        ("COV_T1", Place("", "", "tier", "A")),
        ("COV_T2", Place("", "", "tier", "B")),
        ("COV_POLICE", Place("role_family", "police")),
        ("COV_MARAC", Place("", "", "family", "MARAC")),
        ("INDUCTION_ON_TIME", INDUCTION),
    ],
)
def test_a_coverage_reads_its_own_cell(read, code, place):
    found = read(code, {place: Cell(41, 50)}, target=85)
    assert (found.text, found.numerator, found.denominator) == ("82%", "41", "50")
    assert (found.target_text, found.is_met) == ("85%", False)


def test_a_target_that_is_reached_is_met(read):
    assert read("COV_POLICE", {Place("role_family", "police"): Cell(75, 100)}, target=75).is_met is True


def test_a_hidden_figure_neither_meets_nor_misses(read):
    found = read("COV_REQUIRED", {Place(): Cell(3, 50)}, target=85)
    assert (found.text, found.numerator, found.denominator, found.is_met) == ("*", "*", "50", None)


def test_what_is_not_collected_says_so_and_is_never_nought(read):
    found = read("LESSON_ACK", {Place(): Cell(41, 50)}, target=10)
    assert (found.text, found.parts, found.is_met) == ("Not collected", (), None)


def test_topics_show_the_lowest_and_each(read):
    cells = {Place("", "", "topic", "stalking"): Cell(30, 50), Place("", "", "topic", "forced_marriage"): Cell(20, 50)}
    found = read("COV_TOPIC", cells, target=50)
    assert found.text == "40% (Forced marriage), the lowest"
    assert [(part.label, part.text) for part in found.parts] == [("Stalking", "60%"), ("Forced marriage", "40%")]
    assert found.is_met is False


def test_a_hidden_topic_is_not_said_to_be_the_lowest_nor_to_meet_the_target(read):
    cells = {Place("", "", "topic", "stalking"): Cell(30, 50), Place("", "", "topic", "forced_marriage"): Cell(2, 50)}
    found = read("COV_TOPIC", cells, target=50)
    assert (found.text, found.is_met, found.value) == ("60% (Stalking), the lowest shown", None, None)
    assert found.worst_shown == 60


def test_where_less_is_better_the_highest_topic_is_shown_and_said_to_be_that(read):
    Indicator.objects.filter(code="COV_TOPIC").update(direction="down")
    cells = {Place("", "", "topic", "stalking"): Cell(30, 50), Place("", "", "topic", "forced_marriage"): Cell(20, 50)}
    assert read("COV_TOPIC", cells).text == "60% (Stalking), the highest"
    cells[Place("", "", "topic", "forced_marriage")] = Cell(2, 50)
    assert read("COV_TOPIC", cells).text == "60% (Stalking), the highest shown"


def test_commitment_counts_agencies_and_hides_none(read):
    found = read("PATHWAY_COMMIT", {}, target=100)
    assert (found.text, found.numerator, found.denominator, found.is_met) == ("50%", "2", "4", False)


def test_active_champions_are_a_count_and_part_of_no_whole(read):
    found = read("CHAMP_ACTIVE", {CHAMPIONS: Cell(19, 19)}, target=30)
    assert (found.text, found.counts, found.target_text, found.is_met) == ("19", "", "30", False)
    assert read("CHAMP_COMMUNITY", {COMMUNITY_CHAMPIONS: Cell(3, 3)}).text == "*"


def test_no_active_champion_is_a_true_nought_and_no_network_is_none(read):
    assert read("CHAMP_ACTIVE", {CHAMPIONS: Cell(0, 0)}).text == "0"
    for code in ("CHAMP_ACTIVE", "CHAMP_LOCALITY", "CHAMP_SITE_COVER", "CHAMP_COMMUNITY"):
        assert read(code, {Place(): Cell(1, 2)}).text == "Not collected"


def test_workplaces_with_one_are_hidden_where_champions_are(read):
    assert read("CHAMP_SITE_COVER", {CHAMPIONS: Cell(19, 19), WORKPLACES: Cell(3, 30)}).text == "10%"
    assert read("CHAMP_SITE_COVER", {CHAMPIONS: Cell(3, 3), WORKPLACES: Cell(3, 30)}).text == "*"


def test_champions_by_locality_are_for_every_thousand_people(read):
    cells = {CHAMPIONS: Cell(12, 12)}
    cells |= {
        Place("locality", code, "indicator", "CHAMP_LOCALITY"): Cell(n, d)
        for code, n, d in (("OAK", 0, 150), ("WYN", 12, 400))
    }
    found = read("CHAMP_LOCALITY", cells, target=20)
    assert [(part.label, part.text) for part in found.parts] == [
        ("Oakhollow", "0 for every 1,000"),
        ("Wynfold", "30 for every 1,000"),
    ]
    assert found.text == "0 for every 1,000 (Oakhollow), the lowest"


def test_a_locality_in_which_nobody_is_asked_is_no_part_of_it(read):
    cells = {CHAMPIONS: Cell(12, 12), Place("locality", "WYN", "indicator", "CHAMP_LOCALITY"): Cell(12, 400)}
    found = read("CHAMP_LOCALITY", cells)
    assert (found.text, [part.label for part in found.parts]) == ("30 for every 1,000", ["Wynfold"])
    assert read("CHAMP_LOCALITY", {CHAMPIONS: Cell(12, 12)}).text == "n/a"


def test_the_spread_is_between_signed_up_agencies_that_are_shown(read):
    cells = {
        Place(): Cell(150, 230),
        Place("agency", "SVH"): Cell(60, 100),
        Place("agency", "SVP"): Cell(85, 100),
        Place("agency", "MDC"): Cell(5, 30),
    }
    found = read("AGENCY_SPREAD", cells, target=20)
    assert (found.text, found.target_text, found.is_met) == ("25 points", "at most 20 points", False)


def test_one_agency_alone_has_no_spread(read):
    assert read("AGENCY_SPREAD", {Place("agency", "SVH"): Cell(60, 100)}).text == "-"


def test_the_public_reads_rounded_figures(read):
    found = read("COV_REQUIRED", {Place(): Cell(33, 58)}, audience=Audience.PUBLIC)
    assert (found.text, found.numerator, found.denominator) == ("58%", "35", "60")


def told(code: str, *cell, **more) -> dict:
    return {Place("", "", "indicator", code): Cell(*cell, **more)}


def test_a_change_is_a_mean_of_ten_pairs_or_more(read):
    found = read("CONF_RESPOND", told("CONF_RESPOND", 17, 25, value=1.04))
    assert (found.text, found.counts) == ("+1.0 points", "17 moved up of 25")
    assert read("CONF_RESPOND", told("CONF_RESPOND", 5, 9, value=1.0)).text == "*"


def test_a_change_hides_how_few_moved_up_and_says_the_mean(read):
    found = read("CONF_RESPOND", told("CONF_RESPOND", 2, 25, value=-0.25))
    assert (found.text, found.counts) == ("-0.2 points", "")


def test_agencies_reached_are_a_count_out_of_all_and_none_is_hidden(read):
    found = read("AGENCIES_REACHED", told("AGENCIES_REACHED", 2, 4))
    assert (found.text, found.counts) == ("2", "2 of 4")


def test_agencies_stand_beside_a_figure_by_their_kind_or_without_a_champion(read):
    kinds = {
        Place("agency_kind", kind, "indicator", "AGENCIES_REACHED"): Cell(1, n)
        for kind, n in (("police", 1), ("prison", 3))
    }
    found = read("AGENCIES_REACHED", told("AGENCIES_REACHED", 2, 4) | kinds)
    assert [(part.label, part.text) for part in found.within] == [("Police force", "1 of 1"), ("Prison", "1 of 3")]
    without = {CHAMPIONS: Cell(12, 12), Place("agencies", "without", "indicator", "CHAMP_LOCALITY"): Cell(3, 4)}
    assert [part.text for part in read("CHAMP_LOCALITY", without).within] == ["3 of 4"]
    few = without | {CHAMPIONS: Cell(3, 3)}
    assert [part.text for part in read("CHAMP_LOCALITY", few).within] == ["*"]


def test_shares_of_agencies_and_services_are_told_however_few(read):
    assert read("DIRECTORY_COMPLETE", told("DIRECTORY_COMPLETE", 1, 3)).text == "33%"
    assert read("DESIGNATED_CONTACTS", told("DESIGNATED_CONTACTS", 0, 0)).text == "n/a"


@pytest.mark.parametrize(("code", "names"), [("COV_T1", ["PRB"]), ("INDUCTION_ON_TIME", ["PRB"]), ("CONF_RESPOND", [])])
def test_who_did_not_report_is_named_where_that_leaves_them_out(read, code, names):
    assert [each.code for each in read(code, told(code, 17, 25, value=1.0)).silent] == names


def test_few_completions_from_outside_are_hidden(read):
    assert read("EXTERNAL_COMPLETIONS", told("EXTERNAL_COMPLETIONS", 3, 3)).text == "*"
    assert read("EXTERNAL_COMPLETIONS", told("EXTERNAL_COMPLETIONS", 0, 0)).text == "0"


def test_every_collected_indicator_is_worked_out(read):
    collected = Indicator.objects.filter(is_collected=True).values_list("code", flat=True)
    assert len(collected) == 44
    known = {Place("", "", "indicator", code): Cell(0, 0) for code in collected}
    assert [code for code in collected if read(code, known).text == "Not collected"] == []


@pytest.mark.parametrize(
    ("audience", "people", "text"),
    [
        (Audience.PARTNERSHIP, 90, "1,181 to 1,303"),
        (Audience.PUBLIC, 90, "1,180 to 1,305"),
        (Audience.PARTNERSHIP, 0, "n/a"),
    ],
)
def test_a_forecast_is_told_as_a_range(read, audience, people, text):
    ends = {PLACES: 1240.4, FEWEST_PLACES: 1181, MOST_PLACES: 1303}
    known = {place: Cell(people, people, value=value) for place, value in ends.items()}
    reading = read("PLACES_FORECAST", known, audience=audience)
    assert (reading.text, reading.numerator) == (text, "1240" if people else "n/a")


def test_a_promise_is_counted_among_those_that_told(read):
    place = Place("", "", "indicator", "POLICY_IN_PLACE")
    for audience in (Audience.PARTNERSHIP, Audience.PUBLIC):
        reading = read("POLICY_IN_PLACE", {place: Cell(1, 2)}, target=40, audience=audience)
        assert (reading.text, reading.counts) == ("50%", "1 of 2 that reported, among 4")
        assert reading.is_met
    assert read("POLICY_IN_PLACE", {place: Cell(0, 4)}).counts == "0 of 4"
    assert read("POLICY_IN_PLACE", {place: Cell(0, 0)}).text == "-"
    assert read("CHARTER_SIGNED", {Place("", "", "indicator", "CHARTER_SIGNED"): Cell(3, 4)}).text == "3"
    assert read("CHARTER_SIGNED", {}).text == "Not collected"


@pytest.mark.parametrize("code", ["AGENCIES_REACHED", "DIRECTORY_COMPLETE"])
def test_agencies_and_services_are_no_people_and_the_public_reads_how_many(read, code):
    found = read(code, {Place("", "", INDICATOR, code): Cell(11, 12)}, audience=Audience.PUBLIC)
    assert (found.numerator, found.denominator) == ("11", "12")
