"""Values from outside are kept whole or not at all, are never overwritten, and say in plain words what is wrong."""

from datetime import UTC, date, datetime, timedelta

import pytest

from training.access.actor import Actor
from training.strategy.models import Indicator, IndicatorValue
from training.strategy.outside import as_seen
from training.strategy.periods import Period
from training.strategy.selectors.values import outside_values, tellings
from training.strategy.services import Given, give_values, load_indicators, take_back
from training.strategy.suppress import Audience
from training.strategy.values import BadNumber, Said, ValuesRefused, whole_number
from training.strategy.values_file import HEAD, read_values, template_rows
from training.ui.spreadsheet import csv_text

BY = Actor.system("test")
SUMMER = Period(date(2026, 7, 1), date(2026, 9, 30))
YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))
SPRING = Period(date(2026, 4, 1), date(2026, 6, 30))
REFERRALS = "REFERRALS_BY_AGENCY"
MARAC = "REFERRALS_MARAC_NONPOLICE"


@pytest.fixture
def partnership(world):
    load_indicators()
    return world.partnership


def said(code=REFERRALS, numerator=40, denominator=None, **more) -> Said:
    return Said(
        **{
            "code": code,
            "part": "",
            "period": SUMMER,
            "numerator": numerator,
            "denominator": denominator,
            "narrative": "As the service counts them",
            "said_by": "The specialist service",
        }
        | more
    )


def refused(partnership, at, *values) -> list[tuple[str, str]]:
    with pytest.raises(ValuesRefused) as refusal:
        give_values(partnership, values, by=BY, at=at)
    assert not IndicatorValue.objects.exclude(recorded_at__lt=at).exists()
    return [(each.field, each.words) for each in refusal.value.wrong]


