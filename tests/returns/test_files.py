"""Returns and head-counts from files: every row is right, or the file is refused and nothing is saved."""

from datetime import date, timedelta

import pytest

from tests.factories import ModuleFactory, RequirementFactory, RoleGroupFactory, TermFactory
from tests.returns.conftest import BY
from training.people.models import RoleGroup
from training.returns import services as returns
from training.returns.errors import BadFile, NotNow, ReturnError, TooMany
from training.returns.filled import count_rows, counts_in, lines_in, template_rows
from training.returns.limits import EVERYBODY, Declared
from training.returns.models import HeadCount, ReturnLine
from training.returns.sheets import COUNTS_HEAD, LINES_HEAD, people_in, read_rows
from training.ui.spreadsheet import csv_text

pytestmark = pytest.mark.django_db
HEAD = "role_group,module,people_trained,how,evidence\r\n"


@pytest.fixture
def modules(world):
    return [ModuleFactory(code=code, pathway__partnership=world.partnership) for code in ("DA-A1", "DA-B1")]


def read(began, *rows):
    return lines_in((HEAD + "\r\n".join(rows)).encode(), began)


def test_the_template_comes_back_as_what_was_filled_in(began, modules, line, amira, moment):
    RequirementFactory(module=modules[1], role_group=RoleGroup.objects.get(code="MIDWIFE"))
    returns.set_line(of=began, line=line(12), by=BY, at=moment)
    rows = template_rows(began, began.versions.get())
    assert [(row[0], row[2], row[4]) for row in rows] == [("MIDWIFE", "DA-A1", 12), ("MIDWIFE", "DA-B1", "")]
    same = lines_in(csv_text(LINES_HEAD, rows).encode("utf-8-sig"), began)
    assert returns.set_lines(of=began, lines=same, by=BY, at=moment) == 0
    rows[1][4] = 7
    more = lines_in(csv_text(LINES_HEAD, rows).replace(",", ";").encode("cp1252"), began)
    assert returns.set_lines(of=began, lines=more, by=BY, at=moment) == 1
    assert sorted(ReturnLine.objects.values_list("module__code", "trained")) == [("DA-A1", 12), ("DA-B1", 7)]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("MIDWIFE,DA-A1,=1+1", "Row 3: '=1+1' is a formula or no number of people. Type the number itself."),
        ("MIDWIFE,DA-A1,-4", "Row 3: '-4' is a formula or no number of people. Type the number itself."),
        ("MIDWIFE,DA-A1,twelve", "Row 3: 'twelve' is not a whole number."),
        ("MIDWIFE,DA-A1,1.5", "Row 3: '1.5' is not a whole number."),
        ("MIDWIFE,DA-A1,²", "Row 3: '²' is not a whole number."),
        ("MIDWIFE,DA-A1,99999999999", "Row 3: 99999999999 people is more than one agency can have."),
        ("WIZARD,DA-A1,1", "Row 3: 'WIZARD' is not the code of a role group."),
        ("MIDWIFE,DA-Z9,1", "Row 3: 'DA-Z9' is not the code of a module."),
        ("midwife,da-b1,1", "Row 3: this role group and module stand in the file twice."),
        ("MIDWIFE,DA-A1,1,magic", "Row 3: 'magic' is not one of Taught session, Online course of its own"),
        ("MIDWIFE,DA-A1,1,,=cmd", "Row 3: '=cmd' begins like a formula. Use words."),
        (f"MIDWIFE,DA-A1,1,,{'x' * 121}", "Row 3: the words are longer than 120 characters"),
        ("MIDWIFE,DA-A1,41", "Row 3: 41 is more than the 40 Midwife staff that you declared for 30 September 2026."),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_nothing_is_saved(began, modules, row, says):
    with pytest.raises(BadFile, match="Nothing has been saved") as refused:
        read(began, "MIDWIFE,DA-B1,1", row)
    assert len(refused.value.rows) == 1
    assert refused.value.rows[0].startswith(says)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no column called role_group or module or people_trained"),
        (b"role_group,module\r\n", "no column called people_trained"),
        (b"role_group,module,people_trained,module\r\n", "names a column twice"),
        (b"%PDF-1.7", "not a CSV file"),
        (b"PK\x03\x04\x00", "not a CSV file"),
        (b"a" * 1_000_001, "larger than 1 MB"),
        (b'role_group,module,people_trained\r\n"' + b"x" * 200_000, "cannot be read near line"),
    ],
)
def test_what_is_no_template_is_refused_with_what_to_do(began, data, says):
    with pytest.raises(BadFile, match=says):
        lines_in(data, began)


