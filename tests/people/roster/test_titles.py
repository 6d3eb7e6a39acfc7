"""Job titles that mean nothing here yet: a queue with suggestions, never a guess."""

import pytest
from django.urls import reverse

from tests.factories import RoleGroupFactory
from tests.people.roster.files import TEMPLATE, csv_file, row
from tests.people.roster.test_pages import press, upload
from training.pathways.catalogue import read_catalogue
from training.people.models import JobTitleMapping, RosterImport, RosterRow
from training.people.roster.suggest import Suggester, usual_titles
from training.people.roster.titles import unmapped_titles

PLAIN = tuple(name for name in TEMPLATE if name != "role_group")
GROUPS = [("MIDWIFE", "Midwife"), ("ED_NURSE", "Emergency department nurse or doctor"), ("OFFICE", "Office staff")]


@pytest.fixture
def hr(client, bea):
    client.force_login(bea)
    return client


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Comm Midwife B6", "MIDWIFE"),
        ("Staff Nurse - ED", "ED_NURSE"),
        ("Snr Midwife", "MIDWIFE"),
        ("Admin Asst", "OFFICE"),
        ("Medical  SECRETARY", "OFFICE"),
    ],
)
def test_the_likest_role_group_is_suggested_first(title, code):
    assert Suggester(GROUPS, {}).suggest(title)[0].role_group == code


def test_nothing_is_suggested_where_nothing_is_like_it():
    assert Suggester(GROUPS, {}).suggest("Zookeeper") == []


def test_what_hr_said_before_goes_before_the_usual():
    suggested = Suggester(GROUPS, {"Zookeeper, large animals": "OFFICE"}).suggest("Zookeeper")
    assert [(it.role_group, it.like) for it in suggested] == [("OFFICE", "Zookeeper, large animals")]


def test_usual_titles_name_role_groups_of_the_catalogue():
    known = {group.code for group in read_catalogue().role_groups}
    assert usual_titles().keys() <= known


def test_titles_of_a_file_are_explained_before_it_is_applied(hr, world, state, day):
    RoleGroupFactory(code="ED_NURSE", title="Emergency department nurse or doctor")
    page = upload(hr, csv_file(row(post_title="Staff Nurse - ED"), row(employee_ref="2"), columns=PLAIN))
    assert "2 job titles in this file have no role group yet" in page.content.decode()
    address = reverse("roster-import-titles", args=["SVH", RosterImport.objects.get().uid])
    page = hr.get(address)
    assert "Suggested: Emergency department nurse or doctor (like &#x27;staff nurse ED&#x27;)" in page.content.decode()
    form = page.context["form"]
    chosen = dict.fromkeys(form.fields, "")
    assert all(not form[name].value() for name in form.fields)
    for name in form.fields:
        if form.fields[name].label == "Staff Nurse - ED":
            chosen[name] = next(pk for pk, group in form.groups.items() if group.code == "ED_NURSE")
    page = hr.post(address, chosen, follow=True).content.decode()
    assert "Remembered what 1 job title means." in page
    assert "1 job title in this file has no role group yet" in page
    values = RosterRow.objects.everywhere(reason="test").get(employee_ref="00123").values
    assert values["role_group"] == "ED_NURSE"
    press(hr, "roster-apply")
    assert [(term[0], term[4]) for term in state()["terms"]] == [("00123", "ED_NURSE"), ("2", None)]
    assert len(unmapped_titles(world.agency, on=day)) == 1
    assert [it.post_title for it in JobTitleMapping.objects.all()] == ["Staff Nurse - ED"]


def test_an_approval_is_void_once_the_file_would_do_something_else(hr, world, load, moment):
    load(csv_file(*(row(employee_ref=str(ref)) for ref in range(20))))
    moved = (row(employee_ref=str(ref), role_group="", post_title="Matron") for ref in range(6))
    upload(hr, csv_file(*moved))
    RosterImport.objects.filter(state="staged").update(approved_at=moment, approved_by="user:somebody")
    press(hr, "roster-look-again")
    assert RosterImport.objects.first().approved_by == "user:somebody"
    JobTitleMapping.objects.create(
        agency=world.agency,
        post_title="Matron",
        role_group=RoleGroupFactory(code="ED_NURSE"),
        recorded_at=moment,
        recorded_by="test",
    )
    press(hr, "roster-look-again")
    assert RosterImport.objects.first().approved_at is None