@pytest.mark.parametrize(
    ("value", "field", "words"),
    [
        (said("NOTHING"), "indicator", "There is no indicator 'NOTHING'."),
        (said("COV_T1"), "indicator", "COV_T1 is worked out here: no value of it is given from outside."),
        (
            said(period=Period(date(2026, 8, 1), date(2026, 8, 31))),
            "period",
            "01/08/2026 to 31/08/2026 is not a whole quarter, such as from 01/07/2026 to 30/09/2026.",
        ),
        (said(period=SUMMER.next), "period", "October to December 2026 is not over yet."),
        (said(period=Period(date(9999, 10, 1), date(9999, 12, 31))), "period", "31/12/9999 is too far ahead."),
        (said(denominator=50), "denominator", f"{REFERRALS} is a count: leave 'out of' empty."),
        (said(MARAC), "denominator", "Say out of how many: all referrals to marac."),
        (said(MARAC, 0, 0), "denominator", "Out of none there is nothing to say: leave this out."),
        (said(MARAC, 9, 8), "numerator", "9 is more than the 8 it is out of."),
        (said(narrative=" "), "narrative", "Say what the figure means."),
        (said(said_by=""), "said_by", "Say who said so."),
        (said(part="x" * 61), "part", "The part is longer than 60 characters."),
        (
            said(narrative="Not \u202edooG"),
            "narrative",
            "There is an unseen sign after 'Not' that turns the direction of the text. Type it anew from there.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_words(partnership, moment, value, field, words):
    assert refused(partnership, moment, said(numerator=1, part="Right"), value) == [(field, words)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("about 40", "'about 40' is not a whole number. Give figures alone, such as 40."),
        ("=SUM(A1:A9)", "'=SUM(A1:A9)' is a formula. Give the number itself."),
        ("-3", "'-3' is not a whole number. Give figures alone, such as 40."),
        ("1.5", "'1.5' is not a whole number. Give figures alone, such as 40."),
        ("1,23", "'1,23' is not a whole number. Give figures alone, such as 40."),
        ("٤٠", "'٤٠' is not a whole number. Give figures alone, such as 40."),
        ("9" * 14, "99999999999999 is too large."),
        ("9" * 5000, f"{'9' * 40} is too large."),
    ],
)
def test_text_and_formulas_are_no_numbers(text, words):
    with pytest.raises(BadNumber) as refusal:
        whole_number(text)
    assert str(refusal.value) == words


def test_numbers_may_be_written_as_people_write_them():
    assert [whole_number(text) for text in (" 40 ", "1,234", "£12,000", "0", "0" * 5000)] == [40, 1234, 12000, 0, 0]


def test_ends_of_lines_and_blanks_make_no_other_value(partnership, moment):
    give_values(partnership, [said(narrative="Two\r\nlines", part=" Severn  Vale ")], by=BY, at=moment)
    given = give_values(partnership, [said(narrative="Two\nlines", part="severn vale")], by=BY, at=moment)
    assert given == Given(0, 0, 1)


def test_the_same_value_twice_is_refused_whatever_its_capitals(partnership, moment):
    values = [said(part="Severn Vale", row=2), said(part="SEVERN VALE", row=3)]
    assert refused(partnership, moment, *values) == [("indicator", "The same indicator, part and period as row 2.")]


def test_a_restatement_says_why_and_both_stay(partnership, moment):
    assert give_values(partnership, [said()], by=BY, at=moment) == Given(1, 0, 0)
    later = moment + timedelta(days=9)
    assert give_values(partnership, [said()], by=BY, at=later) == Given(0, 0, 1)
    words = f"{REFERRALS} for July to September 2026 was given as 40 before. Say why it has changed."
    assert refused(partnership, later, said(numerator=49)) == [("why", words)]
    assert give_values(partnership, [said(numerator=49, why="Late forms")], by=BY, at=later) == Given(0, 1, 0)
    [telling] = tellings(partnership, Indicator.objects.get(code=REFERRALS), audience=Audience.PARTNERSHIP)
    assert [(each.text, each.value.why) for each in telling.said] == [("40", ""), ("49", "Late forms")]
    before = outside_values(partnership, on=later.date(), known_at=moment + timedelta(days=1))[REFERRALS]
    after = outside_values(partnership, on=later.date())[REFERRALS]
    assert [each.values[0].numerator for each in (before, after)] == [40, 49]


def test_who_gives_the_same_at_the_same_time_is_told(partnership, moment, monkeypatch):
    give_values(partnership, [said()], by=BY, at=moment)
    monkeypatch.setattr("training.strategy.services.values._known", lambda *asked: {})  # as before the other was kept
    values = [said(part="Schools"), said(numerator=41)]
    words = "Somebody else has just given this value. Look at what they gave, and try again."
    assert refused(partnership, moment + timedelta(hours=1), *values) == [("", words)]


def test_what_was_taken_back_has_no_figure_and_can_be_given_again(partnership, moment):
    give_values(partnership, [said(period=SPRING, numerator=30), said()], by=BY, at=moment)
    wrong = IndicatorValue.objects.get(first_on=SUMMER.first)
    take_back(wrong, why="Of another partnership", by=BY, at=moment + timedelta(days=1))
    assert outside_values(partnership, on=moment.date())[REFERRALS].period == SPRING
    words = f"{REFERRALS} for July to September 2026 was taken back before. Say why it has changed."
    assert refused(partnership, moment + timedelta(days=2), said(numerator=41)) == [("why", words)]
    assert IndicatorValue.objects.known_now().standing().count() == 1


@pytest.mark.parametrize("more", [{}, {"Of all, at night": 31}])
def test_small_counts_of_parts_are_hidden_with_one_that_would_give_them_away(partnership, moment, more):
    parts = {"": 40, "Hospital": 3, "Housing": 12, "Schools": 25} | more
    give_values(partnership, [said(part=part, numerator=count) for part, count in parts.items()], by=BY, at=moment)
    values = outside_values(partnership, on=moment.date())[REFERRALS].values
    seen = as_seen(values[0].indicator, values, Audience.PARTNERSHIP)
    assert {value.part: figure.numerator_text for value, figure in seen} == {
        "": "40",
        "Hospital": "*",
        "Housing": "*",
        "Schools": "25",
    } | {part: str(count) for part, count in more.items()}


def test_what_was_said_before_is_hidden_where_anything_of_the_period_is(partnership, moment):
    give_values(partnership, [said(part="Hospital", numerator=12)], by=BY, at=moment)
    give_values(partnership, [said(part="Hospital", numerator=3, why="x")], by=BY, at=moment + timedelta(days=1))
    [telling] = tellings(partnership, Indicator.objects.get(code=REFERRALS), audience=Audience.PARTNERSHIP)
    assert [each.text for each in telling.said] == ["*", "*"]


@pytest.mark.parametrize(
    ("versions", "shown"),
    [
        (({"": 70}, {"": 72}), ["*", "72"]),
        (({"": 70}, {"": 80}), ["70", "80"]),
        (({"": 70}, {"": 80}, {"": 71}), ["*", "*", "71"]),
        (({"": 70, "Schools": 20}, {"": 80, "Schools": 27}), ["*", "80"]),
        (({"": 70, "Schools": 20}, {"": 80, "Schools": 30}), ["70", "80"]),
    ],
)
def test_a_correction_by_few_people_says_no_figure_before(partnership, moment, versions, shown):
    for day, counts in enumerate(versions):
        values = [said(part=part, numerator=count, why="Late forms") for part, count in counts.items()]
        give_values(partnership, values, by=BY, at=moment + timedelta(days=day))
    whole, *_ = tellings(partnership, Indicator.objects.get(code=REFERRALS), audience=Audience.PARTNERSHIP)
    assert [each.text for each in whole.said] == shown


def test_a_correction_of_what_counts_nobody_is_told(partnership, moment):
    give_values(partnership, [said("CORE_EMBEDDED", 4, 7, period=YEAR)], by=BY, at=moment)
    later = moment + timedelta(days=1)
    give_values(partnership, [said("CORE_EMBEDDED", 5, 7, period=YEAR, why="Late")], by=BY, at=later)
    [telling] = tellings(partnership, Indicator.objects.get(code="CORE_EMBEDDED"), audience=Audience.PARTNERSHIP)
    assert [each.text for each in telling.said] == ["57%", "71%"]


def test_parts_that_come_to_more_than_their_whole_are_doubted_and_one_that_does_is_refused(partnership, moment):
    given = give_values(partnership, [said(), said(part="Schools", numerator=30)], by=BY, at=moment)
    assert given == Given(2, 0, 0)
    later = moment + timedelta(days=1)
    words = f"{REFERRALS} for July to September 2026: Housing, 41, is more than the whole, 40."
    assert refused(partnership, later, said(part="Housing", numerator=41)) == [("numerator", words)]
    more = give_values(partnership, [said(part="Housing", numerator=11)], by=BY, at=later)
    assert more.doubtful == (
        f"{REFERRALS} for July to September 2026: its parts come to 41, more than the whole, 40. If none of them "
        "overlap, one of these figures is wrong.",
    )
    assert give_values(partnership, [said(part="Homes", numerator=90, period=SPRING)], by=BY, at=later).doubtful == ()


def file_of(*rows: dict) -> bytes:
    whole = dict.fromkeys(HEAD, "") | {
        "indicator": REFERRALS,
        "from": "01/07/2026",
        "to": "30/09/2026",
        "how_many": "40",
        "what_it_means": "As counted",
        "who_said_so": "The service",
    }
    return csv_text(HEAD, [list((whole | row).values()) for row in rows]).encode()


def test_a_file_is_read_row_by_row_and_rows_without_a_number_are_passed_over():
    read = read_values(
        file_of({}, {"how_many": ""}, {"part": " Severn  Vale ", "from": "2026-04-01", "to": "2026-06-30"})
    )
    assert (read.wrong, read.empty) == ((), 1)
    assert [(each.row, each.part, each.period) for each in read.said] == [(2, "", SUMMER), (4, "Severn Vale", SPRING)]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"how_many": "about 40"}, "'about 40' is not a whole number. Give figures alone, such as 40."),
        ({"how_many": "'=1+1"}, "''=1+1' is not a whole number. Give figures alone, such as 40."),
        ({"from": "last summer"}, "'last summer' in 'from' is not a day. Write it as 30/09/2026."),
    ],
)
def test_a_row_that_cannot_be_read_says_why(row, words):
    read = read_values(file_of({}, row))
    assert [(each.row, each.words) for each in read.wrong] == [(3, words)]


