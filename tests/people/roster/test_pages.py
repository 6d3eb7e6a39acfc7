"""HR's roster pages: upload, look, apply once, undo; the neighbour's do not exist."""

import io
import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.conftest import MOMENT
from tests.factories import UserFactory
from tests.people.roster.conftest import BY, nine
from tests.people.roster.files import TEMPLATE, csv_file, row
from training.people.models import AgencyToken, JobTitleMapping, Person, RoleGroup, RosterImport, Term
from training.people.roster.refusals import kind_of
from training.people.roster.titles import map_titles
from training.people.roster.undo import undo_import


@pytest.fixture
def hr(client, bea):
    """The browser of the hospital's HR lead."""
    client.force_login(bea)
    return client


def upload(browser, file, **data):
    """Hand a file over, and follow to the next page."""
    sent = SimpleUploadedFile("roster.csv", file.read())
    return browser.post(reverse("rosters", args=["SVH"]), {"file": sent, **data}, follow=True)


def press(browser, name: str, **data):
    """Press a button on the page of the newest file, as it is shown now unless `shown` says otherwise."""
    newest = RosterImport.objects.first()
    return browser.post(reverse(name, args=["SVH", newest.uid]), {"shown": newest.digest} | data, follow=True)


def test_a_file_is_looked_at_applied_and_undone(hr, state):
    page = upload(hr, csv_file(row(), row(employee_ref="2", fte="?"))).content.decode()
    assert "What this file would change" in page
    assert "fte &#x27;?&#x27; is not a number" in page
    assert state()["terms"] == []
    page = press(hr, "roster-apply").content.decode()
    assert "Receipt" in page
    assert "The roster has been applied." in page
    assert [term[0] for term in state()["terms"]] == ["00123"]
    page = press(hr, "roster-undo").content.decode()
    assert "The roster is as it was before this file." in page
    assert state()["terms"] == []


def test_a_double_press_applies_once(hr, state):
    upload(hr, csv_file(row()))
    press(hr, "roster-apply")
    before = state(), Term.objects.everywhere(reason="test").count()
    press(hr, "roster-apply")
    assert (state(), Term.objects.everywhere(reason="test").count()) == before


def test_the_preview_shows_from_and_to(hr):
    upload(hr, csv_file(row()))
    press(hr, "roster-apply")
    page = upload(hr, csv_file(row(team="Ward 7", end_date="2027-03-31"))).content.decode()
    assert "Team: from Community to Ward 7" in page
    assert "End date: from none to 31 March 2027" in page


def facts_of(page) -> dict[str, str]:
    """What the only row of a preview says, by label."""
    (shown,) = page.context["rows"]
    return {fact.label: fact.value for fact in shown.facts}


def test_a_new_post_is_shown_as_it_was_understood(hr):
    said = row(start_date="01/02/2024", end_date="31/12/2026", status="Maternity", manager_ref="404")
    upload(hr, csv_file(said))
    page = press(hr, "roster-columns", order="day")
    text = page.content.decode()
    assert facts_of(page) == {
        "Work e-mail": "sam.example@svh.example",
        "Job title": "Midwife - community",
        "Role group": "Midwife",
        "Team": "Community",
        "Site": "RTE03",
        "Employment type": "Permanent",
        "Status": "Maternity or parental leave",
        "Share of full time": "1",
        "Start date": "1 February 2024",
        "End date": "31 December 2026",
    }
    assert "<li>Start date: 1 February 2024</li>" in text
    assert "<li>Work e-mail: sam.example@svh.example</li>" in text


def test_a_new_post_shows_what_is_taken_for_granted(hr):
    page = upload(hr, csv_file(row(), columns=("employee_ref", "last_name", "start_date", "role_group")))
    assert facts_of(page) == {
        "Role group": "Midwife",
        "Employment type": "Permanent",
        "Status": "Active",
        "Start date": "17 April 2023",
        "End date": "none",
    }


def test_a_changed_post_opens_all_that_its_row_says(hr):
    upload(hr, csv_file(row()))
    press(hr, "roster-apply")
    page = upload(hr, csv_file(row(team="Ward 7")))
    text = page.content.decode()
    assert "Team: from Community to Ward 7" in text
    assert "Row 2 as understood" in text
    assert facts_of(page)["Start date"] == "17 April 2023"


