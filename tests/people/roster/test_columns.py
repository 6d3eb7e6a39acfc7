"""HR says once what an unknown column is, and which comes first in dates that could be two."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.people.roster.files import TEMPLATE, csv_file, row
from tests.people.roster.test_pages import press, upload
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.people.models import ColumnMeaning, RosterImport, RosterRow, RosterSheet
from training.people.roster.columns import remember_columns, suggested_fields
from training.people.roster.keep import KEPT_UNANSWERED, forget_rows
from training.people.roster.stage import preview

BY = Actor("user", "bea")
ODD = ("Pers Nr", "Surname", "Forename", "Post Title", "Start Date", "Colour of Lanyard", "Date of Birth")


def odd(number: int, start: str = "2024-04-13", **more: str) -> dict[str, str]:
    said = ("9" + str(number), f"Last{number}", "Sam", "Midwife", start, "green-canary", "1980-canary")
    return dict(zip(ODD, said, strict=True)) | more


@pytest.fixture
def hr(client, bea):
    client.force_login(bea)
    return client


def field_named(page, header: str) -> str:
    """The name of the field that asks about a column."""
    return next(name for name, column in page.context["form"].columns.items() if column.header == header)


def test_unknown_columns_are_asked_about_once(hr, world, state):
    page = upload(hr, csv_file(odd(1), odd(2), columns=ODD))
    text = page.content.decode()
    assert "Questions about this file" in text
    assert "For example: 91; 92." in text
    assert "1980-canary" not in text
    assert RosterImport.objects.get().state == "asking"
    page = press(hr, "roster-columns", **{field_named(page, "Pers Nr"): "employee_ref"})
    assert "What this file would change" in page.content.decode()
    assert "Pers Nr: Employee reference" in page.content.decode()
    press(hr, "roster-apply")
    assert [term[0] for term in state()["terms"]] == ["91", "92"]
    page = upload(hr, csv_file(odd(1), odd(2, **{"Post Title": "Matron"}), columns=ODD)).content.decode()
    assert "Job title: from Midwife to Matron" in page


def test_words_of_a_file_are_no_mark_up(hr):
    script = "<script>canary()</script>"
    columns = (*ODD[:-1], script)
    page = upload(hr, csv_file(odd(1, **{"Colour of Lanyard": script}), columns=columns)).content.decode()
    assert "&lt;script&gt;canary" in page
    assert script not in page


def test_what_is_left_out_is_kept_nowhere(hr):
    page = upload(hr, csv_file(odd(1), columns=ODD))
    press(hr, "roster-columns", **{field_named(page, "Pers Nr"): "employee_ref"})
    sheet = RosterSheet.objects.of(RosterImport.objects.get()).get()
    assert sheet.head["ignored"] == ["Colour of Lanyard"]
    seen = RosterRow.objects.everywhere(reason="test").get()
    assert "canary" not in str(seen.values)
    from training.people.roster.stage import sheet_of_import

    assert "canary" not in str(sheet_of_import(RosterImport.objects.get()).rows)


def test_a_needed_column_that_nobody_names_is_asked_for_again(hr):
    upload(hr, csv_file(odd(1), columns=ODD))
    page = press(hr, "roster-columns").content.decode()
    assert "The file has no column for: employee_ref. Give everybody a reference of your own" in page
    assert RosterImport.objects.get().state == "asking"
    assert not ColumnMeaning.objects.exists()


def test_a_column_that_stands_twice_can_be_left_out_and_not_named(hr):
    twice = (*ODD, "Pers Nr")
    page = upload(hr, csv_file(odd(1), columns=twice))
    named = field_named(page, "Pers Nr")
    page = press(hr, "roster-columns", **{named: "employee_ref"}).content.decode()
    assert "The column &quot;Pers Nr&quot; stands twice. Keep one." in page
    assert RosterImport.objects.get().state == "asking"


def test_the_page_says_which_of_two_columns_is_used(hr):
    columns = (*TEMPLATE, "Payroll No")
    page = upload(hr, csv_file(row() | {"Payroll No": "canary"}, columns=columns)).content.decode()
    assert "Not used: Payroll No, because the column employee_ref is used instead (Employee reference)." in page
    assert "no meaning here" not in page
    assert "canary" not in page


def test_a_column_that_hr_names_goes_before_one_that_was_known(hr):
    page = upload(hr, csv_file(row() | {"Pers Nr": "91"}, columns=(*TEMPLATE, "Pers Nr")))
    page = press(hr, "roster-columns", **{field_named(page, "Pers Nr"): "employee_ref"}).content.decode()
    assert "Not used: employee_ref, because the column Pers Nr is used instead (Employee reference)." in page


def test_two_columns_cannot_be_the_same(hr):
    page = upload(hr, csv_file(odd(1), columns=ODD))
    both = {field_named(page, header): "employee_ref" for header in ("Pers Nr", "Colour of Lanyard")}
    assert "is employee reference too" in press(hr, "roster-columns", **both).content.decode()


def test_the_command_line_uses_what_is_remembered(world, day, moment):
    remember_columns(world.agency, {"Pers Nr": "employee_ref", "Colour of Lanyard": ""}, {}, by=BY, at=moment)
    seen = preview(world.agency, csv_file(odd(1), columns=ODD), as_at=day, is_full=False)
    assert [(row.kind, row.key) for row in seen.plan.rows] == [("new", ("91", "91"))]
    assert seen.sheet.ignored == ("Colour of Lanyard",)


def test_the_neighbour_remembers_nothing_of_it(world, moment, day):
    from training.people.roster.limits import Refused

    remember_columns(world.agency, {"Pers Nr": "employee_ref"}, {}, by=BY, at=moment)
    with pytest.raises(Refused, match="employee_ref"):
        preview(world.neighbour, csv_file(odd(1), columns=ODD), as_at=day, is_full=False)


def test_no_word_of_hrs_brings_a_forbidden_column_in(world, day, moment):
    remember_columns(world.agency, {"Pers Nr": "employee_ref", "Date of Birth": "team"}, {}, by=BY, at=moment)
    seen = preview(world.agency, csv_file(odd(1), columns=ODD), as_at=day, is_full=False)
    assert seen.sheet.dropped == ("Date of Birth",)
    assert "canary" not in str([row.values.get("team") for row in seen.plan.rows])


def test_what_was_said_is_on_record_and_can_be_forgotten(hr, world):
    page = upload(hr, csv_file(odd(1), columns=ODD))
    press(hr, "roster-columns", **{field_named(page, "Pers Nr"): "employee_ref"})
    said = AuditEvent.objects.get(verb="columns explained")
    assert said.detail["columns"] == {"pers nr": "employee_ref", "colour of lanyard": ""}
    address = reverse("roster-known-columns", args=["SVH"])
    assert "Employee reference" in hr.get(address).content.decode()
    hr.post(address, {"header": "pers nr"})
    assert [it.header for it in ColumnMeaning.objects.all()] == ["colour of lanyard"]
    assert AuditEvent.objects.filter(verb="column forgotten").count() == 1


def test_questions_that_nobody_answers_let_go_of_the_file_after_a_day(hr):
    upload(hr, csv_file(odd(1), columns=ODD))
    asked = RosterImport.objects.get()
    forget_rows(at=asked.staged_at + KEPT_UNANSWERED)
    assert RosterSheet.objects.everywhere(reason="test").count() == 1
    forget_rows(at=asked.staged_at + KEPT_UNANSWERED + timedelta(seconds=1))
    assert RosterSheet.objects.everywhere(reason="test").count() == 0


DATES = ("employee_ref", "last_name", "post_title", "start_date")


def dated(*starts: str) -> tuple[dict[str, str], ...]:
    rows = enumerate(starts, start=1)
    return tuple(dict(zip(DATES, (str(n), "Last", "Midwife", text), strict=True)) for n, text in rows)


def starts() -> list[str]:
    rows = RosterRow.objects.everywhere(reason="test").order_by("number")
    return [row.values["start_date"] for row in rows]


@pytest.mark.parametrize(
    ("said", "expected"), [("day", ["2024-04-03", "2024-05-05"]), ("month", ["2024-03-04", "2024-05-05"])]
)
def test_dates_that_could_be_two_are_asked_about_and_remembered(hr, said, expected):
    page = upload(hr, csv_file(*dated("03/04/2024", "05/05/2024"), columns=DATES)).content.decode()
    assert "Which comes first in dates such as 03/04/2024?" in page
    assert "The day: 3 April 2024" in page
    assert "The month: 4 March 2024" in page
    assert "Say whether the day or the month comes first" in press(hr, "roster-columns").content.decode()
    press(hr, "roster-columns", order=said)
    assert starts() == expected
    RosterRow.objects.everywhere(reason="test").delete()
    upload(hr, csv_file(*dated("03/04/2024", "05/05/2024"), columns=DATES))
    assert starts() == expected


def test_a_day_above_twelve_answers_the_question(hr):
    upload(hr, csv_file(*dated("03/04/2024", "13/04/2024"), columns=DATES))
    assert starts() == ["2024-04-03", "2024-04-13"]


def test_a_file_that_breaks_what_was_said_is_asked_about_again(hr):
    upload(hr, csv_file(*dated("03/04/2024"), columns=DATES))
    press(hr, "roster-columns", order="day")
    page = upload(hr, csv_file(*dated("03/04/2024", "04/25/2024"), columns=DATES)).content.decode()
    assert "Which comes first in dates such as 03/04/2024?" in page


def test_a_remembered_month_first_yields_to_a_file_that_proves_the_day_first(hr):
    upload(hr, csv_file(*dated("03/04/2024"), columns=DATES))
    press(hr, "roster-columns", order="month")
    RosterRow.objects.everywhere(reason="test").delete()
    upload(hr, csv_file(*dated("03/04/2024", "25/04/2024"), columns=DATES))
    assert starts() == ["2024-04-03", "2024-04-25"]


@pytest.mark.parametrize(
    ("header", "field"),
    [("Emp. Numbr", "employee_ref"), ("Startdate of post", "start_date"), ("Supervisor Emp No", "manager_ref")],
)
def test_a_header_is_likened_to_known_ones(header, field):
    assert field in suggested_fields(header)


def test_a_header_that_is_like_nothing_is_likened_to_nothing():
    assert suggested_fields("Zebra crossing") == ()


def test_the_questions_of_a_neighbours_file_do_not_exist(hr, client, dot, world):
    upload(hr, csv_file(odd(1), columns=ODD))
    uid = RosterImport.objects.get().uid
    client.force_login(dot)
    for name in ("roster-columns", "roster-import-titles", "roster-look-again"):
        for code in ("SVH", "SVP"):
            assert client.get(reverse(name, args=[code, uid])).status_code == 404
    assert client.get(reverse("roster-known-columns", args=["SVH"])).status_code == 404
