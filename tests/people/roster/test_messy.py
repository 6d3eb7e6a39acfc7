"""A messy ESR-like file goes through HR's pages: asked about, mapped, applied; again: no change; undone: byte-equal."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.factories import RoleGroupFactory
from tests.people.files.messy import CANARY, TITLES, messy_file
from tests.people.roster.as_bytes import roster_bytes
from tests.people.roster.files import csv_file, row
from tests.people.roster.test_columns import field_named
from tests.people.roster.test_pages import press
from training.people.models import RosterImport, RosterRow, RosterSheet
from training.people.roster.stage import sheet_of_import
from training.people.roster.work import work_on_rosters

ROWS = 2_400  # large enough for the worker; 12,000 take the same way


@pytest.fixture
def hr(client, bea):
    client.force_login(bea)
    return client


def hand_over(hr, content: bytes):
    sent = SimpleUploadedFile("extract.csv", content)
    return hr.post(reverse("rosters", args=["SVH"]), {"file": sent, "is_full": "on"}, follow=True)


def newest() -> RosterImport:
    return RosterImport.objects.first()


def tick() -> None:
    work_on_rosters(at=timezone.now())


def test_a_messy_file_from_upload_to_undoing(hr, world, load):
    RoleGroupFactory(code="ED_NURSE", title="Emergency department nurse or doctor")
    load(csv_file(row(employee_ref="was-here")), full=True)
    before = roster_bytes(world.agency)
    messy = messy_file(ROWS)

    page = hand_over(hr, messy.content)
    assert [column.header for column in page.context["form"].columns.values()] == ["Lanyard"]
    press(hr, "roster-columns", **{field_named(page, "Lanyard"): ""})
    assert newest().work == "read"
    tick()
    staged = newest()
    assert (staged.state, staged.counts["new"], staged.counts["refused"]) == ("staged", messy.usable, messy.refused)
    assert len(staged.dropped_columns) == 5
    rows = RosterRow.objects.of(staged)
    assert CANARY not in str([sheet_of_import(staged).rows, list(rows.values_list("values", "reasons"))])

    address = reverse("roster-import-titles", args=["SVH", staged.uid])
    form = hr.get(address).context["form"]
    assert {field.label for field in form.fields.values()} == set(TITLES) - {"Midwife"}
    suggested = {it.post_title: [each.role_group for each in it.suggested][:1] for it in form.titles.values()}
    assert (suggested["Comm Midwife B6"], suggested["Zookeeper"]) == (["MIDWIFE"], [])
    group = {code: pk for pk, each in form.groups.items() for code in [each.code]}
    chosen = {name: group[suggested[it.post_title][0]] for name, it in form.titles.items() if suggested[it.post_title]}
    hr.post(address, chosen)
    assert len(newest().titles) == len(TITLES) - 1 - len(chosen)

    press(hr, "roster-apply", leavers_are_right="on")
    tick()
    applied = newest()
    assert applied.problem == ""
    assert applied.state == "applied"
    after = roster_bytes(world.agency)
    assert after.count(b"\r\nterm,") == messy.usable + 1

    for shuffled in (False, True):
        hand_over(hr, messy_file(ROWS, shuffled=shuffled).content)
        tick()
        again = newest()
        assert [again.counts[kind] for kind in ("new", "changed", "left")] == [0, 0, 0]
        assert again.counts["unchanged"] == messy.usable
    assert not RosterSheet.objects.of(applied).exists()

    hr.post(reverse("roster-undo", args=["SVH", applied.uid]))
    tick()
    assert RosterImport.objects.get(pk=applied.pk).state == "undone"
    assert RosterImport.objects.get(pk=applied.pk).unrestored == []
    assert roster_bytes(world.agency) == before
