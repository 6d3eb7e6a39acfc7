"""A row is matched by its references alone, and every row says what it means."""

import pytest

from tests.factories import EmploymentFactory, LocalityFactory, PersonFactory
from tests.people.roster.files import TEMPLATE, csv_file, row
from training.people.models import AgencyAlias, JobTitleMapping, Person, RoleGroup
from training.people.roster.limits import Refused


def told(seen) -> list[tuple]:
    """Row number, kind and reasons of every row."""
    return [(it.number, it.kind, it.reasons) for it in seen.plan.rows]


def test_a_first_file_is_all_new(look):
    seen = look(csv_file(row(), row(employee_ref="00124")))
    assert told(seen) == [(2, "new", []), (3, "new", [])]
    assert seen.plan.counts == {"new": 2, "changed": 0, "left": 0, "unchanged": 0, "refused": 0, "unmapped": 0}


def test_values_are_shown_as_understood(look):
    designated = row(
        designations="marac_rep; NOBODY", work_email="Sam@SVH.example", start_date="17/04/2023", fte="0.80"
    )
    seen = look(csv_file(designated | {"status": "Maternity & Adoption", "role_group": "midwife"}))
    values = seen.plan.rows[0].values
    assert {
        name: values[name] for name in ("start_date", "fte", "status", "role_group", "designations", "work_email")
    } == {
        "start_date": "2023-04-17",
        "fte": "0.8",
        "status": "maternity",
        "role_group": "MIDWIFE",
        "designations": ["MARAC_REP"],
        "work_email": "sam@svh.example",
    }
    assert seen.plan.rows[0].reasons == ["designation 'NOBODY' is not known and was left out"]