HEADING = ",".join(HEAD)
ROW = f"{REFERRALS},,,01/07/2026,30/09/2026,40,,"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [f"{ROW}Counted, twice,Us,"],
            "It has more values than the first row. Put a value that holds ',' between quotation marks.",
        ),
        (
            [f'{ROW}"Counted,Us,', f"{ROW}As counted,Us,", f'{ROW}By hand",Us,'],
            "It runs on into the next row. Take away the quotation mark that was opened in it by mistake.",
        ),
    ],
)
def test_a_row_that_would_lose_something_is_refused(rows, words):
    read = read_values("\n".join([HEADING, f"{ROW}As counted,Us,", *rows]).encode())
    assert [(each.row, each.words) for each in read.wrong] == [(3, words)]


def test_a_separator_that_cannot_be_seen_is_named():
    rows = f"{HEADING}\n{ROW}Counted,twice,Us,".replace(",", "\t")
    assert [each.words for each in read_values(rows.encode()).wrong] == [
        "It has more values than the first row. Put a value that holds a tab between quotation marks."
    ]


def test_what_it_means_may_be_said_in_lines():
    said = "More are referred, and sooner:\n2 of 40, 3 of 41, and so on\n,,,,,,,"
    read = read_values(f'{HEADING}\n{ROW}"{said}",Us,\n'.encode())
    assert (read.wrong, [each.narrative for each in read.said]) == ((), [said])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file has no column 'indicator'. Begin with the template."),
        (b"a,b\n1,2\n", "The file has no column 'indicator'. Begin with the template."),
        (b"PK\x03\x04\x00\x00", "This is not a CSV file. Save the sheet as CSV and give that."),
        (
            file_of() + b"," * 9 + b"\r\n" + (b"x" * 200_000),
            "This file cannot be read as CSV. Save the sheet as CSV again.",
        ),
        (file_of() + b'"REFERRALS', "This file cannot be read as CSV. Save the sheet as CSV again."),
        (file_of(*[{}] * 2001), "The file has more than 2,000 rows. Give it in parts."),
    ],
)
def test_what_is_no_file_of_values_says_so(content, words):
    assert [each.words for each in read_values(content).wrong] == [words]


def test_the_template_comes_back_empty_and_filled_in_it_is_kept(partnership, moment):
    indicators = [each for each in Indicator.objects.all() if each.is_from_outside]
    rows = template_rows(indicators, moment.date())
    assert read_values(csv_text(HEAD, rows).encode()).empty == len(indicators) == 20
    for row, indicator in zip(rows, indicators, strict=True):
        row[5:9] = ["7", "20" if indicator.denominator else "", "As counted", "The service"]
    read = read_values(csv_text(HEAD, rows).encode("utf-8-sig"))
    assert give_values(partnership, read.said, by=BY, at=datetime(2026, 11, 2, 9, tzinfo=UTC)).new == 20