def test_refused_rows_come_first(hr):
    page = upload(hr, csv_file(row(last_name="Goodrow"), row(employee_ref="2", last_name="Badrow", fte="?")))
    assert [shown.name for shown in page.context["rows"]] == ["Sam Badrow", "Sam Goodrow"]


def test_rows_are_narrowed_to_one_kind(hr):
    upload(hr, csv_file(row(last_name="Goodrow"), row(employee_ref="2", last_name="Badrow", fte="?")))
    address = reverse("roster-import", args=["SVH", RosterImport.objects.get().uid])
    page = hr.get(address, {"kind": "refused"}).content.decode()
    assert "Badrow" in page
    assert "Goodrow" not in page


def test_many_leavers_are_applied_only_with_the_tick(hr, state):
    upload(hr, csv_file(*(row(employee_ref=str(ref)) for ref in range(4))))
    press(hr, "roster-apply")
    page = upload(hr, csv_file(row(employee_ref="0")), is_full="on").content.decode()
    assert "3 of 4 posts are not in the file and would end" in page
    press(hr, "roster-apply")
    assert {term[3] for term in state()["terms"]} == {None}
    press(hr, "roster-apply", leavers_are_right="on")
    assert sum(term[3] is None for term in state()["terms"]) == 1


def test_dropped_columns_are_named_and_their_content_is_nowhere(hr):
    columns = (*TEMPLATE, "Religion")
    page = upload(hr, csv_file(row() | {"Religion": "canary"}, columns=columns)).content.decode()
    assert "Dropped unread, because they must not be held here: Religion." in page
    assert "canary" not in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "This is a PDF, not a roster."),
        (b"employee_ref\n1\n", "The file has no column for: last_name, start_date, role_group or post_title."),
    ],
)
def test_a_bad_file_is_told_beside_the_field(hr, content, words):
    process = os.getpid()
    page = hr.post(reverse("rosters", args=["SVH"]), {"file": SimpleUploadedFile("roster.xlsx", content)})
    assert page.status_code == 200
    assert words in page.content.decode()
    assert not RosterImport.objects.exists()
    assert os.getpid() == process


def test_a_file_that_is_too_large_is_not_read(hr, settings):
    settings.ROSTER_MAX_BYTES = 1_000_000
    page = upload(hr, csv_file(*(row(employee_ref=str(ref)) for ref in range(12_000))))
    advice = "The file is larger than 1 MB. Leave out empty rows, and columns that the roster does not need."
    assert advice in page.content.decode()
    page = upload(hr, io.BytesIO(b"PK" + bytes(1_000_000)))
    assert "Leave out pictures and other sheets." in page.content.decode()
    assert not RosterImport.objects.exists()


def test_no_file_is_told_too(hr):
    assert "Choose a roster file" in hr.post(reverse("rosters", args=["SVH"])).content.decode()


def test_the_template_has_the_columns_that_are_read(hr):
    response = hr.get(reverse("roster-template", args=["SVH"]))
    assert response.content.decode() == ",".join(TEMPLATE) + "\r\n"


def test_the_neighbour_finds_nothing(client, dot, hr, load, bea):
    done = load(csv_file(row()))
    client.force_login(dot)
    uid = done.uid
    for address in (
        reverse("rosters", args=["SVH"]),
        reverse("roster-template", args=["SVH"]),
        reverse("roster-titles", args=["SVH"]),
        reverse("roster-import", args=["SVH", uid]),
        reverse("roster-import", args=["SVP", uid]),
    ):
        assert client.get(address).status_code == 404
    for name in ("roster-apply", "roster-undo"):
        for code in ("SVH", "SVP"):
            assert client.post(reverse(name, args=[code, uid])).status_code == 404
    assert RosterImport.objects.get().state == "applied"


def test_the_board_may_not_enter(client, col):
    client.force_login(col)
    assert client.get(reverse("rosters", args=["SVH"])).status_code == 403


def test_applying_and_undoing_take_a_press(hr, load):
    done = load(csv_file(row()))
    assert hr.get(reverse("roster-undo", args=["SVH", done.uid])).status_code == 405