def test_rows_with_the_same_key_are_refused_and_name_each_other(look):
    seen = look(csv_file(row(), row(employee_ref="00124"), row(last_name="Other")))
    assert told(seen) == [
        (2, "refused", ["the same employee and assignment reference stand in row 4"]),
        (3, "new", []),
        (4, "refused", ["the same employee and assignment reference stand in row 2"]),
    ]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"employee_ref": ""}, "employee_ref is empty"),
        ({"first_name": "", "last_name": ""}, "first_name and last_name are both empty"),
        ({"start_date": ""}, "start_date is empty"),
        ({"start_date": "soon"}, "start_date: 'soon' is not a date: write it as 2024-03-31"),
        ({"start_date": "30/02/2024"}, "start_date: '30/02/2024' is not a day of the calendar"),
        ({"start_date": "17/04/23"}, "start_date: '17/04/23' is not a date: write it as 2024-03-31"),
        ({"end_date": "2022-01-01"}, "end_date 2022-01-01 is before start_date 2023-04-17"),
        ({"agency_code": "SVP"}, "agency_code 'SVP' is not this agency's"),
        ({"role_group": "MIDWIVES"}, "role_group 'MIDWIVES' is not known: use a code from the list, or leave it"),
        ({"fte": "full"}, "fte 'full' is not a number"),
        ({"fte": "37.5"}, "fte '37.5' does not lie between 0 and 2"),
        ({"fte": "NaN"}, "fte 'NaN' does not lie between 0 and 2"),
        ({"employee_ref": "7" * 61}, "employee_ref is longer than 60 characters"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(look, more, reason):
    seen = look(csv_file(row(employee_ref="1"), row(**more)))
    assert (seen.plan.rows[1].kind, seen.plan.rows[1].reasons[0]) == ("refused", reason)
    assert seen.plan.rows[0].kind == "new"


def test_an_unknown_status_names_the_known_ones(look):
    seen = look(csv_file(row(), row(employee_ref="1", status="gardening")))
    assert seen.plan.rows[1].reasons == [
        "status 'gardening' is not known: use active, bank, career_break, long_leave, maternity, suspended"
    ]


@pytest.mark.parametrize(
    "text", ["2023-04-17", "17/04/2023", "17-Apr-2023", "17 April 2023", "2023/04/17 00:00:00", "45033"]
)
def test_days_are_read_as_files_write_them(look, text):
    assert look(csv_file(row(start_date=text))).plan.rows[0].values["start_date"] == "2023-04-17"


def test_the_end_of_time_is_no_end(look):
    assert look(csv_file(row(end_date="31-Dec-4712"))).plan.rows[0].values["end_date"] == ""


def test_day_before_month_is_taken_for_granted_until_a_row_breaks_it(look):
    both = csv_file(row(start_date="03/04/2024"), row(employee_ref="2", start_date="13/04/2024"))
    assert [it.values["start_date"] for it in look(both).plan.rows] == ["2024-04-03", "2024-04-13"]


def test_days_of_a_column_that_puts_the_month_first_are_asked_about(look):
    seen = look(
        csv_file(
            row(start_date="03/04/2024"),
            row(employee_ref="2", start_date="04/25/2024"),
            row(employee_ref="3", start_date="05/05/2024"),
            row(employee_ref="4", start_date="2024-03-04"),
        )
    )
    assert [it.kind for it in seen.plan.rows] == ["refused", "refused", "new", "new"]
    assert seen.plan.rows[0].reasons == [
        "start_date: '03/04/2024' could be 2024-04-03 or 2024-03-04, because others in this column put the month "
        "first: write it in one of these two ways"
    ]
    assert seen.plan.rows[1].reasons == [
        "start_date: '04/25/2024' puts the month before the day: write it as 2024-04-25"
    ]


def test_nobody_is_matched_by_name_or_address(look, load, world):
    twin = PersonFactory(first_name="Sam", last_name="Example")
    EmploymentFactory(agency=world.neighbour, person=twin, employee_ref="00123", work_email="sam.example@svh.example")
    load(csv_file(row(), row(employee_ref="00124")))
    people = Person.objects.within(world.agency)
    assert people.count() == 2
    assert twin not in people


def test_an_alias_of_the_agency_is_its_code(look, world):
    AgencyAlias.objects.create(agency=world.agency, alias="Vale Trust")
    assert [
        it.kind for it in look(csv_file(row(agency_code="vale trust"), row(agency_code="", employee_ref="1"))).plan.rows
    ] == [
        "new",
        "new",
    ]


def test_an_unknown_job_title_is_never_guessed(look):
    seen = look(csv_file(row(role_group="", post_title="Midwive")))
    assert told(seen) == [(2, "new", ["no role group is known for this job title yet"])]
    assert seen.plan.counts["unmapped"] == 1


def test_a_title_that_was_mapped_or_is_a_role_groups_own_is_known(look, world, moment):
    JobTitleMapping.objects.create(
        agency=world.agency,
        post_title="Ward Sister",
        role_group=RoleGroup.objects.get(code="MIDWIFE"),
        recorded_at=moment,
        recorded_by="test",
    )
    columns = tuple(name for name in TEMPLATE if name != "role_group")
    seen = look(csv_file(row(post_title="WARD SISTER"), row(employee_ref="2", post_title="midwife"), columns=columns))
    assert [it.values["role_group"] for it in seen.plan.rows] == ["MIDWIFE", "MIDWIFE"]
    assert seen.plan.counts["unmapped"] == 0


def test_a_manager_may_stand_later_in_the_file(load, state):
    load(
        csv_file(
            row(manager_ref="00900"),
            row(employee_ref="00900", assignment_ref="00900-2"),
            row(employee_ref="00900", assignment_ref="00900"),
        )
    )
    assert [(term[1], term[9]) for term in state()["terms"]] == [("00123", "00900"), ("00900", None), ("00900-2", None)]


def test_an_unknown_manager_is_noted_and_the_row_is_kept(look):
    seen = look(csv_file(row(manager_ref="404")))
    assert told(seen) == [(2, "new", ["manager_ref '404' is not on the roster and was left out"])]


def test_localities_are_those_of_the_agencys_partnerships(look, load, world, state):
    LocalityFactory(partnership=world.partnership, code="vale", ons_code="E07000081")
    LocalityFactory(code="elsewhere")
    seen = look(csv_file(row(locality_code="E07000081"), row(employee_ref="2", locality_code="elsewhere")))
    assert told(seen) == [(2, "new", []), (3, "new", ["locality_code 'elsewhere' is not known and was left out"])]
    load(csv_file(row(locality_code="E07000081")))
    assert [term[8] for term in state()["terms"]] == ["vale"]


def test_two_posts_of_one_employee_are_one_person(load, world):
    load(csv_file(row(assignment_ref="00123-2", first_name="Samuel"), row()))
    assert [person.first_name for person in Person.objects.within(world.agency)] == ["Sam"]


def test_a_file_of_which_no_row_can_be_used_is_refused_whole(look):
    assert look(csv_file(row(agency_code="SVP")), full=True).plan.reasons == ["No row of the file can be used."]


def test_a_full_file_with_a_row_of_nobody_makes_no_leavers(look, load):
    load(csv_file(row(), row(employee_ref="2")))
    seen = look(csv_file(row(), row(employee_ref="")), full=True)
    assert seen.plan.reasons == [
        "A full file must give every row an employee_ref: without it nobody can say who has left."
    ]


def test_a_refused_row_does_not_make_its_person_a_leaver(look, load):
    load(csv_file(row(), row(employee_ref="2")))
    seen = look(csv_file(row(), row(employee_ref="2", fte="?")), full=True)
    assert [it.kind for it in seen.plan.rows] == ["unchanged", "refused"]


def test_an_empty_file_is_refused(look):
    with pytest.raises(Refused, match="no rows"):
        look(csv_file())


@pytest.mark.parametrize("count", [1, 30])
def test_comparing_asks_a_fixed_number_of_questions(look, load, django_assert_num_queries, count):
    rows = [row(employee_ref=str(number), manager_ref="1", designations="MARAC_REP") for number in range(count)]
    load(csv_file(*rows))
    with django_assert_num_queries(16):
        look(csv_file(*rows))