def test_many_wrong_rows_are_counted_and_not_all_listed(began, modules):
    with pytest.raises(BadFile) as refused:
        read(began, *["NOBODY,DA-A1,1"] * 60)
    assert (len(refused.value.rows), refused.value.rows[-1]) == (51, "And 10 more.")


def test_columns_may_stand_in_another_order_and_lines_without_numbers_are_left_out(began, modules):
    data = b"People trained,Evidence,Module,Role group\n12,Register 7,DA-A1,MIDWIFE\n,,DA-B1,MIDWIFE\n\n,,,\n"
    (found,) = lines_in(data, began)
    assert (found.trained, found.evidence, found.how) == (12, "Register 7", "session")


def test_a_file_for_what_was_handed_over_changes_nothing(began, modules, moment):
    returns.hand_over(of=began, held_none=True, by=BY, at=moment)
    with pytest.raises(NotNow):
        returns.set_lines(of=began, lines=read(began, "MIDWIFE,DA-A1,1"), by=BY, at=moment)
    assert not ReturnLine.objects.exists()


def test_a_quote_that_swallows_rows_and_closes_at_a_later_separator_is_refused():
    data = b'role_group,role_group_title,module,people_trained\nGP,"GP,DA-A1,3\nMIDWIFE,Midwife",DA-A1,5\n'
    with pytest.raises(BadFile, match="A value in line 2 goes on in the next line"):
        read_rows(data, LINES_HEAD, ("role_group", "module", "people_trained"))


@pytest.mark.parametrize(("typed", "number"), [("0", 0), ("1,240", 1240), ("1 240", 1240), ("1000000", 1_000_000)])
def test_numbers_are_read_as_people_type_them(typed, number):
    assert people_in(typed) == number


@pytest.mark.parametrize("typed", ["1,5", "1,0", "12,34", "1,2345", "1 0", ",5", "1_000"])
def test_what_may_be_a_part_of_a_number_is_read_as_none(typed):
    with pytest.raises(ValueError, match="not a whole number"):
        people_in(typed)


def test_head_counts_come_from_a_file_with_the_rosters_numbers_beside(world, amira, moment):
    group = RoleGroupFactory(code="GP", title="GP", family="health")
    TermFactory(post__employment__agency=world.agency, role_group=group)
    rows = count_rows(world.agency, on=date(2026, 10, 1))
    assert [tuple(row[:4]) for row in rows] == [
        ("All staff", "", "All staff", 2),
        ("Role family", "health", "Health", 1),
        ("Role group", "GP", "GP", 1),
        ("Role group", "MIDWIFE", "Midwife", 1),
    ]
    rows[0][4], rows[3][4] = 1310, 40
    found = counts_in(csv_text(COUNTS_HEAD, rows).encode(), date(2026, 10, 1))
    assert returns.declare(agency=world.agency, counts=found, by=BY, at=moment) == 2
    assert returns.declare(agency=world.agency, counts=found, by=BY, at=moment) == 0
    with pytest.raises(BadFile):
        counts_in(b"kind,group,people\nRole group,WIZARD,3\nAll staff,,=2\n", date(2026, 10, 1))
    with pytest.raises(BadFile, match="a quotation mark is opened there or before, and not closed"):
        counts_in(b'kind,group,people,title\nAll staff,,1310,"All\nRole group,GP,40,GP\n', date(2026, 10, 1))


def test_a_head_count_of_the_same_day_takes_the_place_of_the_one_before(world, moment):
    day, later = date(2026, 10, 1), moment + timedelta(days=1)
    for people, at in ((1310, moment), (1300, later)):
        returns.declare(agency=world.agency, counts=[Declared(day, EVERYBODY, people)], by=BY, at=at)
    known = HeadCount.objects.known_at(moment).values_list("people", flat=True)
    assert (list(known), HeadCount.objects.known_now().get().people) == ([1310], 1300)


@pytest.mark.parametrize(
    ("counted_on", "people", "error"),
    [
        (date(2026, 11, 3), 10, ReturnError),
        (date(2020, 1, 1), 10, ReturnError),
        (date(2026, 10, 1), 1_000_001, TooMany),
        (date(2026, 9, 30), 101, TooMany),
    ],
)
def test_a_head_count_that_makes_no_sense_is_refused_whole(staffed, moment, counted_on, people, error):
    said = [Declared(date(2026, 10, 2), EVERYBODY, 5), Declared(counted_on, ("role_group", "GP"), people)]
    with pytest.raises(error):
        returns.declare(agency=staffed.agency, counts=said, by=BY, at=moment)
    assert HeadCount.objects.count() == 2
