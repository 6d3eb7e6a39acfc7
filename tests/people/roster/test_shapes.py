"""Files in the shapes of each sector (domain: rosters), without a mapping: every column found, every row understood."""

import pytest

from tests.people.roster.conftest import BY, nine
from tests.people.roster.files import csv_file
from training.people.models import Person
from training.people.roster.apply import apply_import
from training.people.roster.limits import Refused
from training.people.roster.stage import keep, preview

ESR = (
    "Employee Number",
    "Assignment Number",
    "Title",
    "First Name",
    "Last Name",
    "Preferred Name",
    "Work Email",
    "Org L3",
    "Org L4",
    "Position Title",
    "Position Number",
    "Staff Group",
    "Job Role",
    "Area of Work",
    "Pay Band",
    "FTE",
    "Contracted Hours",
    "Assignment Category",
    "Assignment Status",
    "Start Date in Position",
    "Latest Start Date",
    "Actual Termination Date",
    "Supervisor Employee Number",
    "Location",
    "Cost Centre",
)


def one(columns: tuple[str, ...], *values: str) -> dict[str, str]:
    return dict(zip(columns, values, strict=True))


def seen_by(agency, day, columns, *rows):
    return preview(agency, csv_file(*rows, columns=columns), as_at=day, is_full=True)


def test_an_esr_extract_with_two_assignments_and_every_status(world, day, state):
    first = "10023456,10023456,Ms,Sam,Example,,sam@svh.example,Acute,Maternity,Community Midwife,P1,Nursing,Midwife,"
    rows = (
        first
        + "Community,Band 6,0.8,30,Permanent,Active Assignment,17-Apr-2023,01-Jan-2020,31-Dec-4712,10011111,RTE03,C1",
        first.replace("456,10023456,", "456,10023456-2,") + "Bank,,0.2,,Bank,Bank Assignment,08-Jan-2024,,,,RTE01,C2",
        "10011111,10011111,,Ola,Lead,,,Acute,Maternity,Matron,P2,Nursing,Midwife,,,1,,Fixed Term Temp,Maternity,"
        "01-Feb-2022,,,,,",
        "10011112,10011112,,Kim,Away,,,Acute,Maternity,Midwife,P3,Nursing,Midwife,,,1,,Permanent,Career Break,"
        "01-Feb-2022,,,10099999,,",
        "10011113,10011113,,Lee,Out,,,Acute,Maternity,Midwife,P4,Nursing,Midwife,,,1,,Honorary,Suspend With Pay,"
        "01-Feb-2022,,30-Nov-2028,10011111,,",
    )
    sheet = seen_by(world.agency, day, ESR, *(one(ESR, *text.split(",")) for text in rows))
    assert sheet.plan.counts["new"] == 5
    assert sheet.sheet.head["unknown"] == []
    kept = keep(sheet, as_at=day, is_full=True, by=BY, at=nine(day))
    apply_import(kept, by=BY, at=nine(day))
    terms = {term[1]: term for term in state()["terms"]}
    assert {ref: (term[10], term[11]) for ref, term in terms.items()} == {
        "10023456": ("permanent", "active"),
        "10023456-2": ("bank", "bank"),
        "10011111": ("fixed_term", "maternity"),
        "10011112": ("permanent", "career_break"),
        "10011113": ("honorary", "suspended"),
    }
    assert (terms["10023456"][9], terms["10023456"][6]) == ("10011111", "Maternity")
    assert [row.reasons[0] for row in sheet.plan.rows if row.key[0] == "10011112"] == [
        "manager_ref '10099999' is not on the roster and was left out"
    ]
    assert Person.objects.within(world.agency).count() == 4


POLICE = ("HR Person ID", "Rank/Grade", "Surname", "Forename", "Post Title", "Department/BCU", "Officer/Staff")
POLICE += ("Start", "Line Manager Person ID", "Work E-mail", "Collar Number")