def test_what_job_titles_mean_is_said_once(hr, load, state, day):
    columns = tuple(name for name in TEMPLATE if name != "role_group")
    load(csv_file(row(post_title="Ward Sister"), row(employee_ref="2", post_title="WARD sister"), columns=columns))
    page = hr.get(reverse("rosters", args=["SVH"])).content.decode()
    assert "1 job title has no role group yet" in page
    address = reverse("roster-titles", args=["SVH"])
    form = hr.get(address).context["form"]
    (name,) = form.fields
    (midwife,) = (pk for pk, title in form.fields[name].choices if title == "Midwife")
    assert "2 posts" in hr.get(address).content.decode()
    page = hr.post(address, {name: midwife}, follow=True).content.decode()
    assert "Role groups are saved for 2 posts." in page
    assert "Every job title on the roster has a role group." in page
    assert [term[4] for term in state()["terms"]] == ["MIDWIFE", "MIDWIFE"]
    assert [mapping.post_title for mapping in JobTitleMapping.objects.all()] == ["Ward Sister"]
    again = load(csv_file(row(post_title="Ward Sister"), columns=columns), on=day + timedelta(days=60))
    assert (again.counts["unchanged"], again.counts["unmapped"]) == (1, 0)


def test_undoing_a_file_takes_its_mapped_posts_along(load, state, world, hr, day):
    columns = tuple(name for name in TEMPLATE if name != "role_group")
    done = load(csv_file(row(), columns=columns))
    meanings = {"Midwife - community": RoleGroup.objects.get(code="MIDWIFE")}
    assert map_titles(world.agency, meanings, by=BY, on=day, at=nine(day) + timedelta(hours=5)) == 1
    undo_import(done, by=BY, at=nine(day) + timedelta(hours=6))
    assert state()["terms"] == []


@pytest.mark.parametrize("count", [1, 40])
def test_the_preview_asks_a_fixed_number_of_questions(hr, count, django_assert_num_queries):
    upload(hr, csv_file(*(row(employee_ref=str(ref)) for ref in range(count))))
    address = reverse("roster-import", args=["SVH", RosterImport.objects.get().uid])
    with django_assert_num_queries(10):
        hr.get(address)


def test_names_reach_no_other_agencys_page(hr, load, client, dot):
    load(csv_file(row(last_name="Canary")))
    client.force_login(dot)
    page = client.get(reverse("rosters", args=["SVP"]))
    assert page.status_code == 200
    assert b"Canary" not in page.content
    assert Person.objects.everywhere(reason="test").filter(last_name="Canary").exists()


def test_refused_rows_are_summed_up_in_the_files_own_words_and_go_out_as_a_list(hr):
    said = [row(), row(employee_ref="2", fte="?"), row(employee_ref="3", fte="x"), row(employee_ref="4", start_date="")]
    named = csv_file(*said).read().replace(b"fte", b"WTE", 1)
    page = upload(hr, io.BytesIO(named)).content.decode()
    assert "2 rows: WTE is not a number" in page and "1 row: start_date is empty" in page
    assert "WTE &#x27;?&#x27; is not a number" in page
    answer = hr.get(reverse("roster-refused", args=["SVH", RosterImport.objects.get().uid]))
    assert answer.getvalue().decode("utf-8-sig").splitlines() == [
        "Row,Employee reference,Why",
        "3,2,WTE '?' is not a number",
        "4,3,WTE 'x' is not a number",
        "5,4,start_date is empty",
    ]


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("agency_code 'A' is not this agency's", "agency_code is not this agency's"),
        ("start_date: '31/02/24' is not a date: write it as 2024-03-31", "start_date is not a date"),
        ("end_date 2024-01-01 is before start_date 2025-01-01", "end_date is before start_date"),
        ("the same reference stands in row 3, 9", "the same reference stands in another row"),
        ("team is longer than 160 characters", "team is longer than 160 characters"),
    ],
)
def test_what_is_particular_to_a_row_is_left_out_of_the_sum(reason, kind):
    assert kind_of(reason) == kind


def test_the_list_of_files_says_who_uploaded_each(hr, bea, world):
    upload(hr, csv_file(row()))
    token = AgencyToken.objects.create(
        agency=world.agency, label="Payroll", digest="x", recorded_at=MOMENT, ends_on=MOMENT.date()
    )
    bob = UserFactory(email="bob@svh.example")
    for sent in (f"token:{token.uid}", f"user:{bob.uid}", "system:import_roster"):
        RosterImport.objects.create(agency=world.agency, as_at=MOMENT.date(), staged_at=MOMENT, staged_by=sent)
    said = [sent_by for _file, _state, sent_by in hr.get(reverse("rosters", args=["SVH"])).context["files"]]
    assert said == ["The system's operator", "bob@svh.example", "Program: Payroll", "You"]