def test_a_police_file_may_keep_names_back(world, day):
    rows = (
        one(
            POLICE,
            "7001",
            "PC",
            "Adeyemi",
            "Jo",
            "Response officer",
            "North BCU",
            "Officer",
            "01/02/2023",
            "",
            "",
            "11",
        ),
        one(POLICE, "7002", "DS", "", "", "Detective", "Crime", "Officer", "13/02/2023", "7001", "", "12"),
        one(POLICE, "7003", "", "Ray", "Al", "Special", "North BCU", "Special", "14/02/2023", "", "", "13"),
    )
    plan = seen_by(world.neighbour, day, POLICE, *rows).plan
    assert [(row.kind, row.values["last_name"], row.values["employment_type"]) for row in plan.rows] == [
        ("new", "Adeyemi", "permanent"),
        ("new", "7002", "permanent"),
        ("new", "Ray", "volunteer"),
    ]
    assert plan.rows[1].reasons[0] == "no name is given, so the reference stands for it"


COUNCIL = ("Employee No", "Name", "Directorate", "Service", "Team", "Post Title", "Grade", "Contract Type", "Hours")
COUNCIL += ("Manager No", "Work Email", "Location", "Start Date", "End Date", "Position Number")


def test_a_council_file_with_two_posts_of_one_person(world, day):
    rows = (
        one(
            COUNCIL,
            *(
                "31",
                "Wynn, Rashid",
                "People",
                "Care",
                "Duty",
                "Social worker",
                "I",
                "Permanent",
                "37",
                "31",
                "",
                "Hall",
            ),
            *("2022-05-23", "", "P-1"),
        ),
        one(
            COUNCIL,
            *("31", "Wynn, Rashid", "People", "Care", "Night", "Relief worker", "G", "Casual", "8", "31", "", "Hall"),
            *("2023-05-23", "2029-03-31", "P-2"),
        ),
    )
    plan = seen_by(world.agency, day, COUNCIL, *rows).plan
    assert [(row.kind, row.key) for row in plan.rows] == [("new", ("31", "P-1")), ("new", ("31", "P-2"))]
    assert (plan.rows[0].values["first_name"], plan.rows[0].values["last_name"]) == ("Rashid", "Wynn")
    assert plan.rows[1].values["employment_type"] == "bank"
    assert [row.values["team"] for row in plan.rows] == ["Duty", "Night"]


PRACTICE = ("Staff ID", "Staff Name", "NWRS Role", "Hours", "Start")


def test_a_practices_spreadsheet_of_names(world, day):
    row = one(PRACTICE, "1", "Dr Sandra Qureshi", "GP partner", "37", "26.06.2023")
    (planned,) = seen_by(world.agency, day, PRACTICE, row).plan.rows
    assert (planned.kind, planned.values["last_name"], planned.values["post_title"]) == ("new", "Qureshi", "GP partner")


CHARITY = ("Name", "E-mail", "Job Title", "Team", "Start Date", "Volunteer")


def test_a_charity_without_references_is_told_what_to_add(world, day):
    row = one(CHARITY, "Sam Example", "sam@charity.example", "Helper", "Shop", "2023-04-17", "Y")
    with pytest.raises(Refused, match="no column for: employee_ref. Give everybody a reference of your own"):
        seen_by(world.agency, day, CHARITY, row)


def test_a_charity_with_references_says_who_volunteers(world, day):
    columns = ("Ref", "Staff Ref", *CHARITY)[1:]
    rows = (
        one(columns, "1", "Sam Example", "", "Helper", "Shop", "2023-04-17", "Y"),
        one(columns, "2", "Ada Paid", "", "Manager", "Shop", "2023-04-17", "no"),
    )
    plan = seen_by(world.agency, day, columns, *rows).plan
    assert [row.values.get("employment_type", "permanent") for row in plan.rows] == ["volunteer", "permanent"]


SCHOOL = ("Staff No", "Surname", "Forename", "Role", "Contract", "Start Date", "School URN")


def test_a_schools_file(world, day):
    row = one(SCHOOL, "5", "Swann", "Colin", "Teacher", "Term Time Only", "2025-09-01", "123456")
    (planned,) = seen_by(world.agency, day, SCHOOL, row).plan.rows
    assert (planned.kind, planned.values["site_code"], planned.values["employment_type"]) == (
        "new",
        "123456",
        "permanent",
    )
